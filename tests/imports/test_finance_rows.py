"""Files with money: what their columns and cells stand for, in CSV and XLSX."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from chassis.errors import DomainError
from chassis.tables import TableForeign, TableTooLong, csv_text, read_table, rejected_rows, workbook
from chassis.tables.sending import BATCH_ROWS, batches
from contracts.finance.files import FILES, column_name, read_header
from services.finance.commands import BookCost, RegisterLoan, RegisterRisk, SetBudget
from services.finance.imports.command import FileRow
from services.finance.imports.orders import orders
from services.finance.imports.texts import amount

words = st.text("abcdefg ;,\"'é", max_size=12).map(str.strip)


def rows(kind: Any, *told: dict[str, str]) -> list[FileRow]:
    return [FileRow(line=line, values=values) for line, values in enumerate(told, start=2)]


def sheet(*cells: tuple[Any, ...]) -> BytesIO:
    book, packed = Workbook(), BytesIO()
    for row in cells:
        book.active.append(row)
    book.save(packed)
    packed.seek(0)
    return packed


BUDGET = {"year": "2026", "pool": "ict", "name": "ICT", "line": "Beheer", "amount": "1.234,56"}


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_is_read_as_a_dutch_and_as_an_english_spreadsheet_writes_it(
    sum_: Decimal,
) -> None:
    english = f"{sum_:,.2f}"
    dutch = english.translate(str.maketrans(",.", ".,"))
    assert Decimal(amount(f"€ {dutch}")) == sum_
    assert Decimal(amount(f"{sum_:.2f}")) == sum_


@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=6))
def test_a_table_comes_back_as_it_was_written(cells: list[tuple[str, str, str]]) -> None:
    header = ("a", "b", "c")
    filled = [row for row in cells if any(row)]
    for content in (csv_text(header, cells).encode(), workbook("x", header, cells)):
        table = read_table(BytesIO(content), limit=10)
        assert table.header == header
        assert [tuple(row.values.get(name, "") for name in header) for row in table.rows] == filled


def test_a_workbook_says_what_a_person_sees() -> None:
    table = read_table(
        sheet(
            ("datum", "bedrag", "structureel", "leeg"), (date(2026, 3, 31), 81250.35, True, None)
        ),
        limit=10,
    )
    (row,) = table.rows
    assert dict(row.values) == {
        "datum": "2026-03-31",
        "bedrag": "81250.35",
        "structureel": "ja",
        "leeg": "",
    }
    assert row.line == 2


@pytest.mark.parametrize(
    ("content", "slug"),
    [
        (b"", "table-empty"),
        (b"PK\x03\x04 and then no folder", "table-unreadable"),
        (b"a;b\n1;2\n3;4\n", "table-too-long"),
    ],
)
def test_a_file_that_is_no_table_is_refused_whole(content: bytes, slug: str) -> None:
    with pytest.raises(DomainError) as refused:
        read_table(BytesIO(content), limit=1)
    assert refused.value.slug == slug


def test_columns_are_known_in_dutch_and_in_english() -> None:
    loans = FILES["loans"]
    dutch = read_header(loans, [name for name, _ in loans.example(2026)])
    english = read_header(
        loans, ["loan", "Lender", "principal", "rate", "first_year", "redemptions_2026"]
    )
    assert dutch.fields["aflossing 2027"] == "redemptions.2027"
    assert english.fields["redemptions_2026"] == "redemptions.2026"
    assert (dutch.missing, dutch.unknown, english.missing) == ((), (), ())
    assert column_name(loans, "redemptions.2026") == "aflossing 2026"


def test_a_column_that_is_missing_or_misspelt_is_named() -> None:
    table = read_table(BytesIO(b"jaar;kostenplts;reden\n2026;ict;\n"), limit=10)
    with pytest.raises(TableForeign) as refused:
        table.by_field(read_header(FILES["budget"], table.header))
    assert refused.value.params["unknown"] == "kostenplts"
    assert refused.value.params["missing"] == "kostenplaats, naam, regel begroting, bedrag"


@pytest.mark.parametrize("kind", FILES)
def test_the_example_of_every_file_becomes_a_command(kind: Any) -> None:
    taken = FILES[kind]
    example = dict(taken.example(2026))
    header = read_header(taken, list(example))
    values = {header.fields[name]: text for name, text in example.items()}
    (order,) = orders(kind, rows(kind, values))
    assert order.faults == {}
    expected = {
        "budget": SetBudget,
        "bookings": BookCost,
        "risks": RegisterRisk,
        "loans": RegisterLoan,
    }
    assert isinstance(order.command, expected[kind])


def test_the_rows_of_a_pool_are_one_budget() -> None:
    other = {**BUDGET, "pool": "hr"}
    first, second = orders("budget", rows("budget", BUDGET, {**BUDGET, "line": "Inhuur"}, other))
    assert isinstance(first.command, SetBudget)
    assert [line.line for line in first.command.lines] == ["Beheer", "Inhuur"]
    assert first.command.lines[0].amount == Decimal("1234.56")
    assert [row.line for row in second.rows] == [4]


def test_a_fault_stands_at_its_row_under_its_column() -> None:
    wrong = {**BUDGET, "line": "Inhuur", "amount": "veel", "structural": "soms"}
    (order,) = orders("budget", rows("budget", BUDGET, wrong))
    assert order.command is None
    assert {line: [fault.field for fault in faults] for line, faults in order.faults.items()} == {
        3: ["amount", "structural"]
    }
    (loan,) = orders("loans", rows("loans", {"loan": "L1", "redemptions.2026": "-5"}))
    assert "redemptions.2026" in [fault.field for fault in loan.faults[2]]


def test_rows_of_one_thing_are_never_cut_apart() -> None:
    text = "p;n\n" + "".join(f"{row // 70};{row}\n" for row in range(500))
    table = read_table(BytesIO(text.encode()), limit=1000)
    cut = list(batches(table.rows, ("p",)))
    assert sum(map(len, cut)) == 500
    assert [batch[0].values["p"] for batch in cut] == ["0", "2", "4", "6"]
    assert all(len(batch) == BATCH_ROWS for batch in batches(table.rows, ()))


def test_rejected_rows_can_be_sent_again_as_they_are() -> None:
    table = read_table(BytesIO(b"jaar;kostenplaats;regel\n2026;ict;7\n2027;hr;8\n"), limit=10)
    text = rejected_rows(table, {3: "bedrag ontbreekt"}, "regel", "reden")
    again = read_table(BytesIO(text.encode()), limit=10)
    (row,) = again.rows
    assert dict(row.values) == {
        "jaar": "2027",
        "kostenplaats": "hr",
        "regel": "3",
        "reden": "bedrag ontbreekt",
    }
    with pytest.raises(TableTooLong):
        read_table(BytesIO(text.encode() * 3), limit=1)
