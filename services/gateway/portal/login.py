"""Logging in and out: OpenID Connect, authorisation code with PKCE, state and nonce.

What must be remembered while someone is at the provider stands in a sealed cookie per attempt,
so that two tabs can log in side by side.
"""

import base64
import hashlib
import secrets
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any, cast
from urllib.parse import urlencode

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from chassis.clock import Clock
from services.gateway.access import guarded_router
from services.gateway.errors import GatewayError
from services.gateway.language import COOKIE, LANGUAGES
from services.gateway.portal.rendering import Pages
from services.gateway.portal.session import Sealer, Sessions
from services.gateway.portal.visit import (
    SEE_OTHER,
    chosen_language,
    frame_of,
    require_own_form,
    see,
)
from services.gateway.settings import GatewaySettings
from services.gateway.tokens import Oidc

CALLBACK = "/inloggen/terug"
_SCOPE = "openid profile email"
_ATTEMPT_MINUTES = 10
_LANGUAGE_DAYS = 365


class LoginFailed(GatewayError):
    """The provider sent someone back without what was asked for."""

    slug = "login-failed"
    kind = "forbidden"
    status = 403


@dataclass(frozen=True, slots=True)
class Attempt:
    """One log-in under way."""

    state: str
    nonce: str
    verifier: str
    back: str
    expires: int

    @property
    def challenge(self) -> str:
        """RFC 7636 §4.2, S256."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


class Logins:
    """Log-ins under way, each in a cookie of its own."""

    def __init__(self, sealer: Sealer, clock: Clock, *, secure: bool) -> None:
        self._sealer = sealer
        self._clock = clock
        self._secure = secure

    def begin(self, back: str) -> Attempt:
        expires = self._clock() + timedelta(minutes=_ATTEMPT_MINUTES)
        return Attempt(
            state=secrets.token_urlsafe(24),
            nonce=secrets.token_urlsafe(24),
            verifier=secrets.token_urlsafe(48),
            back=back,
            expires=int(expires.timestamp()),
        )

    def remember(self, response: Response, attempt: Attempt) -> None:
        response.set_cookie(
            _cookie_of(attempt.state),
            self._sealer.seal(asdict(attempt)),
            max_age=_ATTEMPT_MINUTES * 60,
            path=CALLBACK,
            httponly=True,
            secure=self._secure,
            samesite="lax",
        )

    def resume(self, request: Request) -> Attempt:
        """The attempt that this answer of the provider belongs to. Raises `LoginFailed`."""
        state = request.query_params.get("state", "")
        sealed = request.cookies.get(_cookie_of(state))
        value = self._sealer.unseal(sealed) if sealed else None
        if value is None or value["state"] != state or self._expired(value):
            raise LoginFailed
        return Attempt(**value)

    def forget(self, response: Response, attempt: Attempt) -> None:
        response.delete_cookie(_cookie_of(attempt.state), path=CALLBACK, secure=self._secure)

    def _expired(self, value: dict[str, Any]) -> bool:
        return bool(value["expires"] <= self._clock().timestamp())


def router() -> APIRouter:
    routes = guarded_router()
    routes.add_api_route("/inloggen", log_in, methods=["GET"])
    routes.add_api_route(CALLBACK, come_back, methods=["GET"])
    routes.add_api_route("/uitloggen", log_out, methods=["POST"])
    routes.add_api_route("/uitgelogd", logged_out, methods=["GET"])
    routes.add_api_route("/taal/{language}", choose_language, methods=["GET"])
    return routes


async def log_in(request: Request, terug: str = "/") -> Response:
    """Send someone to the provider, or straight on when already logged in."""
    back = local_address(terug)
    if _sessions(request).current(request):
        return RedirectResponse(back, SEE_OTHER)
    logins = _logins(request)
    attempt = logins.begin(back)
    query = {
        "response_type": "code",
        "client_id": _settings(request).oidc_client_id,
        "redirect_uri": _redirect_uri(request),
        "scope": _SCOPE,
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": attempt.challenge,
        "code_challenge_method": "S256",
        "ui_locales": chosen_language(request, None),
    }
    metadata = await _oidc(request).metadata()
    response = RedirectResponse(_extended(metadata["authorization_endpoint"], query), SEE_OTHER)
    logins.remember(response, attempt)
    return response


async def come_back(request: Request) -> Response:
    """The provider's answer: the code becomes a session."""
    logins = _logins(request)
    attempt = logins.resume(request)
    code = request.query_params.get("code")
    if not code:
        raise LoginFailed
    oidc = _oidc(request)
    tokens = await oidc.redeem(code, attempt.verifier, _redirect_uri(request))
    await oidc.require_nonce(tokens.id_token, attempt.nonce)
    person = await oidc.person(tokens.access_token)
    response = RedirectResponse(attempt.back, SEE_OTHER)
    logins.forget(response, attempt)
    now = cast(Clock, request.app.state.clock)()
    expires_at = now + timedelta(seconds=tokens.expires_in)
    _sessions(request).begin(response, person, expires_at)
    if request.cookies.get(COOKIE) not in LANGUAGES:
        remember_language(response, person.language, request)
    return response


async def log_out(request: Request) -> Response:
    """End the session here, and at the provider when it offers that."""
    sessions = _sessions(request)
    session = sessions.current(request)
    if session is not None:
        require_own_form(await request.form(), session)
    response = see(await _after_log_out(request))
    sessions.end(response)
    return response


async def logged_out(request: Request) -> Response:
    pages = cast(Pages, request.app.state.pages)
    frame = frame_of(request, None, (), pages)
    return pages.response("logged_out.html", chosen_language(request, None), {**frame})


async def choose_language(request: Request, language: str, terug: str = "/") -> Response:
    response = RedirectResponse(local_address(terug), SEE_OTHER)
    if language in LANGUAGES:
        remember_language(response, language, request)
    return response


def remember_language(response: Response, language: str, request: Request) -> None:
    response.set_cookie(
        COOKIE,
        language,
        max_age=_LANGUAGE_DAYS * 24 * 3600,
        secure=_settings(request).public_url.startswith("https:"),
        samesite="lax",
    )


def local_address(address: str) -> str:
    r"""An address within the portal; anything that could lead elsewhere (`//x`, `/\x`) is `/`."""
    inside = address.startswith("/") and not address.startswith(("//", "/\\"))
    return address if inside and address.isprintable() else "/"


async def _after_log_out(request: Request) -> str:
    settings = _settings(request)
    try:
        metadata = await _oidc(request).metadata()
    except GatewayError:
        return "/uitgelogd"
    if "end_session_endpoint" not in metadata:
        return "/uitgelogd"
    query = {
        "client_id": settings.oidc_client_id,
        "post_logout_redirect_uri": f"{settings.public_url}/uitgelogd",
    }
    return _extended(metadata["end_session_endpoint"], query)


def _extended(url: str, query: dict[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(query)}"


def _cookie_of(state: str) -> str:
    return f"login-{hashlib.sha256(state.encode()).hexdigest()[:12]}"


def _redirect_uri(request: Request) -> str:
    return f"{_settings(request).public_url}{CALLBACK}"


def _settings(request: Request) -> GatewaySettings:
    return cast(GatewaySettings, request.app.state.settings)


def _sessions(request: Request) -> Sessions:
    return cast(Sessions, request.app.state.sessions)


def _logins(request: Request) -> Logins:
    return cast(Logins, request.app.state.logins)


def _oidc(request: Request) -> Oidc:
    return cast(Oidc, request.app.state.oidc)
