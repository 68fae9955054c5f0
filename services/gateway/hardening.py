"""What goes around every request: answer headers, and a bound on the body."""

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.gateway import problems
from services.gateway.errors import BodyTooLarge, ContentTypeUnsupported, GatewayError

API_VERSION = "1.0.0"
API_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
PAGE_POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
}
EXPOSED = (
    "API-Version",
    "ETag",
    "Location",
    "Link",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
)
BODY_METHODS = frozenset({"POST", "PUT", "PATCH"})
TAKE_FILES = ("/financien/import/",)
"""Addresses that files are sent to."""


class AnswerHeaders:
    """Puts the headers of the NL API Design Rules on every answer.

    An answer that sets one of them itself keeps its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                add_headers(MutableHeaders(scope=message), scope)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def add_headers(headers: MutableHeaders, scope: Scope) -> None:
    for name, value in SECURITY_HEADERS.items():
        headers.setdefault(name, value)
    if scope["path"].startswith(("/v1", "/schemas")):
        headers.setdefault("API-Version", API_VERSION)
        for name, value in API_HEADERS.items():
            headers.setdefault(name, value)
        headers.add_vary_header("Accept-Language")
    else:
        headers.setdefault("Content-Security-Policy", PAGE_POLICY)
        headers.setdefault("Cache-Control", "no-store")
    for name, value in scope["state"].get("rate_headers", {}).items():
        headers[name] = value


class ApiCors(CORSMiddleware):
    """Any web page may use the API: it takes bearer tokens, never cookies."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "POST"],
            allow_headers=["*"],
            expose_headers=EXPOSED,
            max_age=3600,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(("/v1/", "/schemas/")):
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)


class BodyGate:
    """Refuses a body that is too large (413), or for the API anything but JSON (415).

    Under the addresses that take files, `file_limit` holds.
    """

    def __init__(self, app: ASGIApp, limit: int, file_limit: int) -> None:
        self._app = app
        self._limit = limit
        self._file_limit = file_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in BODY_METHODS:
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope["path"], Headers(scope=scope))
        if refusal is not None:
            response = problems.answer(Request(scope), refusal)
            await response(scope, receive, send)
            return
        await self._app(scope, self._bounded(receive, self._limit_of(scope["path"])), send)

    def _limit_of(self, path: str) -> int:
        return self._file_limit if path.startswith(TAKE_FILES) else self._limit

    def _refusal(self, path: str, headers: Headers) -> GatewayError | None:
        length = headers.get("content-length", "0")
        limit = self._limit_of(path)
        if length.isdecimal() and int(length) > limit:
            return BodyTooLarge(limit=limit)
        empty = length == "0" and "transfer-encoding" not in headers
        if not path.startswith("/v1/") or empty:
            return None
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type != "application/json":
            return ContentTypeUnsupported(given=media_type or "-")
        return None

    @staticmethod
    def _bounded(receive: Receive, limit: int) -> Receive:
        """A body of undeclared length is counted while it comes in."""
        received = 0

        async def bounded() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise HTTPException(413)
            return message

        return bounded
