"""Charts of amounts per year or quarter, drawn on the server as plain SVG shapes.

Only geometry is decided here; the same figures stand in a table beside the chart.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 720, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 12, 14, 34
_GRID_LINES = 4
_LABELS_AT_MOST = 7
_STEPS = (1, 2, 5)
_FILL = 0.76
"""The part of its slot that a group of bars takes."""

Figures = Mapping[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Bar:
    """`series` is its place among the series, from 1."""

    series: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure at a height, or a label at a place along the bottom."""

    place: float
    text: str
    value: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template needs to draw it. `line` are the points of a line over the bars."""

    bars: tuple[Bar, ...]
    grid: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    line: str
    zero: float
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    baseline: int = HEIGHT - _BOTTOM


@dataclass(frozen=True, slots=True)
class _Scale:
    """From `least` to `most`, `step` by `step`."""

    least: Decimal
    most: Decimal
    step: Decimal

    def y(self, value: Decimal) -> float:
        span = HEIGHT - _BOTTOM - _TOP
        part = float((value - self.least) / (self.most - self.least))
        return round(HEIGHT - _BOTTOM - span * part, 1)

    def values(self) -> Iterator[Decimal]:
        value = self.least
        while value <= self.most:
            yield value
            value += self.step


def bar_chart(
    rows: Sequence[tuple[str, Figures]], series: Sequence[str], line: str | None = None
) -> Chart:
    """Bars per label for each of the series, and a line for another; what is `None` is left out."""
    named = [*series, *([line] if line else [])]
    shown = [figures[name] for _, figures in rows for name in named]
    scale = _scale([value for value in shown if value is not None])
    slot = (WIDTH - _LEFT - _RIGHT) / max(len(rows), 1)
    return Chart(
        bars=tuple(_bars(rows, series, slot, scale)),
        grid=tuple(Mark(scale.y(value), "", value) for value in scale.values()),
        labels=tuple(
            Mark(round(_LEFT + (place + 0.5) * slot, 1), rows[place][0])
            for place in range(0, len(rows), -(-len(rows) // _LABELS_AT_MOST) or 1)
        ),
        line=_points(rows, line, slot, scale) if line else "",
        zero=scale.y(Decimal(0)),
    )


def _bars(
    rows: Sequence[tuple[str, Figures]], series: Sequence[str], slot: float, scale: _Scale
) -> Iterator[Bar]:
    width = slot * _FILL / max(len(series), 1)
    zero = scale.y(Decimal(0))
    for place, (_, figures) in enumerate(rows):
        left = _LEFT + (place + (1 - _FILL) / 2) * slot
        for number, name in enumerate(series):
            value = figures[name]
            if value:
                y = scale.y(value)
                yield Bar(
                    series=number + 1,
                    x=round(left + number * width, 1),
                    y=min(y, zero),
                    width=round(width * 0.92, 1),
                    height=round(abs(y - zero), 1),
                )


def _points(rows: Sequence[tuple[str, Figures]], name: str, slot: float, scale: _Scale) -> str:
    """A step over each label, so that a single one shows too."""
    told = ((place, figures[name]) for place, (_, figures) in enumerate(rows))
    return " ".join(
        f"{round(_LEFT + side * slot, 1)},{scale.y(value)}"
        for place, value in told
        if value is not None
        for side in (place, place + 1)
    )


def _scale(values: Sequence[Decimal]) -> _Scale:
    """From the round figure below the least, zero at most, to the one above the most."""
    most, least = max([*values, Decimal(0)]), min([*values, Decimal(0)])
    step = _step((most - least) / _GRID_LINES)
    bottom = Decimal(0)
    while bottom > least:
        bottom -= step
    top = bottom
    while top < most or top == bottom:
        top += step
    return _Scale(bottom, top, step)


def _step(at_least: Decimal) -> Decimal:
    """The smallest of …, 0.1, 0.2, 0.5, 1, 2, 5, … that is no less."""
    scale = Decimal(1)
    while scale > at_least > 0:
        scale /= 10
    while True:
        for step in _STEPS:
            if step * scale >= at_least:
                return step * scale
        scale *= 10
