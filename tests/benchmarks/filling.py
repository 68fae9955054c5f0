"""Many tickets in a system, as the case generator makes them, through the ordinary import."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import perf_counter

from installed import CASE
from nats.aio.client import Client as Connection

from bodemplaat.cases.generator import generate
from bodemplaat.cases.loader import load
from bodemplaat.imports.sending import send
from bodemplaat.operator import operator_client
from bodemplaat.system import System
from chassis.broker import connect
from chassis.clock import utc_now
from chassis.settings import Settings
from services.projection.reader import identity

EVENTS_PER_TICKET = 6
"""About; a little less than there are."""


@asynccontextmanager
async def reader_of(system: System) -> AsyncIterator[Connection]:
    """A connection with the rights of `projection`."""
    seed = system.installation.credentials.seed_file("projection")
    settings = Settings(nats_url=system.addresses.nats_url, nats_seed_file=seed)
    connection = await connect(settings, "projection")
    try:
        yield connection
    finally:
        await connection.close()


async def fill(system: System, events: int) -> float:
    """Import until the stream holds about so many events; returns tickets a second."""
    async with reader_of(system) as connection:
        _, last = await identity(connection)
    case = load(CASE)
    wanted = max(1, (events - last) // EVENTS_PER_TICKET)
    plan = case.tickets.model_copy(update={"tickets": wanted, "seed": events})
    histories = generate(case.model_copy(update={"tickets": plan}), utc_now())
    began = perf_counter()
    async with operator_client(system.installation) as client:
        async for _ in send(client, f"benchmark-{events}", histories):
            pass
    return wanted / (perf_counter() - began)
