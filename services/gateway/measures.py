"""How the door is used, for Prometheus."""

from time import perf_counter

from prometheus_client import Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECONDS = Histogram(
    "bodemplaat_http_request_seconds",
    "Time until an answer starts, per route template",
    ["method", "route", "status"],
    buckets=(0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)
LISTENERS = Gauge("bodemplaat_live_listeners", "Open live streams")
NO_ROUTE = "-"


class Measured:
    """Times every request until its answer starts."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = perf_counter()

        async def measured(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", NO_ROUTE)
                labels = (scope["method"], route, str(message["status"]))
                SECONDS.labels(*labels).observe(perf_counter() - started)
            await send(message)

        await self._app(scope, receive, measured)
