"""The chart of inflow against resolved, drawn on the server as plain SVG shapes.

Only geometry is decided here: colours and hatching come from the style sheet, and the same
figures stand in a table beside the chart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 720
HEIGHT = 260
_LEFT = 40
_RIGHT = 8
_TOP = 12
_BOTTOM = 34
_GRID_LINES = 4
_LABELS_AT_MOST = 7
_STEPS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, in the units of the view box."""

    series: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class GridLine:
    y: float
    value: int


@dataclass(frozen=True, slots=True)
class DayLabel:
    x: float
    date: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What a template needs to draw it."""

    bars: tuple[Bar, ...]
    grid: tuple[GridLine, ...]
    labels: tuple[DayLabel, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    right: int = WIDTH - _RIGHT
    baseline: int = HEIGHT - _BOTTOM


def flow_chart(per_day: Sequence[Mapping[str, Any]]) -> Chart:
    """Two bars a day, `opened` and `resolved`, of rows `{"date", "opened", "resolved"}`."""
    step = _grid_step(max((max(row["opened"], row["resolved"]) for row in per_day), default=0))
    top_value = step * _GRID_LINES
    slot = (WIDTH - _LEFT - _RIGHT) / max(len(per_day), 1)
    return Chart(
        bars=tuple(
            bar
            for place, row in enumerate(per_day)
            for bar in _bars(row, _LEFT + place * slot, slot, top_value)
        ),
        grid=tuple(
            GridLine(y=_height_of(step * line, top_value), value=step * line)
            for line in range(_GRID_LINES + 1)
        ),
        labels=_labels(per_day, slot),
    )


def _bars(row: Mapping[str, Any], left: float, slot: float, top_value: int) -> tuple[Bar, ...]:
    width = slot * 0.36
    baseline = HEIGHT - _BOTTOM
    places = (("opened", left + slot * 0.12), ("resolved", left + slot * 0.52))
    return tuple(
        Bar(
            series=series,
            x=round(x, 1),
            y=_height_of(row[series], top_value),
            width=round(width, 1),
            height=round(baseline - _height_of(row[series], top_value), 1),
        )
        for series, x in places
    )


def _labels(per_day: Sequence[Mapping[str, Any]], slot: float) -> tuple[DayLabel, ...]:
    every = -(-len(per_day) // _LABELS_AT_MOST) or 1
    return tuple(
        DayLabel(x=round(_LEFT + (place + 0.5) * slot, 1), date=per_day[place]["date"])
        for place in range(0, len(per_day), every)
    )


def _height_of(value: int, top_value: int) -> float:
    span = HEIGHT - _BOTTOM - _TOP
    return round(HEIGHT - _BOTTOM - span * value / top_value, 1)


def _grid_step(highest: int) -> int:
    """The smallest of 1, 2, 5, 10, 20, 50, … with which the grid reaches the highest bar."""
    scale = 1
    while True:
        for step in _STEPS:
            if step * scale * _GRID_LINES >= highest:
                return step * scale
        scale *= 10
