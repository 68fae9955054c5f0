"""How a table comes on paper: its letter, which way the page is turned, how wide each column is.

Nothing is cut off: what fits no page in small letters is continued below, under its first column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SHEETS = ((9.0, False), (8.0, False), (8.5, True), (7.0, True))
"""Sizes of letters (points) and whether the page is turned, in the order in which we try."""
UPRIGHT, TURNED = 482.0, 728.0
"""Points between the margins of A4."""
_WIDE = 0.55
"""How wide a letter is on average, as part of its size, in the letters of a heading."""
_INSET = 9.0
_LONGEST_WORD = 22
_WISHED = 44


@dataclass(frozen=True, slots=True)
class Fit:
    """`parts` are the columns that stand together, each with its width in points."""

    size: float
    turned: bool
    parts: tuple[tuple[tuple[int, float], ...], ...]


def fit(columns: Sequence[Sequence[str]]) -> Fit:
    """Of each column its heading and its cells, as they are read."""
    needs = [max(map(_needed, cells), default=1) for cells in columns]
    wishes = [min(_WISHED, max(map(len, cells), default=1)) for cells in columns]
    for size, turned in SHEETS:
        room = _room(turned)
        if sum(_points(need, size) for need in needs) <= room:
            return Fit(size, turned, (_widths(range(len(columns)), needs, wishes, size, room),))
    size, turned = SHEETS[-1]
    groups = _groups(needs, size, _room(turned))
    return Fit(
        size,
        turned,
        tuple(_widths(group, needs, wishes, size, _room(turned)) for group in groups),
    )


def breakable(text: str) -> str:
    """With places in overlong words at which a line may end."""
    return " ".join(
        "\N{ZERO WIDTH SPACE}".join(
            word[start : start + _LONGEST_WORD] for start in range(0, len(word), _LONGEST_WORD)
        )
        for word in text.split(" ")
    )


def _needed(text: str) -> int:
    """Letters of its longest word; what is joined by a hard space counts as one."""
    return min(_LONGEST_WORD, max(map(len, text.split(" ")), default=1))


def _points(letters: float, size: float) -> float:
    return letters * size * _WIDE + _INSET


def _room(turned: bool) -> float:  # noqa: FBT001 - a way of lying
    return TURNED if turned else UPRIGHT


def _groups(needs: Sequence[int], size: float, room: float) -> Iterator[list[int]]:
    """The first column with as many of the others as fit, time and again."""
    group = [0]
    for place in range(1, len(needs)):
        taken = sum(_points(needs[one], size) for one in [*group, place])
        if taken > room and len(group) > 1:
            yield group
            group = [0]
        group.append(place)
    yield group


def _widths(
    group: Sequence[int], needs: Sequence[int], wishes: Sequence[int], size: float, room: float
) -> tuple[tuple[int, float], ...]:
    """What each needs, and of what is left over a share of what it wishes."""
    least = {place: _points(needs[place], size) for place in group}
    wished = {place: max(least[place], _points(wishes[place], size)) for place in group}
    left = room - sum(least.values())
    lacking = sum(wished.values()) - sum(least.values())
    share = min(1.0, left / lacking) if lacking else 0.0
    return tuple(
        (place, round(least[place] + share * (wished[place] - least[place]), 1)) for place in group
    )
