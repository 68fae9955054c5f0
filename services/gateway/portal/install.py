"""Adds the portal to the gateway's application."""

from typing import cast
from urllib.parse import urlsplit

from fastapi import FastAPI

from chassis.clock import Clock
from services.gateway.access import add_routes
from services.gateway.backend import Backend
from services.gateway.house import Houses
from services.gateway.language import Texts
from services.gateway.portal import (
    agreements,
    catalogue,
    catalogue_keeping,
    corrections,
    dashboard,
    desk,
    disputes,
    explanation,
    finance,
    home,
    known_errors,
    login,
    maintenance,
    major_incidents,
    partners,
    privacy,
    processing_log,
    related,
    report,
    reports,
    security_signals,
    ticket,
    tickets,
)
from services.gateway.portal.assets import ADDRESS, Assets
from services.gateway.portal.directory import Directory
from services.gateway.portal.failures import problem_page
from services.gateway.portal.rendering import Pages
from services.gateway.portal.session import Sealer, Sessions
from services.gateway.settings import GatewaySettings

SECTIONS = (
    login,
    home,
    report,
    tickets,
    ticket,
    explanation,
    maintenance,
    related,
    known_errors,
    major_incidents,
    security_signals,
    desk,
    dashboard,
    reports,
    catalogue,
    agreements,
    catalogue_keeping,
    corrections,
    partners,
    disputes,
    finance,
    privacy,
    processing_log,
)


def install(app: FastAPI) -> None:
    """Needs `settings`, `texts`, `houses`, `backend`, `live`, `oidc` and `clock` in its state.

    Leaves `sessions` (whom the guard asks who is logged in) and `problem_page` there.
    """
    settings = cast(GatewaySettings, app.state.settings)
    clock = cast(Clock, app.state.clock)
    secret = settings.session_secret.get_secret_value()
    secure = settings.public_url.startswith("https:")
    houses = cast(Houses, app.state.houses)
    assets = Assets.load(houses)
    app.state.sessions = Sessions(secret, clock, secure=secure)
    app.state.logins = login.Logins(Sealer(secret, "login"), clock, secure=secure)
    app.state.directory = Directory(cast(Backend, app.state.backend), clock)
    app.state.pages = Pages(cast(Texts, app.state.texts), assets, houses, _origin(settings.issuer))
    app.state.problem_page = problem_page
    app.mount(ADDRESS, assets)
    add_routes(app, *(section.router() for section in SECTIONS))


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
