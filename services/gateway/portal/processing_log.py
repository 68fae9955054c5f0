"""Who processed whose personal data: the processing log, for the privacy officer."""

from datetime import date, datetime, time, timedelta
from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.access import guarded_router
from services.gateway.portal.listing import Listing, positive
from services.gateway.portal.visit import AMSTERDAM, Visiting

PATH = "/verwerkingenlogboek"
_SIZE = 50
_LONGEST = 100


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route(PATH, listed, methods=["GET"])
    return routes


async def listed(
    visit: Visiting, persoon: str = "", van: str = "", tot: str = "", pagina: str = "1"
) -> Response:
    """Lines about a person, of a period, or all; the newest first. Dates are Dutch, inclusive."""
    filters = {"persoon": persoon.strip()[:_LONGEST], "van": _day(van), "tot": _day(tot)}
    page = positive(pagina)
    asked: dict[str, Any] = {"page": page, "size": _SIZE}
    if filters["persoon"]:
        asked["subject"] = filters["persoon"]
    if filters["van"]:
        asked["from"] = _midnight(filters["van"])
    if filters["tot"]:
        asked["to"] = _midnight(filters["tot"], days=1)
    reply = await visit.backend.query("tickets", "processing-log", asked, visit.person)
    return await visit.page(
        "processing_log.html",
        lines=[_told(line) for line in reply["lines"]],
        listing=Listing(
            path=PATH, filters=filters, sort="", page=page, size=_SIZE, total=reply["total"]
        ),
    )


def _told(line: dict[str, Any]) -> dict[str, Any]:
    """What the page shows of a line."""
    attributes = line["attributes"]
    return {
        "at": datetime.fromtimestamp(line["start_time"] / 1000, AMSTERDAM),
        "operation": line["name"],
        "subject": attributes["dpl.core.data_subject_id"],
        "actor": attributes["bodemplaat.actor_id"],
        "activity": attributes["dpl.core.processing_activity_id"],
        "trace": line["trace_id"],
    }


def _day(given: str) -> str:
    """A date, or nothing."""
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        return ""


def _midnight(day: str, *, days: int = 0) -> str:
    moment = datetime.combine(date.fromisoformat(day) + timedelta(days=days), time(), AMSTERDAM)
    return moment.isoformat()
