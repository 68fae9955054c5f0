"""Published figures beside those of a report: in their unit, as far rounded, none passed over."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bodemplaat.cases.comparing import Compared, compared
from bodemplaat.cases.model import Published
from contracts.reports import Cell, Column, Figure, Figures, Report, Section, Table

ANNUAL = ("annual", "2022", None)
WHERE = {"source": "Jaarverslag", "report": "annual", "period": "2022"}


def report(*rows: tuple[str, str | None]) -> Report:
    table = Table(
        key="loans",
        columns=(Column(key="loan", kind="text"), Column(key="amount", kind="money")),
        rows=tuple((Cell(value=loan), Cell(value=amount)) for loan, amount in rows),
        total=(Cell(value=None), Cell(value="9400.00")),
    )
    changes = Figure(label="report-figure-changes", kind="count", cell=Cell(value=3917))
    return Report(
        name="annual",
        partner=None,
        subject="SSC",
        theme=None,
        period="2022",
        first=date(2022, 1, 1),
        last=date(2022, 12, 31),
        sequence=1,
        moment=datetime(2023, 1, 1, tzinfo=UTC),
        sections=(Section(key="one", blocks=(table, Figures(figures=(changes,)))),),
    )


def held(document: Report, rows: list[tuple[str, str]], **unit: Any) -> list[Compared]:
    column = {"key": "amount", "what": "Bedrag", **unit}
    table = {**WHERE, "table": "loans", "along": "loan", "columns": [column], "rows": rows}
    return list(compared(Published.model_validate({"tables": [table]}), {ANNUAL: document}))


@pytest.mark.parametrize(
    ("ours", "published", "expected"),
    [
        ("1418670.00", "1419", ("1419", True)),
        ("1418499.99", "1419", ("1418", False)),
        ("-3679000.00", "-3679", ("-3679", True)),
        ("500.00", "0.5", ("0.5", True)),
    ],
)
def test_amounts_are_told_in_thousands_and_rounded_as_they_were_published(
    ours: str, published: str, expected: tuple[str, bool]
) -> None:
    (found,) = held(report(("A", ours)), [("A", published)], thousands=True)
    assert (found.ours, found.equal) == expected


def test_what_rounding_may_have_changed_is_equal() -> None:
    (found,) = held(report(("A", "1419.00")), [("A", "1418")], within="1")
    assert (found.ours, found.equal) == ("1419", True)


def test_what_is_not_shown_is_not_equal() -> None:
    document = report(("A", None), ("B", "1.00"), ("B", "1.00"))
    found = held(document, [("A", "0"), ("B", "1"), ("C", "0")])
    assert [(each.ours, each.equal) for each in found] == [(None, False)] * 3


def test_a_figure_that_was_not_published_is_not_compared() -> None:
    assert held(report(("A", "1.00")), [("A", "")]) == []


def test_a_total_and_a_key_figure_have_their_places() -> None:
    (total,) = held(report(), [("total", "9400")])
    figure = {**WHERE, "label": "report-figure-changes", "what": "Wijzigingen", "value": "3917"}
    published = Published.model_validate({"figures": [figure]})
    (changes,) = compared(published, {ANNUAL: report()})
    assert total.equal
    assert changes.equal


def test_every_row_has_a_value_for_each_column() -> None:
    with pytest.raises(ValueError, match="every row of 'loans' must have 2 values"):
        held(report(), [("A", "1", "2")])  # type: ignore[list-item]
