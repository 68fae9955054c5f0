"""A chart as SVG. Each series has a pattern or a mark of its own beside its colour."""

from collections.abc import Iterator
from decimal import Decimal

from markupsafe import Markup, escape

from services.gateway.charts.frame import LETTER, LINE, WIDTH, Frame, frame_of
from services.gateway.charts.plot import ZERO, Bar, Plot, Series, bars_of

STYLES = 6
"""Series beyond these look as the first ones again."""
_TILE = 8
_MARK = 4.5
_THICKEST = 64
"""How thick a bar becomes where there are few, in units of the drawing."""


def drawn(plot: Plot, name: str) -> Markup:
    """`name` is unlike that of any other chart on the page."""
    frame = frame_of(plot)
    parts = [
        *_grid(plot, frame),
        *_labels(frame),
        *(_bar(bar, frame, name) for bar in bars_of(plot)),
        _axis(frame),
        *(part for number, series in plot.lines for part in _line(number, series, frame)),
    ]
    body = Markup("").join(
        [
            _tag("title", escape(plot.title), id=f"{name}-title"),
            _tag("desc", escape(plot.description), id=f"{name}-desc"),
            _patterns(name, [number for number, _ in plot.bars]),
            *parts,
        ]
    )
    return _tag(
        "svg",
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {WIDTH} {_told(frame.height)}",
        role="img",
        aria_labelledby=f"{name}-title {name}-desc",
    )


def key(number: int, series: Series, name: str) -> Markup:
    """What stands beside the series' name in the legend. `name` as with `drawn`."""
    own = f"{name}-key"
    if series.shape == "bar":
        body = _patterns(own, [number]) + _filled(number, own, x=1, y=1, width=22, height=14)
    else:
        body = _path(number, series.shape, ["2,8", "26,8"]) + _mark(number, series.shape, 14, 8)
    return _tag(
        "svg",
        body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox="0 0 28 16",
        aria_hidden="true",
        focusable="false",
    )


def _grid(plot: Plot, frame: Frame) -> Iterator[Markup]:
    for value in frame.scale.values():
        at = frame.at(value)
        if frame.lying:
            yield _rule("grid", at, frame.top, at, frame.bottom)
            yield _text(plot.write(value), at, frame.bottom + LINE, "middle")
        else:
            yield _rule("grid", frame.left, at, frame.right, at)
            yield _text(plot.write(value), frame.left - 6, at + LETTER / 3, "end")


def _labels(frame: Frame) -> Iterator[Markup]:
    for place in frame.shown:
        at, lines = frame.along(place + 0.5), frame.labels[place]
        first = at + LETTER / 3 - (len(lines) - 1) * LINE / 2
        for row, line in enumerate(lines):
            if frame.lying:
                yield _text(line, frame.left - 6, first + row * LINE, "end")
            else:
                yield _text(line, at, frame.bottom + (row + 1) * LINE, "middle")


def _axis(frame: Frame) -> Markup:
    zero = frame.at(ZERO)
    if frame.lying:
        return _rule("zero", zero, frame.top, zero, frame.bottom)
    return _rule("zero", frame.left, zero, frame.right, zero)


def _bar(bar: Bar, frame: Frame, name: str) -> Markup:
    narrower = min(1, _THICKEST / (bar.size * frame.slot))
    start = frame.along(bar.place + 0.5 + (bar.start - 0.5) * narrower)
    size = bar.size * frame.slot * narrower
    low, high = sorted((frame.at(bar.low), frame.at(bar.high)))
    if frame.lying:
        return _filled(bar.series, name, x=low, y=start, width=high - low, height=size)
    return _filled(bar.series, name, x=start, y=low, width=size, height=high - low)


def _line(number: int, series: Series, frame: Frame) -> Iterator[Markup]:
    """Broken where there is no value; a mark at each."""
    run: list[str] = []
    marks: list[Markup] = []
    for place, value in enumerate(series.values):
        if value is None:
            yield from _stretch(number, series, run)
            run = []
            continue
        run += _points(series, place, value, frame)
        if series.shape == "line":
            x, y = frame.along(place + 0.5), frame.at(value)
            marks.append(_mark(number, series.shape, x, y))
    yield from _stretch(number, series, run)
    yield from marks


def _points(series: Series, place: int, value: Decimal, frame: Frame) -> list[str]:
    y = _told(frame.at(value))
    sides = (0.5,) if series.shape == "line" else (0, 1)
    return [f"{_told(frame.along(place + side))},{y}" for side in sides]


def _stretch(number: int, series: Series, points: list[str]) -> Iterator[Markup]:
    if len(points) > 1:
        yield _path(number, series.shape, points)


def _path(number: int, shape: str, points: list[str]) -> Markup:
    return _tag("polyline", points=" ".join(points), **_classes(shape, number))


def _mark(number: int, shape: str, x: float, y: float) -> Markup:
    """A disc, square, triangle or diamond; none on a step, which is a line of its own kind."""
    if shape == "step":
        return Markup("")
    half = _MARK
    corners = {
        2: ((-half, -half), (half, -half), (half, half), (-half, half)),
        3: ((0, -half * 1.2), (half * 1.2, half), (-half * 1.2, half)),
        4: ((0, -half * 1.4), (half * 1.4, 0), (0, half * 1.4), (-half * 1.4, 0)),
    }.get((number - 1) % 4 + 1)
    if corners is None:
        return _tag("circle", cx=_told(x), cy=_told(y), r=_told(half), **_classes("mark", number))
    points = " ".join(f"{_told(x + dx)},{_told(y + dy)}" for dx, dy in corners)
    return _tag("polygon", points=points, **_classes("mark", number))


def _filled(number: int, name: str, **place: float) -> Markup:
    look = _look(number)
    told = {side: _told(value) for side, value in place.items()}
    fill = {} if look in _PLAIN else {"fill": f"url(#{name}-fill-{look})"}
    return _tag("rect", **told, **fill, **_classes("bar", number))


_PLAIN = frozenset({1, 4})
_SHAPES = {
    2: Markup('<path class="portal-chart__ink" d="M-2 2 2-2M0 8 8 0M6 10 10 6"/>'),
    3: Markup('<circle class="portal-chart__dot" cx="4" cy="4" r="2"/>'),
    5: Markup('<path class="portal-chart__ink" d="M0 4H8"/>'),
    6: Markup('<path class="portal-chart__ink" d="M-2 6 2 10M0 0 8 8M6-2 10 2M0 8 8 0"/>'),
}


def _patterns(name: str, numbers: list[int]) -> Markup:
    looks = sorted({_look(number) for number in numbers} - _PLAIN)
    made = (
        _tag(
            "pattern",
            Markup('<rect class="portal-chart__ground" width="8" height="8"/>') + _SHAPES[look],
            id=f"{name}-fill-{look}",
            width=str(_TILE),
            height=str(_TILE),
            patternUnits="userSpaceOnUse",
        )
        for look in looks
    )
    return _tag("defs", Markup("").join(made)) if looks else Markup("")


def _look(number: int) -> int:
    return (number - 1) % STYLES + 1


def _classes(shape: str, number: int) -> dict[str, str]:
    return {"class": f"portal-chart__{shape} portal-chart__{shape}--{_look(number)}"}


def _rule(name: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
    ends = {"x1": x1, "y1": y1, "x2": x2, "y2": y2}
    told = {end: _told(value) for end, value in ends.items()}
    return _tag("line", **told, **{"class": f"portal-chart__{name}"})


def _text(text: str, x: float, y: float, anchor: str) -> Markup:
    place = {"x": _told(x), "y": _told(y), "text_anchor": anchor}
    return _tag("text", escape(text), **place, **{"class": "portal-chart__text"})


def _tag(name: str, content: Markup | None = None, /, **attributes: str) -> Markup:
    told = Markup("").join(
        Markup(' {}="{}"').format(key.replace("_", "-"), value) for key, value in attributes.items()
    )
    end = Markup("/>") if content is None else Markup(">{}</{}>").format(content, name)
    return Markup("<{}{}{}").format(name, told, end)


def _told(value: float) -> str:
    return format(round(value, 1), "g")
