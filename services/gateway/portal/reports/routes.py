"""The addresses of reports: `bewaard` before their names, for routes are tried in turn."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter

from services.gateway.access import guarded_router
from services.gateway.portal.reports import kept, pages, sources
from services.gateway.portal.reports.wish import PATH

PAGES: Mapping[str, Callable[..., Any]] = {
    "": pages.offered,
    "/bewaard": kept.listed,
    "/bewaard/{kept}": kept.shown,
    "/bewaard/{kept}/rapport.{form}": kept.downloaded,
    "/{report}": pages.shown,
    "/{report}/bron": sources.opened,
    "/{report}/rapport.{form}": pages.downloaded,
}


def router() -> APIRouter:
    routes = guarded_router()
    for path, page in PAGES.items():
        routes.add_api_route(f"{PATH}{path}", page, methods=["GET"])
    routes.add_api_route(f"{PATH}/{{report}}", kept.made, methods=["POST"])
    return routes
