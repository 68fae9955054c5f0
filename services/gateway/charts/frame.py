"""Where things come on the paper: round numbers along one axis, labels along the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from textwrap import wrap

from services.gateway.charts.plot import FILL, ZERO, Plot, reach

WIDTH = 720
HEIGHT = 300
LETTER = 14
"""Size of the letters, in units of the drawing."""
LINE = 17
_GRID_LINES = 5
_STEPS = (1, 2, 5)
_WIDE = 0.62
"""How wide a letter is at most on average, as part of its size, in the widest of our fonts."""
_GAP = 8
_LYING_LETTERS, _STANDING_LETTERS = 30, 16
_LYING_AT_MOST = 24
_THICKNESS = 15


@dataclass(frozen=True, slots=True)
class Scale:
    """From `least` to `most`, `step` by `step`."""

    least: Decimal
    most: Decimal
    step: Decimal

    def part(self, value: Decimal) -> float:
        """How far along it is: 0 at the least, 1 at the most."""
        return float((value - self.least) / (self.most - self.least))

    def values(self) -> Iterator[Decimal]:
        value = self.least
        while value <= self.most:
            yield value
            value += self.step


def scale_of(least: Decimal, most: Decimal) -> Scale:
    """From the round figure below the least, zero at most, to the one above the most."""
    step = _step((most - least) / _GRID_LINES)
    bottom = step * (least / step).to_integral_value(ROUND_FLOOR) + ZERO
    top = step * (most / step).to_integral_value(ROUND_CEILING) + ZERO
    return Scale(bottom, top if top > bottom else bottom + step, step)


def _step(at_least: Decimal) -> Decimal:
    """The smallest of …, 0.1, 0.2, 0.5, 1, 2, 5, … that is no less; 1 for nothing at all."""
    if at_least == 0:
        return Decimal(1)
    scale = Decimal(10) ** at_least.adjusted()
    return next(step * scale for step in (*_STEPS, 10) if step * scale >= at_least)


@dataclass(frozen=True, slots=True)
class Frame:
    """The room between margins. `lying` bars go from left to right, labels one under another.

    `labels` are in lines that fit in their room.
    """

    scale: Scale
    labels: tuple[tuple[str, ...], ...]
    lying: bool
    left: float
    right: float
    top: float
    bottom: float

    @property
    def height(self) -> float:
        lines = 1 if self.lying else max(map(len, self.labels), default=1)
        return self.bottom + lines * LINE + _GAP

    @property
    def slot(self) -> float:
        """The room that one label has."""
        length = self.bottom - self.top if self.lying else self.right - self.left
        return length / max(len(self.labels), 1)

    def along(self, place: float) -> float:
        """Where a label is, or a part of its room."""
        return (self.top if self.lying else self.left) + place * self.slot

    def at(self, value: Decimal) -> float:
        """Where a value is on its axis."""
        part = self.scale.part(value)
        if self.lying:
            return self.left + part * (self.right - self.left)
        return self.bottom - part * (self.bottom - self.top)

    @property
    def shown(self) -> range:
        """The places whose labels are written: all, or every so many where they would touch."""
        every = 1 if self.lying else -int(-(_widest(self.labels) + _GAP) // self.slot)
        return range(0, len(self.labels), max(1, every))


def width_of(text: str) -> float:
    return len(text) * LETTER * _WIDE


def frame_of(plot: Plot) -> Frame:
    """Bars lie down where their labels are too long to stand beside each other."""
    scale = scale_of(*reach(plot))
    figures = max(width_of(plot.write(value)) for value in scale.values())
    room = (WIDTH - figures) / max(len(plot.labels), 1)
    long = max(map(width_of, plot.labels), default=0) + _GAP > room
    if long and not plot.lines and len(plot.labels) <= _LYING_AT_MOST:
        return _lying(plot, scale, figures)
    return _standing(plot, scale, figures)


def _standing(plot: Plot, scale: Scale, figures: float) -> Frame:
    labels = _folded(plot, _STANDING_LETTERS)
    half = _widest(labels) / 2
    beyond = half if 2 * half > (WIDTH - figures - half) / max(len(labels), 1) else 0
    return Frame(
        scale=scale,
        labels=labels,
        lying=False,
        left=max(figures + _GAP, beyond),
        right=WIDTH - max(_GAP, beyond),
        top=LETTER,
        bottom=HEIGHT - LINE - _GAP,
    )


def _lying(plot: Plot, scale: Scale, figures: float) -> Frame:
    labels = _folded(plot, _LYING_LETTERS)
    bars = 1 if plot.stacked else len(plot.bars)
    slot = max(bars * _THICKNESS / FILL, max(map(len, labels)) * LINE + 4)
    return Frame(
        scale=scale,
        labels=labels,
        lying=True,
        left=max(_widest(labels) + _GAP, figures / 2),
        right=WIDTH - figures / 2 - 2,
        top=4,
        bottom=4 + slot * len(labels),
    )


def _folded(plot: Plot, letters: int) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(wrap(label, letters)) or ("",) for label in plot.labels)


def _widest(labels: tuple[tuple[str, ...], ...]) -> float:
    return max((width_of(line) for label in labels for line in label), default=0)
