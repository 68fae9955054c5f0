"""How a table comes on paper: the size of its letters, and how wide each column is.

Nothing is cut off: what fits no page in small letters is continued below, under its first column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SIZES = (9.0, 8.0)
SMALLEST = 7.0
"""Points. The smallest only where the page has been turned."""
UPRIGHT, TURNED = 482.0, 728.0
"""Points between the margins of A4, as it stands and as it lies."""
_WIDE = 0.51
"""How wide a letter is on average, as part of its size."""
_INSET = 9.0
_LONGEST_WORD = 22
_WISHED = 44

Columns = Sequence[Sequence[str]]
"""Of each column its heading and then its cells, as they are read."""


@dataclass(frozen=True, slots=True)
class Fit:
    """`parts` are the columns that stand together, each with its width in points."""

    size: float
    parts: tuple[tuple[tuple[int, float], ...], ...]


def stands(columns: Columns) -> bool:
    """Whether it fits on a page that is not turned."""
    return any(_all_fit(columns, size, UPRIGHT) for size in SIZES)


def fit(columns: Columns, room: float) -> Fit:
    """In the largest letters in which all columns fit beside each other."""
    sizes = (*SIZES, SMALLEST)
    size = next((one for one in sizes if _all_fit(columns, one, room)), SMALLEST)
    groups = _groups([_points(_needed(cells), size) for cells in columns], room)
    return Fit(size, tuple(_widths(group, columns, size, room) for group in groups))


def breakable(text: str) -> str:
    """With places in overlong words at which a line may end."""
    return " ".join(
        "\N{ZERO WIDTH SPACE}".join(
            word[start : start + _LONGEST_WORD] for start in range(0, len(word), _LONGEST_WORD)
        )
        for word in text.split(" ")
    )


def _all_fit(columns: Columns, size: float, room: float) -> bool:
    return sum(_points(_needed(cells), size) for cells in columns) <= room


def _needed(cells: Sequence[str]) -> int:
    """Letters of the longest word; what a hard space joins is one."""
    words = (word for text in cells for word in text.split(" "))
    return min(_LONGEST_WORD, max(map(len, words), default=1))


def _wished(cells: Sequence[str]) -> int:
    """Letters with which no cell has to be folded; a heading may."""
    return min(_WISHED, max(map(len, cells[1:]), default=1))


def _points(letters: float, size: float) -> float:
    return letters * size * _WIDE + _INSET


def _groups(needs: Sequence[float], room: float) -> Iterator[list[int]]:
    """The first column with as many of the others as fit, time and again."""
    group = [0]
    for place in range(1, len(needs)):
        if sum(needs[one] for one in [*group, place]) > room and len(group) > 1:
            yield group
            group = [0]
        group.append(place)
    yield group


def _widths(
    group: Sequence[int], columns: Columns, size: float, room: float
) -> tuple[tuple[int, float], ...]:
    """What each needs, and of what is left over what it wishes; who wishes little comes first."""
    widths = {place: _points(_needed(columns[place]), size) for place in group}
    lacking = {
        place: max(0.0, _points(_wished(columns[place]), size) - widths[place]) for place in group
    }
    left = room - sum(widths.values())
    for number, place in enumerate(sorted(group, key=lambda one: lacking[one])):
        given = max(0.0, min(lacking[place], left / (len(group) - number)))
        widths[place] += given
        left -= given
    return tuple((place, round(widths[place], 1)) for place in group)
