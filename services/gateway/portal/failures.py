"""Refusals as pages in the house style. They ask nothing of the services."""

from collections.abc import Mapping
from typing import cast
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from services.gateway.errors import TokenMissing
from services.gateway.portal.directory import Directory
from services.gateway.portal.rendering import Pages
from services.gateway.portal.session import Sessions
from services.gateway.portal.visit import SEE_OTHER, chosen_language, frame_of, return_address
from services.gateway.problems import Problem

EVENT_STREAM = "text/event-stream"
TOLD: Mapping[int, str] = {
    401: "expired",
    403: "forbidden",
    404: "missing",
    502: "unavailable",
    503: "unavailable",
    504: "unavailable",
}
"""Which of the texts `failure-…` a status gets; the others are `failure-refused`."""


def problem_page(request: Request, problem: Problem) -> Response:
    """The page for a problem; someone who is not logged in is sent to log in and comes back."""
    if problem.slug == TokenMissing.slug and request.method == "GET":
        return _to_log_in(request)
    session = cast(Sessions, request.app.state.sessions).current(request)
    directory = cast(Directory, request.app.state.directory)
    pages = cast(Pages, request.app.state.pages)
    partners = directory.remembered(session.person) if session else ()
    facts = {
        **frame_of(request, session, partners, pages),
        "kind": TOLD.get(problem.status, "refused"),
        "detail": problem.detail,
    }
    language = chosen_language(request, session)
    return pages.response(
        "problem.html", language, facts, status=problem.status, headers=problem.headers
    )


def _to_log_in(request: Request) -> Response:
    """Neither a stream nor a part of a page can show a log-in; htmx is told to leave for it."""
    if request.headers.get("accept") == EVENT_STREAM:
        return Response(status_code=204)  # by which a browser no longer asks for the stream
    if "hx-request" not in request.headers:
        return RedirectResponse(_login_address(return_address(request)), SEE_OTHER)
    page = urlsplit(request.headers.get("hx-current-url", "/"))
    return Response(status_code=401, headers={"HX-Redirect": _login_address(page.path or "/")})


def _login_address(back: str) -> str:
    return "/inloggen" if back == "/" else f"/inloggen?{urlencode({'terug': back})}"
