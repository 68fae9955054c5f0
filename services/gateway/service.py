"""The gateway's composition root: the application, and the process that serves it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
import uvicorn
import uvloop
from fastapi import FastAPI
from starlette.middleware import Middleware

from chassis import telemetry
from chassis.broker import Watchdog, connect
from chassis.client import Client
from chassis.clock import Clock, utc_now
from chassis.health import Health, HealthServer, Probe, Server
from chassis.log import logger
from chassis.log import setup as setup_log
from services.gateway import access, refusals
from services.gateway.api import api_router
from services.gateway.backend import Backend
from services.gateway.devissuer import install as install_dev_issuer
from services.gateway.documents import documents_router
from services.gateway.hardening import AnswerHeaders, ApiCors, BodyGate
from services.gateway.language import Texts
from services.gateway.live import LiveHub
from services.gateway.openapi import describe, operation_id
from services.gateway.portal import install as install_portal
from services.gateway.settings import GatewaySettings
from services.gateway.throttle import Throttle
from services.gateway.tokens import Oidc

NAME = "gateway"
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
        generate_unique_id_function=operation_id,
        telemetry={"metrics": False, "logs": False, "operation_spans": False},
        middleware=[
            Middleware(AnswerHeaders),
            Middleware(ApiCors),
            Middleware(BodyGate, limit=settings.body_bytes),
        ],
        exception_handlers=refusals.HANDLERS,
    )
    app.state.settings = settings
    app.state.client = client
    app.state.backend = Backend(client, settings.reply_timeout_seconds)
    app.state.live = live
    app.state.texts = Texts.load()
    app.state.throttle = Throttle(settings.requests_per_minute)
    app.state.oidc = Oidc(settings, http, clock)
    app.state.clock = clock
    app.include_router(api_router())
    app.include_router(documents_router())
    if settings.dev_issuer:
        install_dev_issuer(app, settings, clock)
    install_portal(app)
    access.enforce(app)
    describe(app)
    return app


def run(settings: GatewaySettings) -> None:
    """Serve until SIGTERM or SIGINT; requests in hand are finished first."""
    uvloop.run(serve(settings))


async def serve(settings: GatewaySettings) -> None:
    setup_log(NAME, settings.log_level)
    telemetry.setup(NAME, settings)
    async with AsyncExitStack() as stack:
        connection = await connect(settings, NAME)
        stack.push_async_callback(connection.drain)
        live = LiveHub(connection)
        await live.start()
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=5.0))
        app = create_app(settings, Client(connection), live, http)
        health = Health()
        watchdog = Watchdog(connection)
        health.add(_connected(watchdog))
        await stack.enter_async_context(_health(health, settings))
        await _serve_http(app, settings, live, health, watchdog)


async def _serve_http(
    app: FastAPI, settings: GatewaySettings, live: LiveHub, health: Health, watchdog: Watchdog
) -> None:
    config = uvicorn.Config(
        app,
        host=settings.gateway_host,
        port=settings.gateway_port,
        log_config=None,
        access_log=False,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=int(settings.stop_seconds),
    )
    server = Server(config)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    serving = asyncio.create_task(server.serve())
    waiting = [asyncio.create_task(stop.wait()), asyncio.create_task(watchdog.lost()), serving]
    await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    health.stopping()
    live.close()
    server.should_exit = True
    await serving
    for task in waiting:
        task.cancel()
    if reason := watchdog.reason():
        log.error("stopping", reason=reason)


def _connected(watchdog: Watchdog) -> Probe:
    async def probe() -> str | None:
        return watchdog.reason()

    return probe


@asynccontextmanager
async def _health(health: Health, settings: GatewaySettings) -> AsyncIterator[None]:
    server = HealthServer(health, settings.listen_host, settings.health_port)
    await server.start()
    log.info("health", port=server.port)
    try:
        yield
    finally:
        await server.stop()
