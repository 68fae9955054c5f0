"""Invoices as PDF: tagged for whoever has them read aloud, the same bytes each time."""

import asyncio
import json
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from services.gateway.house import Houses
from services.gateway.invoicing.document import InvoiceDocument
from services.gateway.invoicing.pdf import pdf
from services.gateway.language import Language, Texts

ANSWERS = json.loads((Path(__file__).parent / "disputes.json").read_text())
NEUTRAL = Houses.load().colours(None)
TOLD: dict[str, Any] = ANSWERS["qry.projection.invoice-document"]


async def made(texts: Texts, language: Language = "nl", **invoice: Any) -> PdfReader:
    told = InvoiceDocument.of(TOLD | {"invoice": TOLD["invoice"] | invoice})
    return PdfReader(BytesIO(await pdf(told, texts, language, NEUTRAL)))


def tags(node: Any) -> Iterator[str]:
    """The structure types of a tagged document, in reading order."""
    found = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(found, list):
        for each in found:
            yield from tags(each)
    elif isinstance(found, dict):
        if "/S" in found:
            yield str(found["/S"])
        yield from tags(found.get("/K", []))


def words(document: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in document.pages).split())


@pytest.mark.parametrize(("language", "title"), [("nl", "Factuur"), ("en", "Invoice")])
async def test_it_is_tagged_in_its_language(texts: Texts, language: Language, title: str) -> None:
    document = await made(texts, language)
    root: Any = document.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"].value is True
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert document.metadata is not None
    assert document.metadata.title == f"{title} F2026-00001"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    counted = Counter(tags(root["/StructTreeRoot"]))
    assert counted["/H1"] == 1
    assert counted["/Table"] == counted["/THead"] == 2
    assert counted["/TH"] == 8
    assert counted["/TFoot"] == 1


async def test_each_line_tells_what_explains_it(texts: Texts) -> None:
    told = words(await made(texts))
    assert "Vaste sleutel € 101.095,89 × 52 ÷ 100 procent € 52.569,86" in told
    assert "pool/2026-werkplekken #1 · method/werkplekken #1" in told
    assert "Doorbelasting 2026-q1. Meegeteld zijn feiten over deelnemers tot en met" in told
    assert "tot en met volgnummer 41" in told
    assert "tot en met volgnummer 3120" in told
    assert "Vrijgesteld van btw: kosten voor gemene rekening" in told
    assert "NL91 ABNA 0417 1643 00" in told


async def test_a_credit_note_names_what_it_takes_back_and_why(texts: Texts) -> None:
    told = words(
        await made(
            texts,
            kind="credit-note",
            corrects="F2025-00009",
            reason="Sleutel verkeerd",
            total="-52569.86",
        )
    )
    assert "Creditnota F2026-00001" in told
    assert "Creditnota bij: F2025-00009" in told
    assert "U ontvangt € 52.569,86" in told
    assert "bezwaar" not in told


async def test_a_corrected_invoice_names_the_one_that_it_replaces(texts: Texts) -> None:
    told = words(await made(texts, "en", replaces="F2025-00009"))
    assert "Corrected invoice F2026-00001" in told
    assert "In the place of: F2025-00009" in told


async def test_what_people_wrote_is_text_and_nothing_else(texts: Texts) -> None:
    told = words(await made(texts, reason='*vet* #panic("nee") $x$ [lijst] <label>'))
    assert 'Reden: *vet* #panic("nee") $x$ [lijst] <label>' in told


async def test_it_is_made_of_what_is_known(texts: Texts) -> None:
    customer = TOLD["customer"] | {"details": None}
    bare = TOLD | {"supplier": None, "run": None, "customer": customer}
    bare |= {"invoice": TOLD["invoice"] | {"lines": [], "advanced": "10.00", "total": "-10.00"}}
    document = PdfReader(BytesIO(await pdf(InvoiceDocument.of(bare), texts, "nl", NEUTRAL)))
    told = words(document)
    assert "OIN 00000001001234567000" in told
    assert "U ontvangt € 10,00" in told


async def test_the_same_invoice_is_the_same_bytes(texts: Texts) -> None:
    told = InvoiceDocument.of(TOLD)
    first, again = await asyncio.gather(*(pdf(told, texts, "nl", NEUTRAL) for _ in range(2)))
    assert first == again
    assert b"D:20260105" in first


async def test_others_are_served_while_a_document_is_set(texts: Texts) -> None:
    """A bill of hundreds of lines takes a while, and not from the event loop."""
    long = TOLD["invoice"] | {"lines": TOLD["invoice"]["lines"] * 400}
    told = InvoiceDocument.of(TOLD | {"invoice": long})
    setting = asyncio.create_task(pdf(told, texts, "nl", NEUTRAL))
    turns = 0
    while not setting.done():
        await asyncio.sleep(0)
        turns += 1
    document = PdfReader(BytesIO(setting.result()))
    assert len(document.pages) > 10
    assert turns > 10


async def test_a_letter_that_the_font_lacks_does_not_stand_in_the_way(texts: Texts) -> None:
    told = words(await made(texts, reason="Naam 漢字 😀 \u0000\u0007 Ĳsbrand Łódź Привет"))
    assert "Naam □□ □ □□ Ĳsbrand Łódź Привет" in told
