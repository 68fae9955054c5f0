"""`/v1/openapi.json`: the API described by itself."""

from fastapi import APIRouter, Request, Response

from services.gateway.access import guarded_router
from services.gateway.wire import Json


def router() -> APIRouter:
    routes = guarded_router()
    routes.get("/v1/openapi.json")(openapi_document)
    return routes


async def openapi_document(request: Request) -> Response:
    return Json(request.app.openapi())
