"""Security signals: the counts of each month; the service desk records them here."""

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.access import guarded_router
from services.gateway.portal.forms import Area, Field, Form, Ids, Present, opened, sent
from services.gateway.portal.listing import Listing, choice, positive
from services.gateway.portal.visit import Visit, Visiting

PATH = "/beveiligingssignalen"
SORTS = ("suspicious-login", "phishing-mail")
_SIZE = 24
_LATEST = 6
SIGNALS = Area(service="tickets", texts="signals", home=PATH, title="signals-title")


async def latest(visit: Visit, partner: str) -> list[dict[str, Any]]:
    """The last months of a partner, for its dashboard."""
    found: list[dict[str, Any]] = (
        await visit.view("security-signals", partner=partner, size=_LATEST)
    )["items"]
    return found


async def listed(
    visit: Visiting, partner: str = "", pagina: str = "1", gedaan: str = ""
) -> Response:
    partners = await visit.partners()
    chosen = choice(partner, ("", *(known.slug for known in partners)))
    found = await visit.view(
        "security-signals", partner=chosen or None, page=positive(pagina), size=_SIZE
    )
    return await visit.page(
        "security_signals.html",
        months=found["items"],
        sorts=SORTS,
        partners=partners,
        names={known.slug: known.name for known in partners},
        records="agent" in visit.roles,
        done=gedaan == RECORD.name,
        listing=Listing(
            path=PATH,
            filters={"partner": chosen},
            sort="",
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )


async def _month(visit: Visit, ids: Ids) -> Present:
    month = ids["month"]
    asked = {"partner": ids["partner"], "from": month, "to": month}
    found = (await visit.view("security-signals", **asked))["items"]
    return Present(found[0]["aggregate_version"] if found else 0)


RECORD = Form(
    area=SIGNALS,
    name="record",
    path=f"{PATH}/nieuw",
    command="record-security-signals",
    subject=_month,
    new=True,
    done=PATH,
    back=PATH,
    parts=(
        Field("partner", "choice", options="partner"),
        Field("month", hint=True),
        Field("sort", "choice", options="signal-sort"),
        Field("count", "number", hint=True),
    ),
)


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route(PATH, listed, methods=["GET"])
    routes.add_api_route(RECORD.path, opened(RECORD), methods=["GET"])
    routes.add_api_route(RECORD.path, sent(RECORD), methods=["POST"])
    return routes
