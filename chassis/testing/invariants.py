"""What must hold once a system has come to rest, whatever was done to it before.

Each check returns what it found broken, in words; nothing found is a promise kept. They read the
databases and the stream themselves and believe no service.
"""

from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
import orjson
from nats.aio.client import Client

from chassis.provisioning import Drift, check
from contracts import topology
from contracts.envelope import Envelope

Violations = list[str]

SHOWN = 5
NORM_EVENTS = ("ticket-opened", "ticket-priority-changed", "ticket-reclassified")
CLOCK_EVENTS = ("sla-at-risk", "sla-breached")

_LOG = """
    SELECT event_id::text AS event_id, aggregate, version, stream_seq, published_at,
           envelope->>'correlationid' AS command
    FROM event_log ORDER BY aggregate, version
"""
_REPLIES = "SELECT actor, command_id, reply FROM command_reply"
_AGGREGATES = """
    SELECT CASE id.column_name
        WHEN 'key' THEN format('SELECT %L || key, version FROM %I', name || '/', name)
        ELSE format('SELECT number, version FROM %I', name)
    END
    FROM information_schema.columns AS id
    JOIN information_schema.columns AS version USING (table_schema, table_name)
    CROSS JOIN LATERAL (SELECT id.table_name AS name)
    WHERE id.table_schema = 'public'
    AND id.column_name IN ('key', 'number') AND version.column_name = 'version'
"""


@dataclass(slots=True)
class Sent:
    """A command as its sender remembers it.

    `reply` is what was acknowledged, or part of it; `refused` the slugs of a refusal; both are
    `None` when no answer ever came.
    """

    service: str
    command_id: str
    reply: Mapping[str, Any] | None = None
    refused: frozenset[str] | None = None


@asynccontextmanager
async def looking_into(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn)
    try:
        yield connection
    finally:
        await connection.close()


async def commands(dsn: str, sent: Iterable[Sent]) -> Violations:
    """Acknowledged: in the owner's tables once. Refused: not at all. Unanswered: whole or not."""
    async with looking_into(dsn) as database:
        kept: dict[str, list[Any]] = defaultdict(list)
        for row in await database.fetch(_REPLIES):
            kept[row["command_id"]].append(orjson.loads(row["reply"]))
        caused: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for row in await database.fetch(_LOG):
            caused[row["command"]].append((row["aggregate"], row["version"]))
    return [
        f"command {one.command_id}: {found}"
        for one in sent
        for found in _judge(one, kept[one.command_id], caused[one.command_id])
    ]


def _judge(sent: Sent, kept: Sequence[Any], caused: Sequence[tuple[str, int]]) -> Iterable[str]:
    if len(kept) > 1:
        yield f"kept {len(kept)} times"
    if sent.reply is not None and not any(sent.reply.items() <= reply.items() for reply in kept):
        yield f"acknowledged as {dict(sent.reply)}, kept as {kept}"
    if sent.refused is not None and (kept or caused):
        yield f"refused ({', '.join(sorted(sent.refused))}), but it had an effect"
    if not kept and caused:
        yield f"has events {caused} and no reply: half of it was committed"
    for reply in kept[:1]:
        yield from _whole(reply, caused)


def _whole(reply: Mapping[str, Any], caused: Sequence[tuple[str, int]]) -> Iterable[str]:
    """A command's events are of one aggregate, without a gap, up to the version it replied."""
    if not caused:
        return
    versions = [version for _, version in caused]
    if len({aggregate for aggregate, _ in caused}) > 1:
        yield f"has events of several aggregates: {caused}"
    elif versions != list(range(versions[0], versions[0] + len(versions))):
        yield f"has versions {versions}"
    elif reply.get("version") != versions[-1]:
        yield f"replied version {reply.get('version')}, but its events end at {versions[-1]}"


async def versions(dsn: str) -> Violations:
    """The versions of each aggregate in the event log run from 1, without a gap."""
    async with looking_into(dsn) as database:
        rows = await database.fetch(_LOG)
    found: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        found[row["aggregate"]].append(row["version"])
    return [
        f"{aggregate} has versions {present}"
        for aggregate, present in found.items()
        if present != list(range(1, len(present) + 1))
    ]


async def states(dsn: str) -> Violations:
    """An owner's rows are at the versions that its events say, and none lacks.

    Aggregates stand in tables of `key` and `version`, of which the table's name is the kind, or of
    `number` and `version`, where the number says it all.
    """
    async with looking_into(dsn) as database:
        query = " UNION ALL ".join(row[0] for row in await database.fetch(_AGGREGATES))
        rows = await database.fetch(query)
        told = await database.fetch("SELECT aggregate, max(version) FROM event_log GROUP BY 1")
    state, log = {row[0]: row[1] for row in rows}, {row[0]: row[1] for row in told}
    return [
        f"{aggregate} is at {state.get(aggregate)}, its events at {log.get(aggregate)}"
        for aggregate in sorted(state.keys() | log.keys())
        if state.get(aggregate) != log.get(aggregate)
    ]


async def streamed(dsns: Mapping[str, str], stream: Sequence[Envelope]) -> Violations:
    """Event logs and stream hold the same events, each once; what is logged is noted as there."""
    found: Violations = []
    counted = Counter(str(envelope.id) for envelope in stream)
    logged: set[str] = set()
    for service, dsn in dsns.items():
        async with looking_into(dsn) as database:
            rows = await database.fetch(_LOG)
        unpublished = [row["event_id"] for row in rows if row["published_at"] is None]
        missing = [row["event_id"] for row in rows if row["event_id"] not in counted]
        logged |= {row["event_id"] for row in rows}
        found += _told(f"{service}: not published", unpublished)
        found += _told(f"{service}: not in the stream", missing)
    found += _told("in the stream, in no event log", sorted(counted.keys() - logged))
    found += _told("twice in the stream", [id_ for id_, count in counted.items() if count > 1])
    return found


def in_order(stream: Sequence[Envelope]) -> Violations:
    """Each aggregate's events follow one another in the stream, from the first."""
    last: Counter[str] = Counter()
    found: Violations = []
    for envelope in stream:
        version = envelope.aggregate_version
        if version != last[envelope.subject] + 1:
            found.append(f"{envelope.subject}: {version} follows {last[envelope.subject]}")
        last[envelope.subject] = version
    return found


async def received(
    dsn: str, service: str, stream: Sequence[Envelope], effects: str | None = None
) -> Violations:
    """Each consumer of the service took in each of its events once, and none is parked.

    `effects` is a query for the event ids that had an effect.
    """
    found: Violations = []
    async with looking_into(dsn) as database:
        parked = await database.fetch("SELECT event_id FROM parked")
        had = [row[0] for row in await database.fetch(effects)] if effects else None
        inbox = await database.fetch("SELECT consumer, event_id FROM inbox")
    found += _told(f"{service}: parked", [str(row["event_id"]) for row in parked])
    for consumer in topology.service(service).consumers:
        name = topology.durable(service, consumer)
        due = {each.id for each in stream if _context(each) in consumer.contexts}
        taken = {row["event_id"] for row in inbox if row["consumer"] == name}
        found += _differences(f"{name}: inbox", taken, due)
        if had is not None:
            found += _differences(f"{name}: effects", set(had), due)
            twice = [str(id_) for id_, count in Counter(had).items() if count > 1]
            found += _told(f"{name}: had its effect twice", twice)
    return found


def clocks(stream: Iterable[Envelope]) -> Violations:
    """Each clock warned and was breached once per norm, a breach at its due moment."""
    told: Counter[tuple[str, int, str, str]] = Counter()
    norms: Counter[str] = Counter()
    found: Violations = []
    for envelope in stream:
        name, data = envelope.type.split(".")[3], envelope.data
        norms[envelope.subject] += name in NORM_EVENTS
        if name in CLOCK_EVENTS:
            told[envelope.subject, norms[envelope.subject], name, data["clock_name"]] += 1
        if name == "sla-breached" and data["occurred_at"] != data["due"]:
            found.append(f"{envelope.subject}: breached at {data['occurred_at']}, {data['due']}")
    return found + [
        f"{ticket}: {name} of {clock} told {count} times under one norm"
        for (ticket, _, name, clock), count in told.items()
        if count > 1
    ]


async def overdue_timers(dsn: str) -> Violations:
    """No timer is due that has not fired."""
    async with looking_into(dsn) as database:
        rows = await database.fetch("SELECT kind, key FROM timer WHERE due_at < now()")
    return _told("timers overdue", [f"{row['kind']}/{row['key']}" for row in rows])


async def configuration(provisioner: Client, *, replicas: int = 1) -> Violations:
    """Stream and consumers are as they were provisioned, whatever was restarted."""
    try:
        await check(provisioner, replicas=replicas)
    except Drift as drift:
        return list(drift.differences)
    return []


@dataclass(slots=True)
class Checkpoints:
    """Watches a checkpoint that may only go forward; one per generation of the read models."""

    highest: dict[tuple[str, str | None], int] = field(default_factory=dict)
    found: Violations = field(default_factory=list)

    async def look(self, dsn: str) -> None:
        async with looking_into(dsn) as database:
            rows = await database.fetch("SELECT schema, stream, sequence FROM generation")
        for row in rows:
            self.see(row["schema"], row["stream"], row["sequence"])

    def see(self, generation: str, stream: str | None, sequence: int) -> None:
        highest = self.highest.get((generation, stream), 0)
        if sequence < highest:
            self.found.append(f"checkpoint of {generation} went back from {highest} to {sequence}")
        self.highest[generation, stream] = max(highest, sequence)


def _context(envelope: Envelope) -> str:
    return envelope.type.split(".")[2]


def _differences(what: str, present: set[UUID], due: set[UUID]) -> Violations:
    return _told(f"{what} lacks", sorted(map(str, due - present))) + _told(
        f"{what} has besides", sorted(map(str, present - due))
    )


def _told(what: str, which: Sequence[str]) -> Violations:
    if not which:
        return []
    more = f" and {len(which) - SHOWN} more" if len(which) > SHOWN else ""
    return [f"{what}: {', '.join(which[:SHOWN])}{more}"]
