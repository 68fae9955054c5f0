"""The forms in which a report can be had."""

import asyncio
from typing import Literal

from contracts.reports import Report, as_read
from services.gateway.house import Houses
from services.gateway.language import Language, Texts
from services.gateway.reports.page import page
from services.gateway.reports.pdf import pdf
from services.gateway.reports.sheet import sheet

Form = Literal["pdf", "xlsx", "html", "json"]


async def written(
    report: Report, form: Form, texts: Texts, language: Language, houses: Houses
) -> bytes:
    """The same bytes for the same document in the same form and language, whenever it is made."""
    match form:
        case "pdf":
            return await pdf(report, texts, language, houses)
        case "xlsx":
            return await asyncio.to_thread(sheet, report, texts, language, houses)
        case "html":
            return await asyncio.to_thread(page, report, texts, language, houses)
        case "json":
            return as_read(report)
