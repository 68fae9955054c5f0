"""The addresses of the catalogue manager's pages. Lists before forms, new before existing."""

from fastapi import APIRouter

from services.gateway.access import guarded_router
from services.gateway.portal.catalogue_keeping import items, lists
from services.gateway.portal.catalogue_keeping.forms import FORMS
from services.gateway.portal.forms import opened, sent


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/beheer", items.first, methods=["GET"])
    routes.add_api_route("/beheer/producten", items.listed, methods=["GET"])
    routes.add_api_route("/beheer/kalenders", lists.calendars, methods=["GET"])
    routes.add_api_route("/beheer/normen", lists.levels, methods=["GET"])
    routes.add_api_route("/beheer/ervaring", lists.experience, methods=["GET"])
    for form in FORMS:
        routes.add_api_route(form.path, opened(form), methods=["GET"])
        routes.add_api_route(form.path, sent(form), methods=["POST"])
    routes.add_api_route("/beheer/producten/{item}", items.shown, methods=["GET"])
    return routes
