"""Running a service: everything that a definition needs is constructed here.

Start: database and connection, leadership, intake, and then ready. Stop: not ready, intake ends,
work in flight is finished and answered, what it committed is relayed, then connections close.
"""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Generic

import uvloop
from faststream.nats import NatsBroker
from nats.aio.client import Client as Connection
from sqlalchemy import text

from chassis import cycles, faults, housekeeping, migrations, telemetry
from chassis import log as logs
from chassis.administration import Administration
from chassis.broker import Watchdog, make_broker
from chassis.clock import Clock, utc_now
from chassis.command import WorkT
from chassis.consume import Consumption
from chassis.database import Database
from chassis.definition import Definition
from chassis.dispatch import Dispatcher
from chassis.health import Beat, Health, HealthServer
from chassis.intake import Intake
from chassis.leader import Duty, Leader
from chassis.processing_relay import ProcessingRelay
from chassis.reconcile import reconcile
from chassis.relay import Relay
from chassis.settings import Settings
from chassis.timers import Timers
from contracts import topology

log = logs.logger(__name__)

SILENT_SECONDS = 15.0
PROBE_SECONDS = 2.0
_UNPUBLISHED = text("SELECT EXISTS (SELECT FROM event_log WHERE published_at IS NULL)")


@dataclass(slots=True)
class Running(Generic[WorkT]):
    """A service that runs, as its background duties see it."""

    definition: Definition[WorkT]
    settings: Settings
    clock: Clock
    database: Database
    broker: NatsBroker
    connection: Connection
    health: Health
    leader: Leader
    failed: asyncio.Event = field(default_factory=asyncio.Event)
    health_port: int = 0

    def spawn(self, duty: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
        """Run a duty beside the others; when it ends with an error the process must stop."""
        task = asyncio.create_task(duty, name=name)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            log.error("a duty failed; the service stops", duty=task.get_name(), exc_info=error)
            self.failed.set()


def run(definition: Definition[Any], settings: Settings) -> None:
    """Run a service as this process until SIGTERM or SIGINT; exit code 1 when it cannot go on."""
    logs.setup(definition.name, settings.log_level)
    if settings.fault:
        faults.arm(settings.fault)
    cycles.look_seldom()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        sys.exit(runner.run(_until_stopped(definition, settings)))


async def _until_stopped(definition: Definition[Any], settings: Settings) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with running(definition, settings) as service:
        log.info("ready", health_port=service.health_port)
        await _first_of(stop.wait(), service.failed.wait())
        return 1 if service.failed.is_set() else 0


@asynccontextmanager
async def running(
    definition: Definition[WorkT], settings: Settings, *, clock: Clock = utc_now
) -> AsyncIterator[Running[WorkT]]:
    """A service that is up inside the block and stops gracefully at its end.

    Raises `RuntimeError` when its database is not at this release's revision.
    """
    provider = telemetry.setup(definition.name, settings)
    await asyncio.to_thread(_require_migrations, definition.name, settings)
    async with AsyncExitStack() as stack:
        stack.callback(provider.force_flush)
        database = Database(settings.database_url, pool=settings.database_pool)
        stack.push_async_callback(database.dispose)
        await database.warm(settings.command_concurrency)
        broker = make_broker(settings, definition.name)
        connection = await broker.connect()
        stack.push_async_callback(broker.stop)
        service = _compose(definition, settings, clock, database, broker, connection)
        for layer in (_duties, _intake, _health):
            await stack.enter_async_context(layer(service))
        yield service
        service.health.stopping()


def _require_migrations(name: str, settings: Settings) -> None:
    if migrations.pending(name, settings.database_url):
        raise RuntimeError(f"the database of {name} is not at this release's revision: migrate it")


def _compose(
    definition: Definition[WorkT],
    settings: Settings,
    clock: Clock,
    database: Database,
    broker: NatsBroker,
    connection: Connection,
) -> Running[WorkT]:
    health = Health()
    woken = asyncio.Event()
    relay_beat = Beat("the relay", SILENT_SECONDS)
    timer_beat = Beat("the timers", SILENT_SECONDS)
    relay = Relay(connection, settings, clock, woken, relay_beat)
    timers = Timers(definition, database, settings, clock, timer_beat)
    duties: list[Duty] = [
        relay.run,
        lambda _: timers.run(),
        lambda _: housekeeping.hourly(database, settings, clock),
    ]
    if topology.service(definition.name).keeps_persons:
        lines = ProcessingRelay(definition.name, connection, settings, clock)
        duties.append(lambda _: lines.run(database.dsn))
    if topology.service(definition.name).publishes:
        mend = partial(reconcile, definition.name, connection, database.dsn)
        duties.append(lambda _: housekeeping.nightly(mend, clock))
    leader = Leader(database.dsn, duties, woken)

    async def leading() -> str | None:
        """Only the leader's loops beat; a process that waits to lead has none."""
        if not leader.leads:
            return None
        return await relay_beat.probe() or await timer_beat.probe()

    health.add(leading)
    return Running(definition, settings, clock, database, broker, connection, health, leader)


@asynccontextmanager
async def _duties(service: Running[WorkT]) -> AsyncIterator[None]:
    """Leadership, the service's own duties and the watchdog run during the block."""
    tasks = [
        service.spawn(service.leader.run(), "leader"),
        service.spawn(_watch(service.connection), "watchdog"),
        *(service.spawn(duty(service), duty.__name__) for duty in service.definition.background),
    ]
    try:
        yield
        await _relay_the_rest(service)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _watch(connection: Connection) -> None:
    raise ConnectionError(await Watchdog(connection).lost())


async def _relay_the_rest(service: Running[WorkT]) -> None:
    """Give the relay a moment for what was committed last; what stays is relayed at the start."""
    with suppress(TimeoutError):
        async with asyncio.timeout(service.settings.stop_seconds):
            while service.leader.leads and await _unpublished(service.database):
                service.leader.wake()
                await asyncio.sleep(0.05)


async def _unpublished(database: Database) -> bool:
    async with database.transaction() as session:
        return bool((await session.execute(_UNPUBLISHED)).scalar())


@asynccontextmanager
async def _intake(service: Running[WorkT]) -> AsyncIterator[None]:
    """Commands, queries and events come in during the block."""
    definition, settings = service.definition, service.settings
    wake = service.leader.wake
    database, clock = service.database, service.clock
    consumptions = {
        name: Consumption(name, definition, database, settings, clock)
        for name in definition.subscriptions
    }
    administration = Administration(
        definition.name, database, service.connection, consumptions, wake, definition.settling
    )
    dispatcher = Dispatcher(
        definition, database, administration, oin=settings.oin, clock=clock, committed=wake
    )
    intake = Intake(definition, service.broker, settings, dispatcher, consumptions, wake)
    await intake.start()
    try:
        yield
    finally:
        with suppress(TimeoutError):
            await asyncio.wait_for(intake.stop(), settings.stop_seconds)


@asynccontextmanager
async def _health(service: Running[WorkT]) -> AsyncIterator[None]:
    async def connected() -> str | None:
        return None if service.connection.is_connected else "not connected to NATS"

    async def answering() -> str | None:
        try:
            await asyncio.wait_for(_unpublished(service.database), PROBE_SECONDS)
        except Exception as error:  # noqa: BLE001  whatever it is, it is the reason
            return f"PostgreSQL does not answer: {error!r}"
        return None

    service.health.add(connected)
    service.health.add(answering)
    settings = service.settings
    server = HealthServer(service.health, settings.listen_host, settings.health_port)
    service.health_port = server.port
    await server.start()
    try:
        yield
    finally:
        await server.stop()


async def _first_of(*events: Awaitable[Any]) -> None:
    tasks = [asyncio.ensure_future(event) for event in events]
    await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in tasks:
        task.cancel()
