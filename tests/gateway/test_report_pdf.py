"""A report as PDF: tagged, told in full, with its sequence on every page."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from contracts.reports import Cell, Column, Report, Section, Table
from services.gateway.house import Houses
from services.gateway.language import Language, Texts
from services.gateway.reports.pdf import pdf

REPORT = Report.model_validate_json((Path(__file__).parent / "report-document.json").read_bytes())
HOUSES = Houses.load()
A4 = (595, 842)


async def made(report: Report, texts: Texts, language: Language = "nl") -> PdfReader:
    return PdfReader(BytesIO(await pdf(report, texts, language, HOUSES)))


def having(*tables: Table) -> Report:
    return REPORT.model_copy(update={"sections": (Section(key="flow", blocks=tables),)})


def table(columns: int, rows: int, text: str = "cel {} {}") -> Table:
    return Table(
        key="per-day",
        columns=tuple(
            Column(key=f"c{n}", kind="text", heading=f"Kolom{n}") for n in range(columns)
        ),
        rows=tuple(
            tuple(Cell(value=text.format(row, column)) for column in range(columns))
            for row in range(rows)
        ),
    )


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    """The elements of a tagged document, in reading order."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for each in found:
            yield from nodes(each)
    elif isinstance(found, dict):
        if "/S" in found:
            yield found
        yield from nodes(found.get("/K", []))


def read(text: str) -> str:
    return " ".join(text.replace("\N{ZERO WIDTH SPACE}", "").split())


def size(page: Any) -> tuple[int, int]:
    return round(page.mediabox.width), round(page.mediabox.height)


@pytest.mark.parametrize(("language", "month"), [("nl", "oktober"), ("en", "October")])
async def test_it_is_tagged_in_its_language(texts: Texts, language: Language, month: str) -> None:
    document = await made(REPORT, texts, language)
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert document.metadata is not None
    assert document.metadata.title == f"Dashboard – Gemeente Zwolle – {month} 2026"
    found = list(nodes(root["/StructTreeRoot"]))
    counted = Counter(str(node["/S"]) for node in found)
    assert counted["/H1"] == 1
    assert counted["/H2"] == len(REPORT.sections)
    assert counted["/H3"] == 3
    assert counted["/Table"] == counted["/THead"] == counted["/TFoot"] == 2
    assert counted["/TH"] == 13
    alts = [str(node["/Alt"]) for node in found if node["/S"] == "/Figure"]
    assert len(alts) == 3
    assert all(len(alt) > 60 for alt in alts)


async def test_every_page_tells_its_sequence_and_its_place(texts: Texts) -> None:
    document = await made(having(table(3, 120)), texts)
    pages = [read(page.extract_text()) for page in document.pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert "Volgnummer 41234" in page
        assert f"Bladzijde {number} van {len(pages)}" in page
        assert "Kolom0 Kolom1 Kolom2" in page


async def test_all_that_the_document_holds_is_told(texts: Texts) -> None:
    told = read(" ".join(page.extract_text() for page in (await made(REPORT, texts)).pages))
    for text in (
        "1.234",
        "93,4 %",
        "norm 90,00 %",
        "✓ goed",
        "3 u 25 min",
        "Een streepje (–) betekent: niets geteld.",
        "Hierover is niets vastgelegd.",
        "€ 22.935.000,00",
        "zo 25 okt 2026, 00:30",
        "Totaal 890 801",
        "× niet goed",
        "<script>alert('x')</script> #panic(\"x\") *vet* $x$ & zo",
    ):
        assert text in told, text


async def test_a_row_of_many_is_never_lost_or_split(texts: Texts) -> None:
    long = "Een tekst die over meer dan een regel gaat omdat zij nu eenmaal lang is {} {} einde"
    document = await made(having(table(1, 300, long)), texts)
    for page in document.pages:
        told = read(page.extract_text())
        assert told.count("Een tekst") == told.count("einde")
    told = read(" ".join(page.extract_text() for page in document.pages))
    assert told.count("einde") == 300


@pytest.mark.parametrize(
    ("columns", "turned", "parts"), [(4, False, 1), (14, True, 1), (40, True, 3)]
)
async def test_nothing_falls_off_the_page(
    texts: Texts, *, columns: int, turned: bool, parts: int
) -> None:
    document = await made(having(table(columns, 2, "waarde{}{}")), texts)
    page = document.pages[-1]
    assert size(page) == (A4[::-1] if turned else A4)
    told = read(" ".join(page.extract_text() for page in document.pages))
    assert told.count("Kolom0 ") == parts
    assert all(f"waarde1{column}" in told for column in range(columns))
    places: list[float] = []
    page.extract_text(visitor_text=lambda _text, _cm, tm, _font, _size: places.append(tm[4]))
    assert max(places) < size(page)[0] - 40


async def test_it_wears_the_colours_of_its_partner(texts: Texts) -> None:
    accents = {
        theme: await pdf(REPORT.model_copy(update={"theme": theme}), texts, "nl", HOUSES)
        for theme in ("zwolle", "kampen", None)
    }
    assert len(set(accents.values())) == 3


async def test_the_same_document_is_the_same_bytes(texts: Texts) -> None:
    first, again = await asyncio.gather(*(pdf(REPORT, texts, "nl", HOUSES) for _ in range(2)))
    assert first == again
    assert b"D:20261031" in first
