"""The gateway's composition root: the application, and the process that serves it."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from math import ceil
from typing import Any

import httpx
import uvicorn
import uvloop
from fastapi import FastAPI
from starlette.middleware import Middleware

from chassis import cycles, telemetry
from chassis.broker import Watchdog, connect
from chassis.client import Client
from chassis.clock import Clock, utc_now
from chassis.health import Health, HealthServer, Probe, Server
from chassis.log import logger
from chassis.log import setup as setup_log
from services.gateway import access, refusals
from services.gateway.api import api_routers
from services.gateway.backend import Backend
from services.gateway.devissuer import install as install_dev_issuer
from services.gateway.documents import documents_router
from services.gateway.hardening import AnswerHeaders, ApiCors, BodyGate
from services.gateway.language import Texts
from services.gateway.live import LiveHub
from services.gateway.measures import Measured
from services.gateway.openapi import describe
from services.gateway.portal import install as install_portal
from services.gateway.settings import GatewaySettings
from services.gateway.throttle import Throttle
from services.gateway.tokens import Oidc

NAME = "gateway"
ISSUER_SECONDS = 5.0
"""Time that the OpenID provider is given to answer."""
log = logger(__name__)


def create_app(
    settings: GatewaySettings,
    client: Client,
    live: LiveHub,
    http: httpx.AsyncClient,
    *,
    clock: Clock = utc_now,
) -> FastAPI:
    """The HTTP application; `http` is used for the OpenID provider only.

    Raises `access.AccessUndecided` when a route is not decided on, and
    `devissuer.NotOnLoopback` when the development issuer would be within others' reach.
    """
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        middleware=[
            Middleware(Measured),
            Middleware(AnswerHeaders),
            Middleware(ApiCors),
            Middleware(BodyGate, limit=settings.body_bytes, file_limit=settings.upload_bytes),
        ],
        exception_handlers=refusals.HANDLERS,
    )
    app.state.settings = settings
    app.state.client = client
    app.state.backend = Backend(client, settings.reply_timeout_seconds)
    app.state.live = live
    app.state.texts = Texts.load()
    app.state.houses = settings.houses()
    app.state.throttle = Throttle(settings.requests_per_minute)
    app.state.oidc = Oidc(settings, http, clock)
    app.state.clock = clock
    access.add_routes(app, *api_routers(), documents_router())
    if settings.dev_issuer:
        install_dev_issuer(app, settings, clock)
    install_portal(app)
    access.enforce(app)
    describe(app)
    return app


def run(settings: GatewaySettings) -> None:
    """Serve until SIGTERM or SIGINT; requests in hand are finished first.

    Exit code 1 when the connection to NATS is lost for good, so that it is started again.
    """
    setup_log(NAME, settings.log_level)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.exit(runner.run(_until_stopped(settings)))


async def _until_stopped(settings: GatewaySettings) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        stack.callback(telemetry.setup(NAME, settings).force_flush)
        connection = await connect(settings, NAME)
        stack.push_async_callback(connection.drain)
        watchdog = Watchdog(connection)
        live = LiveHub(connection)
        await live.start()
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=ISSUER_SECONDS))
        app = create_app(settings, Client(connection), live, http)
        cycles.look_seldom()
        health = await stack.enter_async_context(_health(settings, watchdog))
        await stack.enter_async_context(_serving(app, settings, health))
        await _first_of(stop.wait(), watchdog.lost())
        health.stopping()
        live.close()
    if reason := watchdog.reason():
        log.error("stopped", reason=reason)
    return 0 if stop.is_set() else 1


@asynccontextmanager
async def _serving(app: FastAPI, settings: GatewaySettings, health: Health) -> AsyncIterator[None]:
    """HTTP is answered inside the block; at its end requests in hand are finished."""
    config = uvicorn.Config(
        app,
        host=settings.gateway_host,
        port=settings.gateway_port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=ceil(settings.stop_seconds),
    )
    server = Server(config)
    health.add(_listening(server))
    serving = asyncio.create_task(server.serve())
    log.info("ready", address=settings.public_url)
    try:
        yield
    finally:
        server.should_exit = True
        await serving


@asynccontextmanager
async def _health(settings: GatewaySettings, watchdog: Watchdog) -> AsyncIterator[Health]:
    health = Health()
    health.add(_connected(watchdog))
    server = HealthServer(health, settings.listen_host, settings.health_port)
    await server.start()
    try:
        yield health
    finally:
        await server.stop()


async def _first_of(*waits: Coroutine[Any, Any, object]) -> None:
    tasks = [asyncio.create_task(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _listening(server: Server) -> Probe:
    async def probe() -> str | None:
        return None if server.started else "not listening yet"

    return probe


def _connected(watchdog: Watchdog) -> Probe:
    async def probe() -> str | None:
        return watchdog.reason()

    return probe
