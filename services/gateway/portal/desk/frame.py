"""What the pages of the desk share: the views with their figures, the teams, the own team."""

from typing import Any, cast
from urllib.parse import quote, unquote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from services.gateway.portal.fields import text
from services.gateway.portal.filters import KINDS, VIEWS
from services.gateway.portal.login import local_address
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.settings import GatewaySettings

COOKIE = "team"
_DAYS = 365
_LENGTH = 200


def add_to(routes: APIRouter) -> None:
    routes.add_api_route("/werkvoorraad/team", choose_team, methods=["POST"])


def own_team(request: Request) -> str:
    """The team that was chosen in this browser; empty without one."""
    return unquote(request.cookies.get(COOKIE, "")).strip()[:_LENGTH]


async def choose_team(visit: Visiting) -> Response:
    """Remember the own team in this browser; an empty one forgets it."""
    form = await visit.form()
    team = text(form, "team")[:_LENGTH]
    response = see(local_address(text(form, "terug")))
    settings = cast(GatewaySettings, visit.request.app.state.settings)
    response.set_cookie(
        COOKIE,
        quote(team),
        max_age=_DAYS * 24 * 3600 if team else 0,
        secure=settings.public_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return response


async def frame(visit: Visit, partner: str = "") -> dict[str, Any]:
    """The facts of every page of the desk. Counts are of one partner when one is chosen."""
    own = own_team(visit.request)
    standing = await visit.view("desk", partner=partner or None, own_team=own or None)
    counts = {name: standing["views"].get(view) for name, view in VIEWS.items() if view}
    partners = await visit.partners()
    return {
        "own_team": own,
        "counts": {name: counts.get(name, standing["open"]) for name in VIEWS},
        "kinds": KINDS,
        "teams": [found["team"] for found in standing["teams"]],
        "partners": partners,
        "names": {known.slug: known.name for known in partners},
        "works": "agent" in visit.roles,
    }
