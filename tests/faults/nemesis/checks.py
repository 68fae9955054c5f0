"""What must hold once the world is whole again, and how long it takes to get there."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic

import asyncpg
from load import Load
from nats.aio.client import Client as Connection
from world import GATEWAY, World

from bodemplaat.engines.probe import answers
from chassis.database import driver_url
from chassis.databases import stateful
from chassis.testing import invariants
from chassis.testing.broker import ADMINISTRATOR, connected
from chassis.testing.cluster import NODES
from chassis.testing.invariants import Checkpoints, Violations
from chassis.testing.stream import envelopes
from services.projection import generations, store
from services.projection.apply import fold
from services.projection.parked import Parked
from services.projection.rebuild import RebuildSettings, fingerprint, rebuild
from services.projection.recorded import Delivered
from services.projection.store import FreshRows

OWNERS = ("catalog", "tickets", "finance")
SETTLE_SECONDS = 120.0
"""Within this everything must be ready again and caught up; the machine may be busy."""
LOOK_SECONDS = 0.5
EFFECTS = "SELECT event_id FROM catalogue_event"
FROM_OWNERS = "g999999"
_WAITING = "SELECT count(*) FROM event_log WHERE published_at IS NULL"
_ENVELOPES = "SELECT id, envelope FROM event_log ORDER BY id"


@dataclass(slots=True)
class Watch:
    """Looks at the checkpoint as long as it runs."""

    world: World
    checkpoints: Checkpoints = field(default_factory=Checkpoints)

    async def run(self) -> None:
        while True:
            with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await self.checkpoints.look(self.world.databases["projection"].runtime)
            await asyncio.sleep(LOOK_SECONDS)


async def settled(world: World, tell: Callable[[str], None]) -> float:
    """Seconds until everything was ready and caught up. Raises `TimeoutError` past all bounds."""
    began = monotonic()
    told = began
    while unsettled := await _unsettled(world):
        if monotonic() - began > SETTLE_SECONDS:
            raise TimeoutError(f"not settled in {SETTLE_SECONDS:.0f} s: {'; '.join(unsettled)}")
        if monotonic() - told > SETTLE_SECONDS / 8:
            told = monotonic()
            tell(f"          waiting: {'; '.join(unsettled)}")
        await asyncio.sleep(LOOK_SECONDS)
    return monotonic() - began


async def _unsettled(world: World) -> list[str]:
    services = (*stateful(), GATEWAY)
    probes = (asyncio.to_thread(answers, world.health_port(name), "/readyz") for name in services)
    ready = await asyncio.gather(*probes)
    waiting = [
        f"{name} is not ready"
        for name, is_ready in zip(services, ready, strict=True)
        if not is_ready
    ]
    if waiting:
        return waiting
    try:
        return await _behind(world)
    except Exception as error:  # noqa: BLE001  whatever it is, it is not settled
        return [repr(error)]


async def _behind(world: World) -> list[str]:
    found = []
    for owner in OWNERS:
        async with invariants.looking_into(world.databases[owner].runtime) as database:
            if waiting := await database.fetchval(_WAITING):
                found.append(f"{waiting} events of {owner} are not published")
    dsn = world.databases["tickets"].runtime
    found += await invariants.overdue_timers(dsn)
    async with _administrator(world) as administrator:
        last = (await administrator.jetstream().stream_info("DOMAIN")).state.last_seq
        pending = await administrator.jetstream().consumer_info("DOMAIN", "tickets-catalogue")
    if pending.num_pending or pending.num_ack_pending:
        found.append(f"tickets has {pending.num_pending} events of the catalogue to take in")
    async with invariants.looking_into(world.databases["projection"].runtime) as database:
        folded = await database.fetchval("SELECT sequence FROM generation WHERE live")
    if folded < last:
        found.append(f"the projection is at {folded} of {last}")
    return found


async def violations(world: World, load: Load, checkpoints: Checkpoints) -> Violations:
    """Everything that does not hold."""
    dsns = {name: world.databases[name].runtime for name in stateful()}
    async with _administrator(world) as administrator:
        stream = await envelopes(administrator)
        found = await invariants.configuration(administrator, replicas=NODES)
    found += await invariants.streamed({owner: dsns[owner] for owner in OWNERS}, stream)
    found += invariants.in_order(stream)
    found += invariants.clocks(stream)
    for owner in OWNERS:
        sent = [one for one in load.sent if one.service == owner]
        found += await invariants.commands(dsns[owner], sent)
        found += await invariants.versions(dsns[owner])
        found += await invariants.states(dsns[owner])
    found += await invariants.received(dsns["tickets"], "tickets", stream, EFFECTS)
    found += await invariants.received(dsns["projection"], "projection", stream)
    found += checkpoints.found
    return found + await _read_models(world)


async def _read_models(world: World) -> Violations:
    """The live read models, a replay of the stream, and the owners' logs make the same rows."""
    urls = world.databases["projection"]
    owner = await store.connect(driver_url(urls.owner, ""))
    try:
        live = await fingerprint(owner, (await generations.live(owner)).schema)
        from_owners = await _from_owners(world, owner)
    finally:
        await owner.close()
    settings = RebuildSettings.model_construct(
        nats_url=world.nats_url,
        nats_seed_file=world.installation.credentials.seed_file("projection"),
        database_url=urls.runtime,
        owner_database_url=urls.owner,
    )
    rebuilt = await rebuild(settings, lambda _: None)
    found = []
    if not rebuilt.equal:
        found.append("the read models differ from a replay of the stream")
    if live != from_owners:
        found.append("the read models differ from the owners' event logs")
    return found


async def _from_owners(world: World, owner: asyncpg.Connection) -> str:
    """The hash of a generation that is folded from the event logs, past the stream."""
    await generations.create(owner, FROM_OWNERS)
    await store.use(owner, FROM_OWNERS)
    rows, parked = FreshRows(owner), Parked(owner, FROM_OWNERS)
    for name in OWNERS:
        async with invariants.looking_into(world.databases[name].runtime) as database:
            logged = await database.fetch(_ENVELOPES)
        batch = [Delivered(row["id"], row["envelope"].encode(), 0) for row in logged]
        await fold(batch, rows, parked)
    await rows.flush()
    digest = await fingerprint(owner, FROM_OWNERS)
    await owner.execute(f"DROP SCHEMA {FROM_OWNERS} CASCADE")
    await owner.execute("DELETE FROM generation WHERE schema = $1", FROM_OWNERS)
    return digest


@asynccontextmanager
async def _administrator(world: World) -> AsyncIterator[Connection]:
    credentials = world.installation.credentials
    async with connected(world.nats_url, credentials, ADMINISTRATOR.name) as connection:
        yield connection
