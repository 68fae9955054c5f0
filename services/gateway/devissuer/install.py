"""Adds the development issuer to the gateway's application."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, FastAPI
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from chassis.clock import Clock
from services.gateway.access import add_routes, guarded_router
from services.gateway.devissuer.grants import Issuer, OAuthError
from services.gateway.devissuer.keys import issuer_key, system_key
from services.gateway.devissuer.loopback import local_only, require_loopback
from services.gateway.devissuer.people import demonstration_system, read_people
from services.gateway.settings import GatewaySettings
from services.gateway.wire import Json

FOLDER = Path(__file__).parent
SEE_OTHER = 303


def install(app: FastAPI, settings: GatewaySettings, clock: Clock) -> None:
    """Raises `NotOnLoopback`, or `ValueError` when no case says who can log in."""
    require_loopback(settings)
    if settings.dev_issuer_case is None:
        raise ValueError("BODEMPLAAT_DEV_ISSUER_CASE must name the folder of a case")
    people = read_people(settings.dev_issuer_case)
    system = demonstration_system(people, system_key(settings.dev_issuer_keys))
    key = issuer_key(settings.dev_issuer_keys)
    app.state.dev_issuer = Issuer(settings, key, people, system, clock)
    add_routes(app, _router())


def _router() -> APIRouter:
    routes = guarded_router(dependencies=[Depends(local_only)])
    routes.get("/dev-issuer/.well-known/openid-configuration")(metadata)
    routes.get("/dev-issuer/jwks")(jwks)
    routes.get("/dev-issuer/login.css")(style)
    routes.get("/dev-issuer/authorize")(login_page)
    routes.post("/dev-issuer/authorize")(log_in)
    routes.post("/dev-issuer/token")(tokens)
    routes.get("/dev-issuer/logout")(log_out)
    return routes


async def _issuer(request: Request) -> Issuer:
    return cast(Issuer, request.app.state.dev_issuer)


Issuing = Annotated[Issuer, Depends(_issuer)]


async def metadata(issuer: Issuing) -> Response:
    return Json(issuer.metadata())


async def jwks(issuer: Issuing) -> Response:
    return Json(issuer.jwks())


async def style() -> Response:
    return FileResponse(FOLDER / "login.css", media_type="text/css")


async def login_page(request: Request, issuer: Issuing) -> Response:
    """Everybody on the list, each a button."""
    try:
        wanted = issuer.login_request(request.query_params)
    except OAuthError as error:
        return _refused(error)
    page = _templates().get_template("login.html")
    return HTMLResponse(page.render(people=issuer.people.values(), fields=asdict(wanted)))


async def log_in(request: Request, issuer: Issuing) -> Response:
    form = await _form(request)
    try:
        wanted = issuer.login_request(form)
        code = issuer.code(form.get("person", ""), wanted)
    except OAuthError as error:
        return _refused(error)
    query = urlencode({"code": code, "state": wanted.state})
    return RedirectResponse(f"{wanted.redirect_uri}?{query}", SEE_OTHER)


async def tokens(request: Request, issuer: Issuing) -> Response:
    try:
        return Json(issuer.tokens(await _form(request)))
    except OAuthError as error:
        return _refused(error)


async def log_out(request: Request) -> Response:
    """There is no session here to end: back to the portal."""
    settings: GatewaySettings = request.app.state.settings
    wanted = request.query_params.get("post_logout_redirect_uri", "")
    own = wanted.startswith(f"{settings.public_url}/")
    return RedirectResponse(wanted if own else settings.public_url, SEE_OTHER)


async def _form(request: Request) -> Mapping[str, str]:
    form = await request.form()
    return {name: value for name, value in form.items() if not isinstance(value, UploadFile)}


def _refused(error: OAuthError) -> Response:
    body: dict[str, Any] = {"error": error.error, "error_description": error.description}
    return Json(body, status_code=400)


def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(FOLDER), autoescape=True, undefined=StrictUndefined)
