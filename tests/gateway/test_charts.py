"""Charts: everything is drawn within the drawing, and nothing over anything else."""

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from services.gateway.charts import Plot, Series, course, drawn, figure
from services.gateway.charts.frame import LETTER, WIDTH, scale_of, width_of

SVG = "{http://www.w3.org/2000/svg}"
few = settings(max_examples=40)
amounts = st.decimals(-(10**8), 10**8, places=2, allow_nan=False)
values = st.lists(st.tuples(amounts, amounts | st.none()), min_size=1, max_size=30)
names = st.text("abcdefghij ", min_size=1, max_size=60).filter(str.strip)


def plot(
    labels: list[str], *series: list[Decimal | None], shape: str = "bar", stacked: bool = False
) -> Plot:
    made = tuple(
        Series(f"reeks {number}", tuple(one), shape)  # type: ignore[arg-type]
        for number, one in enumerate(series)
    )
    return Plot("Titel", "Omschrijving", tuple(labels), made, lambda value: f"{value:.1f}", stacked)


def tree(told: Plot) -> etree._Element:
    return etree.fromstring(str(drawn(told, "g")))


def height(found: etree._Element) -> float:
    return float(str(found.get("viewBox")).split()[3])


def texts(found: etree._Element) -> list[tuple[float, float, float, float]]:
    """Of each text the room that it takes at most: left, right, top, bottom."""
    boxes = []
    for each in found.iter(f"{SVG}text"):
        width = width_of(each.text or "")
        x, y = float(str(each.get("x"))), float(str(each.get("y")))
        left = x - {"middle": width / 2, "end": width}[str(each.get("text-anchor"))]
        boxes.append((left, left + width, y - LETTER, y + LETTER / 4))
    return boxes


@few
@given(values, st.sampled_from([("bar", False), ("bar", True), ("line", False), ("step", False)]))
def test_everything_lies_within_the_drawing(
    told: list[tuple[Decimal, Decimal | None]], look: tuple[str, bool]
) -> None:
    shape, stacked = look
    found = tree(
        plot(
            [str(2000 + n) for n in range(len(told))],
            [a for a, _ in told],
            [b for _, b in told],
            shape=shape,
            stacked=stacked,
        )
    )
    for bar in found.iterfind(f"{SVG}rect"):
        x, y, width, tall = (float(str(bar.get(key))) for key in ("x", "y", "width", "height"))
        assert 0 <= x <= x + width <= WIDTH
        assert 0 <= y <= y + tall <= height(found)
    for line in found.iterfind(f"{SVG}polyline"):
        for x, y in (map(float, pair.split(",")) for pair in str(line.get("points")).split()):
            assert 0 <= x <= WIDTH
            assert 0 <= y <= height(found)


@few
@given(st.lists(names, min_size=1, max_size=40), st.sampled_from(["bar", "line"]))
def test_no_label_is_cut_off_or_touches_another(labels: list[str], shape: str) -> None:
    found = tree(plot(labels, [Decimal(1000 * n) for n, _ in enumerate(labels)], shape=shape))
    boxes = texts(found)
    assert all(left >= -1 and right <= WIDTH + 1 for left, right, _, _ in boxes)
    assert all(top >= -1 and bottom <= height(found) for _, _, top, bottom in boxes)
    for line in {box[2] for box in boxes}:
        beside = sorted(box for box in boxes if box[2] == line)
        assert all(one[1] <= other[0] for one, other in pairwise(beside))


@given(amounts, amounts)
def test_an_axis_has_few_round_figures_around_what_is_drawn(one: Decimal, other: Decimal) -> None:
    scale = scale_of(min(one, other, Decimal(0)), max(one, other, Decimal(0)))
    shown = list(scale.values())
    assert 2 <= len(shown) <= 7
    assert shown[0] <= min(one, other, Decimal(0))
    assert shown[-1] >= max(one, other, Decimal(0))
    assert Decimal(0) in shown
    assert re.fullmatch(r"[125]0*|0\.0*[125]", f"{scale.step.normalize():f}")


def test_stacked_bars_stand_on_each_other_and_hang_below_zero() -> None:
    told = plot(["2026"], *([Decimal(v)] for v in (3, -2, 4, -1)), stacked=True)
    bars = list(tree(told).iterfind(f"{SVG}rect"))
    tops = [float(str(bar.get("y"))) for bar in bars]
    bottoms = [top + float(str(bar.get("height"))) for top, bar in zip(tops, bars, strict=True)]
    assert tops[0] == pytest.approx(bottoms[2], abs=0.2)
    assert bottoms[1] == pytest.approx(tops[3], abs=0.2)
    assert bottoms[0] == pytest.approx(tops[1], abs=0.2)


def test_a_line_is_broken_where_nothing_was_counted() -> None:
    told = plot(list("abcde"), [Decimal(1), Decimal(2), None, Decimal(3), Decimal(4)], shape="line")
    found = tree(told)
    assert len(list(found.iterfind(f"{SVG}polyline"))) == 2
    assert len(list(found.iterfind(f"{SVG}circle"))) == 4


def test_a_chart_of_nothing_has_a_ground_line() -> None:
    found = tree(plot([], []))
    assert not list(found.iterfind(f"{SVG}rect"))
    assert found.find(f"{SVG}line[@class='portal-chart__zero']") is not None


def test_a_chart_tells_what_it_is_and_lets_nothing_in() -> None:
    found = etree.fromstring(str(drawn(plot(["<b>&"], [Decimal(1)]), "g")))
    assert found.get("role") == "img"
    assert found.get("aria-labelledby") == "g-title g-desc"
    assert found.findtext(f"{SVG}title") == "Titel"
    assert found.findtext(f"{SVG}desc") == "Omschrijving"
    assert "&lt;b&gt;&amp;" in str(drawn(plot(["<b>&"], [Decimal(1)]), "g"))


def test_series_differ_in_pattern_or_mark_and_have_a_key_each() -> None:
    bars = str(figure(plot(["a"], *([Decimal(1)] for _ in range(3))), "g"))
    assert "url(#g-fill-2)" in bars
    assert "url(#g-fill-3)" in bars
    assert bars.count("portal-legend__key") == 3
    lines = plot(["a", "b"], *([Decimal(1)] * 2 for _ in range(4)), shape="line")
    kinds = {each.tag for each in tree(lines)} - {f"{SVG}line", f"{SVG}text"}
    assert {f"{SVG}circle", f"{SVG}polygon"} <= kinds
    assert len(set(re.findall(r"portal-chart__mark--\d", str(drawn(lines, "g"))))) == 4


def test_a_level_beside_bars_runs_over_each_label() -> None:
    rows = [("2026", {"a": Decimal(1), "norm": Decimal(2)}), ("2027", {"a": None, "norm": None})]
    told = course(rows, ("a",), "norm").drawn("g", "T", "O", ["A"], "Norm", str)
    assert told.count("portal-chart__step--2") == 2
    assert told.count("<rect") == 2
