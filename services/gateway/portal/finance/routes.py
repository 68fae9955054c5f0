"""The addresses of finance's pages. Literal ones before those that name something."""

from collections.abc import Awaitable, Callable, Mapping

from fastapi import APIRouter
from starlette.responses import Response

from services.gateway.access import guarded_router
from services.gateway.portal.finance import (
    board,
    charging,
    costs,
    imports,
    invoices,
    plans,
    pools,
    treasury,
    year,
)
from services.gateway.portal.finance.forms import FORMS
from services.gateway.portal.forms import opened, sent

_PAGES: Mapping[str, Callable[..., Awaitable[Response]]] = {
    "": year.first,
    "/jaar": year.shown,
    "/kosten": costs.choose,
    "/kosten/{partner}": costs.shown,
    "/facturen": invoices.listed,
    "/facturen/{invoice}": invoices.shown,
    "/facturen/{invoice}/regels/{line}": invoices.line,
    "/bron": invoices.events,
    "/begroting": pools.listed,
    "/begroting/{year}/{pool}": pools.shown,
    "/boekingen": pools.bookings,
    "/verdeling": pools.methods,
    "/doorbelasting": charging.listed,
    "/doorbelasting/{run}": charging.shown,
    "/risicos": board.risks,
    "/risicos/{risk}": board.risk,
    "/weerstand": board.resilience,
    "/treasury": treasury.shown,
    "/indicatoren": plans.indicators,
    "/businesscases": plans.cases,
    "/businesscases/{case}": plans.case,
    "/offertes": plans.quotes,
    "/offertes/{quote}": plans.quote,
    "/import": imports.first,
    "/import/{file}": imports.opened,
    "/import/{file}/sjabloon.{form}": imports.template,
}


def router() -> APIRouter:
    routes = guarded_router()
    for form in FORMS:
        routes.add_api_route(form.path, opened(form), methods=["GET"])
        routes.add_api_route(form.path, sent(form), methods=["POST"])
    for path, show in _PAGES.items():
        routes.add_api_route(f"/financien{path}", show, methods=["GET"])
    routes.add_api_route("/financien/doorbelasting/{run}", charging.issued, methods=["POST"])
    routes.add_api_route("/financien/import/{file}", imports.sent, methods=["POST"])
    return routes
