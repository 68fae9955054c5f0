"""What is drawn: series of values over the same labels."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

ZERO = Decimal(0)
Shape = Literal["bar", "line", "step"]


@dataclass(frozen=True, slots=True)
class Series:
    """`values` one per label, `None` where there is none. A `step` is level over its label."""

    name: str
    values: tuple[Decimal | None, ...]
    shape: Shape = "bar"


@dataclass(frozen=True, slots=True)
class Plot:
    """`write` makes a figure beside the axis of its value. Bars are one on another if `stacked`."""

    title: str
    description: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    write: Callable[[Decimal], str]
    stacked: bool = False

    @property
    def bars(self) -> list[tuple[int, Series]]:
        """The series that are bars, with their numbers from 1."""
        return [(n, one) for n, one in enumerate(self.series, start=1) if one.shape == "bar"]

    @property
    def lines(self) -> list[tuple[int, Series]]:
        return [(n, one) for n, one in enumerate(self.series, start=1) if one.shape != "bar"]


@dataclass(frozen=True, slots=True)
class Bar:
    """Bar of a series at the label of number `place`: the `start` and `size` of its part of the
    room that a label has, from one value to another.
    """

    series: int
    place: int
    start: float
    size: float
    low: Decimal
    high: Decimal


FILL = 0.76
"""The part of a label's room that its bars take."""


def bars_of(plot: Plot) -> Iterator[Bar]:
    return _stacked(plot) if plot.stacked else _grouped(plot)


def _grouped(plot: Plot) -> Iterator[Bar]:
    size = FILL / max(len(plot.bars), 1)
    for order, (number, series) in enumerate(plot.bars):
        start = (1 - FILL) / 2 + order * size
        for place, value in enumerate(series.values):
            if value:
                yield Bar(number, place, start, size * 0.92, min(value, ZERO), max(value, ZERO))


def _stacked(plot: Plot) -> Iterator[Bar]:
    """What is above zero upward from there, what is below downward."""
    for place in range(len(plot.labels)):
        top = bottom = ZERO
        for number, series in plot.bars:
            value = series.values[place] or ZERO
            if value > 0:
                yield Bar(number, place, (1 - FILL) / 2, FILL, top, top + value)
                top += value
            elif value < 0:
                yield Bar(number, place, (1 - FILL) / 2, FILL, bottom + value, bottom)
                bottom += value


def reach(plot: Plot) -> tuple[Decimal, Decimal]:
    """The least and the most that is drawn; zero is always between them."""
    drawn = [value for one in plot.series for value in one.values if value is not None]
    drawn += [value for bar in bars_of(plot) for value in (bar.low, bar.high)]
    return min([*drawn, ZERO]), max([*drawn, ZERO])
