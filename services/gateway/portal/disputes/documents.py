"""An invoice to download: as PDF in the visitor's language, as e-invoice."""

from starlette.responses import Response

from services.gateway.invoicing import answers
from services.gateway.portal.visit import Visiting


async def as_pdf(visit: Visiting, invoice: str) -> Response:
    document = await answers.document_of(visit.request, visit.person, invoice)
    return await answers.as_pdf(visit.request, document, visit.language)


async def as_xml(visit: Visiting, invoice: str) -> Response:
    """SI-UBL 2.0. Raises `EInvoiceIncomplete`, which the page of problems explains."""
    document = await answers.document_of(visit.request, visit.person, invoice)
    return await answers.as_xml(visit.request, document)
