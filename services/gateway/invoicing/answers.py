"""The documents over HTTP: which shape of an invoice is asked for, and the answer with it."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from services.gateway.identity import Person
from services.gateway.invoicing.document import InvoiceDocument
from services.gateway.invoicing.pdf import pdf
from services.gateway.invoicing.ubl import ubl
from services.gateway.language import Language, language_of

PDF, XML, JSON = "application/pdf", "application/xml", "application/json"
SHAPES = (JSON, PDF, XML)
DESCRIBED: dict[int | str, dict[str, Any]] = {
    200: {
        "content": {
            PDF: {"schema": {"type": "string", "format": "binary"}},
            XML: {"schema": {"type": "string"}},
        }
    }
}
"""What the OpenAPI document adds of the shapes beside JSON."""


def wanted(accept: str, shapes: Sequence[str] = SHAPES) -> str:
    """The shape that `Accept` prefers (RFC 9110 §12.5.1); JSON when it has no preference."""
    ranges = [_range(text) for text in accept.split(",") if text.strip()]
    best = max(shapes, key=lambda shape: _quality(shape, ranges))
    return best if _quality(best, ranges) > 0 else JSON


def _range(text: str) -> tuple[str, float]:
    media, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    try:
        return media, float(quality)
    except ValueError:
        return media, 0.0


def _quality(shape: str, ranges: list[tuple[str, float]]) -> float:
    """Of the most specific range that covers it."""
    for covering in (shape, f"{shape.partition('/')[0]}/*", "*/*"):
        found = [quality for media, quality in ranges if media == covering]
        if found:
            return found[0]
    return 0.0


async def document_of(request: Request, person: Person, invoice: str) -> InvoiceDocument:
    """What documents are made of. Raises `Refused` for what is not the person's to see."""
    reply = await request.app.state.backend.view("invoice-document", person, invoice=invoice)
    return InvoiceDocument.of(reply)


async def as_pdf(request: Request, document: InvoiceDocument, language: Language) -> Response:
    house = request.app.state.houses.colours(None)
    made = await pdf(document, request.app.state.texts, language, house)
    answer = _file(made, PDF, f"{document.invoice.invoice}.pdf")
    answer.headers["Content-Language"] = language
    return answer


async def as_xml(request: Request, document: InvoiceDocument) -> Response:
    """SI-UBL 2.0. Raises `EInvoiceIncomplete`."""
    made = ubl(document, request.app.state.texts)
    return _file(made, XML, f"{document.invoice.invoice}.xml")


async def shaped(request: Request, person: Person, invoice: str, shape: str) -> Response:
    """The invoice as PDF or XML; PDF in the language of the request."""
    document = await document_of(request, person, invoice)
    if shape == XML:
        return await as_xml(request, document)
    return await as_pdf(request, document, language_of(request))


def _file(content: bytes, media_type: str, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}"', "Vary": "Accept"}
    return Response(content, media_type=media_type, headers=headers)
