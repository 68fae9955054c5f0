"""The partner dashboard: how the service to one partner stands, live."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any, cast

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from chassis.clock import Clock
from services.gateway.access import guarded_router
from services.gateway.api.exports import ExportFilter, export_tickets
from services.gateway.charts import Course, course
from services.gateway.formats import AMSTERDAM, Formats
from services.gateway.portal.listing import choice
from services.gateway.portal.live_changes import live_changes
from services.gateway.portal.major_incidents import ongoing
from services.gateway.portal.navigation import EXPORTS, SEES_PARTNER_TICKETS, SEES_QUEUE
from services.gateway.portal.reports.wish import Wish
from services.gateway.portal.security_signals import SORTS, latest
from services.gateway.portal.visit import Visit, Visiting, see

PERIODS = ("28", "7", "91")
"""Days that a dashboard looks back, today included; the first is the default."""
PACE_SECONDS = 1.0
"""A screen is told of changes no more often than this."""


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/dashboard", choose, methods=["GET"])
    routes.add_api_route("/dashboard/{partner}", dashboard, methods=["GET"])
    routes.add_api_route("/dashboard/{partner}/cijfers", figures, methods=["GET"])
    routes.add_api_route("/dashboard/{partner}/live", live, methods=["GET"])
    routes.add_api_route("/dashboard/{partner}/meldingen.csv", export, methods=["GET"])
    return routes


async def choose(visit: Visiting) -> Response:
    """Straight on for someone who acts for one partner."""
    partners = await visit.partners()
    if len(partners) == 1:
        return see(f"/dashboard/{partners[0].slug}")
    return await visit.page("dashboard_choice.html", partners=partners)


async def dashboard(visit: Visiting, partner: str, dagen: str = "28") -> Response:
    names = {known.slug: known.name for known in await visit.partners()}
    return await visit.page(
        "dashboard.html",
        **await _facts(visit, partner, dagen),
        partner=partner,
        partner_name=names.get(partner, partner),
        periods=PERIODS,
        fresh=False,
        may_export=bool(visit.roles & EXPORTS),
    )


async def figures(visit: Visiting, partner: str, dagen: str = "28") -> Response:
    """The figures alone, for htmx to put in place when something has changed."""
    facts = await _facts(visit, partner, dagen)
    return visit.part("dashboard_figures.html", **facts, partner=partner, fresh=True)


async def live(visit: Visiting, partner: str, na: str = "") -> StreamingResponse:
    """Server-sent events: `changed`, whenever there is something new after sequence `na`."""
    return live_changes(visit, {partner}, na, pace=PACE_SECONDS)


async def export(visit: Visiting, partner: str) -> Response:
    """All tickets of the partner as CSV, with the separator that a Dutch spreadsheet expects."""
    wanted = ExportFilter(delimiter="semicolon")
    return await export_tickets(partner, visit.backend, visit.person, wanted)


async def _facts(visit: Visit, partner: str, days: str) -> dict[str, Any]:
    days = choice(days, PERIODS)
    now = _clock(visit.request)()
    today = now.astimezone(AMSTERDAM).date()
    first = today - timedelta(days=int(days) - 1)
    reply = await visit.view(
        "dashboard", partner=partner, **{"from": first.isoformat(), "to": today.isoformat()}
    )
    return {
        "figures": reply,
        "majors": await ongoing(visit, partner),
        "signals": await latest(visit, partner),
        "sorts": SORTS,
        "chart": _flow(reply["per_day"], Formats(visit.language)),
        "days": days,
        "report": Wish(partner, f"{first}..{today}").query(),
        "at": now,
        "may_read": bool(visit.roles & (SEES_PARTNER_TICKETS | SEES_QUEUE)),
    }


def _flow(per_day: Sequence[Mapping[str, Any]], said: Formats) -> Course:
    """What came in beside what was resolved, day by day."""
    sides = ("opened", "resolved")
    rows = [
        (said.short_day(row["date"]), {side: Decimal(row[side]) for side in sides})
        for row in per_day
    ]
    return course(rows, sides)


def _clock(request: Request) -> Clock:
    return cast(Clock, request.app.state.clock)
