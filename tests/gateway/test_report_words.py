"""What a report says, in either language: the same values, read as its reader reads them."""

from pathlib import Path
from typing import Any

import pytest

from contracts.reports import Cell, Column, Paragraph, Report, Table, ValueKind
from services.gateway.language import Language, TextMissing, Texts
from services.gateway.reports.words import Words

REPORT = Report.model_validate_json((Path(__file__).parent / "report-document.json").read_bytes())


def plain(text: str) -> str:
    """With every kind of space as a space."""
    return " ".join(text.split())


def words(texts: Texts, language: Language = "nl") -> Words:
    return Words(texts, language)


@pytest.mark.parametrize(
    ("value", "kind", "dutch", "english"),
    [
        (12345, "count", "12.345", "12,345"),
        ("48.0", "percentage", "48,0 %", "48.0 %"),
        ("-0.27", "percentage", "-0,27 %", "-0.27 %"),
        ("7.50", "number", "7,50", "7.50"),
        ("22935000.00", "money", "€ 22.935.000", "€22,935,000"),
        ("-3679000.49", "money", "€ -3.679.000", "-€3,679,000"),
        ("88.12", "money", "€ 88,12", "€88.12"),
        (96480, "duration", "26 u 48 min", "26 h 48 min"),
        ("2017.76", "year-part", "2017,76", "2017.76"),
        ("2026-03", "month", "maart 2026", "March 2026"),
        ("2026-06-05", "date", "vr 5 jun 2026", "Fri 5 Jun 2026"),
        ("2026-06-05T12:03:00Z", "moment", "vr 5 jun 2026, 14:03", "Fri 5 Jun 2026, 14:03"),
        ("kind-incident", "term", "Storing", "Incident"),
        ("kind-incident", "text", "kind-incident", "kind-incident"),
        ("bad", "state", "× niet goed", "× not good"),
        (True, "text", "ja", "yes"),
        (None, "money", "–", "–"),
    ],
)
def test_a_value_is_read_by_its_kind(
    texts: Texts, value: Any, kind: ValueKind, dutch: str, english: str
) -> None:
    assert plain(words(texts).value(value, kind)) == dutch
    assert plain(words(texts, "en").value(value, kind)) == english


def test_a_column_of_amounts_has_cents_in_every_row_or_in_none(texts: Texts) -> None:
    columns = (Column(key="a", kind="money"), Column(key="b", kind="money"))
    rows = ((Cell(value="12.50"), Cell(value="12.00")), (Cell(value="3.00"), Cell(value=None)))
    table = Table(key="x", columns=columns, rows=rows)
    told = [[plain(text) for text in words(texts).row(table, row)] for row in rows]
    assert told == [["€ 12,50", "€ 12"], ["€ 3,00", "–"]]


@pytest.mark.parametrize(
    ("period", "dutch", "english"),
    [
        ("2022", "2022", "2022"),
        ("2026-Q3", "3e kwartaal 2026", "3rd quarter 2026"),
        ("2026-03", "maart 2026", "March 2026"),
        (
            "2026-11-02..2026-11-29",
            "ma 2 nov 2026 tot en met zo 29 nov 2026",
            "Mon 2 Nov 2026 to Sun 29 Nov 2026 inclusive",
        ),
    ],
)
def test_a_period_is_told_in_words(texts: Texts, period: str, dutch: str, english: str) -> None:
    asked = REPORT.model_copy(update={"period": period})
    assert words(texts).period(asked) == dutch
    assert words(texts, "en").period(asked) == english


def test_it_tells_whose_it_is_and_as_of_when(texts: Texts) -> None:
    assert words(texts).subject(REPORT) == "Gemeente Zwolle"
    centre = REPORT.model_copy(update={"partner": None, "subject": None})
    assert words(texts).subject(centre) == "Servicecentrum"
    named = centre.model_copy(update={"centre": "Bedrijfsvoering De Liemers"})
    assert words(texts).subject(named) == "Bedrijfsvoering De Liemers"
    assert words(texts).standing(REPORT).endswith("31 okt 2026, 23:59, volgnummer 41234")
    assert words(texts).limited(REPORT) == "Wat na za 31 okt 2026 gebeurde, telt niet mee."
    assert words(texts).note(named).startswith("Stand van ")
    named = REPORT.model_copy(update={"centre": "Bedrijfsvoering De Liemers", "on": None})
    assert words(texts).note(named).startswith("Bedrijfsvoering De Liemers · Stand van ")
    assert words(texts).limited(REPORT.model_copy(update={"on": None})) is None


def test_a_paragraph_has_its_figures_in_it(texts: Texts) -> None:
    told = Paragraph(
        text="told-standing",
        told={"moment": Cell(value="2026-10-31T23:00:00Z"), "sequence": Cell(value=None)},
        kinds={"moment": "moment", "sequence": "count"},
    )
    assert words(texts).paragraph(told) == "Stand van zo 1 nov 2026, 00:00, volgnummer –"


def test_labels_are_texts_of_their_own_or_facts(texts: Texts) -> None:
    said = words(texts)
    assert said.section(REPORT.sections[2]) == "Geld & normen"
    table = REPORT.sections[2].blocks[0]
    assert isinstance(table, Table)
    assert [said.column(column) for column in table.columns[1:4]] == ["Begroot", "2026", "Norm"]
    with pytest.raises(TextMissing):
        said.column(Column(key="bestaat-niet", kind="text"))
