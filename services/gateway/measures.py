"""How the door is used: a trace and a time for each request."""

from time import perf_counter

from opentelemetry.trace import Span, StatusCode
from prometheus_client import Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chassis import telemetry

SECONDS = Histogram(
    "bodemplaat_http_request_seconds",
    "Time until an answer starts, per route template",
    ["method", "route", "status"],
    buckets=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
LISTENERS = Gauge("bodemplaat_live_listeners", "Open live streams")
NO_ROUTE = "-"
FAILED = 500
"""Statuses from here on are failures of ours."""
_TRACE = {name.encode(): name for name in telemetry.CARRIED}


class Measured:
    """Puts every request into its caller's trace, and times it until its answer starts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()
        with telemetry.span(scope["method"], telemetry.SERVER, _carrier(scope)) as span:

            async def measured(message: Message) -> None:
                if message["type"] == "http.response.start":
                    _tell(scope, message["status"], span, perf_counter() - started)
                await send(message)

            await self._app(scope, receive, measured)


def _carrier(scope: Scope) -> dict[str, str]:
    headers = ((_TRACE.get(name), value) for name, value in scope["headers"])
    return {name: value.decode("latin-1") for name, value in headers if name}


def _tell(scope: Scope, status: int, span: Span, seconds: float) -> None:
    method, route = scope["method"], getattr(scope.get("route"), "path", NO_ROUTE)
    SECONDS.labels(method, route, str(status)).observe(seconds)
    if span.is_recording():
        span.update_name(f"{method} {route}")
        span.set_attributes(
            {
                "http.request.method": method,
                "http.route": route,
                "http.response.status_code": status,
                "url.path": scope["path"],
            }
        )
        if status >= FAILED:
            span.set_status(StatusCode.ERROR)
