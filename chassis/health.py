"""Liveness, readiness and metrics of a process, over HTTP on a loopback port.

`/healthz` answers while the process's loop turns. `/readyz` answers 200 only when every probe
says that work is getting on (not merely that something is connected), else 503 with the reasons.
`/metrics` is for Prometheus.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import orjson
import uvicorn
from prometheus_client import make_asgi_app

Probe = Callable[[], Awaitable[str | None]]
"""Gives the reason why the process is not ready, or `None`."""


class Beat:
    """The heartbeat of a loop: stale when it has not beaten for `limit` seconds."""

    def __init__(self, name: str, limit: float) -> None:
        self._name = name
        self._limit = limit
        self._last: float | None = None

    def beat(self) -> None:
        self._last = monotonic()

    async def probe(self) -> str | None:
        if self._last is None:
            return f"{self._name} has not started"
        silent = monotonic() - self._last
        return f"{self._name} is silent for {silent:.0f} s" if silent > self._limit else None


class Health:
    """The probes of one process."""

    def __init__(self) -> None:
        self._probes: list[Probe] = []
        self._stopping = False

    def add(self, probe: Probe) -> None:
        self._probes.append(probe)

    def stopping(self) -> None:
        """From now on not ready: no new work should come here."""
        self._stopping = True

    async def reasons(self) -> list[str]:
        """Why it is not ready; empty when it is."""
        if self._stopping:
            return ["stopping"]
        found = await asyncio.gather(*(probe() for probe in self._probes))
        return [reason for reason in found if reason]


class Server(uvicorn.Server):
    """Uvicorn inside a process that handles its own signals."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class HealthServer:
    """Serves a `Health` until it is stopped."""

    def __init__(self, health: Health, host: str, port: int) -> None:
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind((host, port))
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(_app(health), log_config=None, access_log=False, lifespan="off")
        self._server = Server(config)
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]))

    async def stop(self) -> None:
        self._server.should_exit = True
        if self._task:
            await self._task


def _app(health: Health) -> Callable[..., Awaitable[None]]:
    metrics = make_asgi_app()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        match scope["path"]:
            case "/metrics":
                await metrics(scope, receive, send)
            case "/healthz":
                await _respond(send, 200, {"alive": True})
            case "/readyz":
                reasons = await health.reasons()
                await _respond(send, 503 if reasons else 200, {"reasons": reasons})
            case _:
                await _respond(send, 404, {})

    return app


async def _respond(send: Any, status: int, body: dict[str, Any]) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": orjson.dumps(body)})
