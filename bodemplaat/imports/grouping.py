"""Rows to tickets: all rows of one ticket together, as soon as the last has been read."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from chassis.tables import Row

NumberOf = Callable[[Row], str | None]


def count_rows(rows: Iterable[Row], number_of: NumberOf) -> Counter[str | None]:
    """How many rows each ticket has; under `None` those that do not say."""
    return Counter(map(number_of, rows))


def together(
    rows: Iterable[Row], number_of: NumberOf, counts: Counter[str | None]
) -> Iterator[Sequence[Row]]:
    """The rows of one ticket at a time, and each row without a number on its own.

    Only tickets of which rows are still to come are held: of a file in the order of its tickets,
    one at a time.
    """
    left = counts.copy()
    held: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        number = number_of(row)
        if number is None:
            yield [row]
            continue
        held[number].append(row)
        left[number] -= 1
        if not left[number]:
            yield held.pop(number)
