"""The addresses. Forms before what is shown, for they are more specific."""

from fastapi import APIRouter

from services.gateway.access import guarded_router
from services.gateway.portal.disputes import documents, pages
from services.gateway.portal.disputes.forms import FORMS
from services.gateway.portal.forms import opened, sent

_INVOICE = "/financien/facturen/{invoice}"


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route(f"{_INVOICE}/factuur.pdf", documents.as_pdf, methods=["GET"])
    routes.add_api_route(f"{_INVOICE}/factuur.xml", documents.as_xml, methods=["GET"])
    for form in FORMS:
        routes.add_api_route(form.path, opened(form), methods=["GET"])
        routes.add_api_route(form.path, sent(form), methods=["POST"])
    routes.add_api_route("/financien/bezwaren", pages.listed, methods=["GET"])
    routes.add_api_route("/financien/bezwaren/{objection}", pages.shown, methods=["GET"])
    routes.add_api_route("/financien/factuurgegevens", pages.billing_details, methods=["GET"])
    return routes
