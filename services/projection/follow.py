"""Following the stream: each batch is applied to the live generation, then announced.

One process follows at a time, by an advisory lock; the others only answer queries. A rebuild that
switches generations takes the checkpoint away from under it, and it goes on with the new one.
"""

import asyncio
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from datetime import datetime
from typing import Any

import asyncpg
import orjson
from nats.errors import Error as NatsError
from prometheus_client import Counter, Gauge

from chassis import telemetry
from chassis.database import CONNECTION_ERRORS, ROW_BY_ROW
from chassis.log import logger
from chassis.service import Running
from contracts.topology import live_subject
from services.projection import generations, store
from services.projection.apply import Applied, LiveProjector
from services.projection.generations import CheckpointMoved, Generation, RebuildNeeded
from services.projection.position import Position
from services.projection.reader import INTERRUPTIONS, Reader, identity, reading
from services.projection.recorded import Delivered

log = logger(__name__)

CONSUMER = "projection-live"
LOCK = 0x0B0DE2
BATCH = 1000
GATHERING_SECONDS = 0.02
"""Rest after a batch: what comes meanwhile goes together with the next, and costs a share of it."""
ANNOUNCED = 50
"""Tickets named in one notice."""
TRACED = 50
"""Events of a batch that get a span in their own trace; a larger batch is catching up."""
RETRY_SECONDS = 0.5
REBUILD_POLL_SECONDS = 5.0

FOLDED = Counter("bodemplaat_projection_events_total", "Events folded into the live read models")
AGE = Gauge("bodemplaat_projection_age_seconds", "Age of the newest event when it was folded")
BEHIND = Gauge("bodemplaat_projection_behind", "Events of the stream that are not folded yet")

_INTERRUPTIONS = (CheckpointMoved, *INTERRUPTIONS, *CONNECTION_ERRORS)


async def follow(service: Running[Any], position: Position) -> None:
    """Follow until cancelled; what breaks it off is begun again from the checkpoint."""
    while True:
        wait = RETRY_SECONDS
        try:
            await _term(service, position)
        except CheckpointMoved:
            log.info("the live generation has changed; following goes on from its checkpoint")
            continue
        except RebuildNeeded as error:
            log.error("the read models must be rebuilt", reason=str(error))  # noqa: TRY400
            position.trouble = str(error)
            wait = REBUILD_POLL_SECONDS
        except _INTERRUPTIONS as error:
            log.warning("following broke off", error=repr(error))
            position.trouble = f"following broke off: {error!r}"
        await asyncio.sleep(wait)


async def _term(service: Running[Any], position: Position) -> None:
    connection = await store.connect(service.database.dsn, **ROW_BY_ROW)
    try:
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            position.trouble = None
            position.beat.beat()
            await asyncio.sleep(RETRY_SECONDS)
        await _lead(service, position, connection)
    finally:
        position.remembered = None
        with suppress(Exception):
            await connection.close(timeout=2)


async def _lead(service: Running[Any], position: Position, connection: asyncpg.Connection) -> None:
    generation = await _begin(service, connection)
    projector = LiveProjector(connection, generation)
    await projector.begin()
    position.remembered = projector.remembered
    log.info("following", generation=generation.schema, sequence=generation.sequence)
    async with reading(
        service.connection, CONSUMER, after=generation.sequence, batch=BATCH
    ) as reader:
        position.trouble = None
        while True:
            folded = await _step(service, projector, reader)
            position.beat.beat()
            if folded < BATCH:
                await asyncio.sleep(GATHERING_SECONDS)


async def _begin(service: Running[Any], connection: asyncpg.Connection) -> Generation:
    """The live generation. Raises `RebuildNeeded` when it does not go with the stream."""
    generation = await generations.live(connection)
    generation.require_shape()
    stream, last = await identity(service.connection)
    generation.require_stream(stream, last)
    await store.use(connection, generation.schema)
    return await generations.bind(connection, generation, stream)


async def _step(service: Running[Any], projector: LiveProjector, reader: Reader) -> int:
    """Fold what has come; returns how many events that were."""
    batch = await reader.next()
    if not batch:
        return 0
    applied = await _traced(projector, batch)
    FOLDED.inc(len(batch))
    BEHIND.set(batch[-1].pending)
    if applied.events:
        recorded_at = datetime.fromisoformat(applied.events[-1].recorded_at)
        AGE.set((service.clock() - recorded_at).total_seconds())
    await _announce(service, batch[-1].sequence, applied)
    return len(batch)


async def _traced(projector: LiveProjector, batch: Sequence[Delivered]) -> Applied:
    """Apply a batch in the trace of its only event, or beside those of its events."""
    carriers = [{"traceparent": message.trace} for message in batch if message.trace]
    parent = carriers[0] if len(batch) == 1 and carriers else None
    links = () if parent else telemetry.links(carriers[:TRACED])
    few = 1 < len(batch) <= TRACED and telemetry.recorded()
    with ExitStack() as spans:
        for carrier in carriers if few else ():
            spans.enter_context(telemetry.span("project event", telemetry.CONSUMER, carrier))
        spans.enter_context(
            telemetry.span(
                "project",
                telemetry.CONSUMER,
                parent,
                links=links,
                messaging__batch__message_count=len(batch),
            )
        )
        return await projector.apply(batch)


async def _announce(service: Running[Any], sequence: int, applied: Applied) -> None:
    """Best effort: whoever misses it asks again."""
    changed = {"tickets": applied.tickets(), "major-incidents": applied.major_incidents()}
    for view, by_partner in changed.items():
        for partner, numbers in by_partner.items():
            notice = {"sequence": sequence, view: numbers[:ANNOUNCED]}
            with suppress(NatsError):
                subject = live_subject(view, partner)
                await service.connection.publish(subject, orjson.dumps(notice))
