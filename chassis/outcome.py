"""Writing what a handler decided: its rows, events, timers, log lines and the kept reply.

All of it goes in one statement, so that this costs one round trip whether a command yields one
event or a thousand, and whether it is written alone or along with others.
"""

import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from chassis import processing_log
from chassis.command import Change, Context, Outcome, Timer, Write
from chassis.errors import EventTooLarge
from contracts.envelope import MAX_BYTES, message

_APPEND = """
    INSERT INTO event_log (event_id, aggregate, version, subject, envelope, trace, recorded_at)
    SELECT id, aggregate, version, subject, envelope::json, trace::json, recorded_at
    FROM unnest(
        CAST(:ids AS uuid[]), CAST(:aggregates AS text[]), CAST(:versions AS integer[]),
        CAST(:subjects AS text[]), CAST(:envelopes AS text[]), CAST(:traces AS text[]),
        CAST(:moments AS timestamptz[])
    ) WITH ORDINALITY
        AS e(id, aggregate, version, subject, envelope, trace, recorded_at, position)
    ORDER BY position
"""
_SET_TIMERS = """
    INSERT INTO timer (kind, key, due_at, trace)
    SELECT kind, key, due_at, trace::json
    FROM unnest(
        CAST(:kinds AS text[]), CAST(:keys AS text[]), CAST(:dues AS timestamptz[]),
        CAST(:traces AS text[])
    ) AS t(kind, key, due_at, trace)
    ON CONFLICT (kind, key) DO UPDATE
    SET due_at = excluded.due_at, trace = excluded.trace, attempts = 0, retry_at = NULL
"""
_TAKE_TIMERS_BACK = """
    DELETE FROM timer
    USING unnest(CAST(:kinds AS text[]), CAST(:keys AS text[])) AS t(kind, key)
    WHERE timer.kind = t.kind AND timer.key = t.key
"""
_KEEP_REPLY = """
    INSERT INTO command_reply (actor, command_id, fingerprint, reply, recorded_at)
    SELECT actor, command_id, fingerprint, reply::json, recorded_at
    FROM unnest(
        CAST(:actors AS text[]), CAST(:commands AS text[]), CAST(:fingerprints AS bytea[]),
        CAST(:replies AS text[]), CAST(:moments AS timestamptz[])
    ) AS r(actor, command_id, fingerprint, reply, recorded_at)
"""
_PARAMETER = re.compile(r"(?<!:):(\w+)")

Execute = Callable[..., Awaitable[Any]]
"""Executes a statement with `$1` for the first of the values that follow it."""


class _Row(NamedTuple):
    """A row of the event log."""

    id: UUID
    aggregate: str
    version: int
    subject: str
    envelope: bytes


async def save(
    session: AsyncSession,
    outcome: Outcome,
    context: Context,
    source: str,
    *,
    fingerprint: bytes | None = None,
    ended: datetime | None = None,
) -> None:
    """Write all that the outcome says, in one round trip. Does not commit.

    Raises what `writes` raises.
    """
    told = writes(outcome, context, source, fingerprint=fingerprint, ended=ended)
    connection = await session.connection()
    await write(
        lambda statement, *values: connection.exec_driver_sql(statement, values),
        told,
    )


def writes(
    outcome: Outcome,
    context: Context,
    source: str,
    *,
    fingerprint: bytes | None = None,
    ended: datetime | None = None,
) -> list[Write]:
    """The rows of an outcome: the service's own, and those of the chassis.

    With the fingerprint of a command its reply is kept as well; personal data that was processed
    until `ended` gets its lines in the processing log. Raises `EventTooLarge`.
    """
    trace = orjson.dumps(dict(context.trace)).decode()
    found = [
        *outcome.writes,
        _events(list(_rows(outcome.changes, context, source)), trace, context.recorded_at),
        *_timers(outcome.timers, trace),
    ]
    if outcome.processing:
        until = ended or context.recorded_at
        lines = processing_log.rows(outcome.processing, context, source, until)
        found.append(Write(processing_log.INSERT, lines))
    if fingerprint is not None:
        found.append(_reply(outcome, context, fingerprint))
    return found


async def write(execute: Execute, rows: Iterable[Write]) -> None:
    """Write rows, of one outcome or of several, in one statement."""
    merged: dict[str, dict[str, list[Any]]] = {}
    for each in rows:
        if any(each.columns.values()):
            columns = merged.setdefault(each.statement, {name: [] for name in each.columns})
            for name, values in each.columns.items():
                columns[name].extend(values)
    if merged:
        together, parameters = _together(tuple(merged))
        await execute(together, *(merged[each][name] for each, name in parameters))


@lru_cache
def _together(statements: tuple[str, ...]) -> tuple[str, list[tuple[str, str]]]:
    """The statements as one, and of which of them each of its parameters is which."""
    parameters: list[tuple[str, str]] = []

    def numbered(statement: str) -> str:
        def number(name: re.Match[str]) -> str:
            parameters.append((statement, name[1]))
            return f"${len(parameters)}"

        return _PARAMETER.sub(number, statement)

    *along, last = map(numbered, statements)
    named = ", ".join(f"along_{place} AS ({each})" for place, each in enumerate(along))
    return f"WITH {named} {last}" if named else last, parameters


def _rows(changes: Sequence[Change], context: Context, source: str) -> Iterator[_Row]:
    for change in changes:
        for version, event in enumerate(change.events, start=change.version + 1):
            id_ = uuid7()
            envelope = message(
                event,
                id=id_,
                source=source,
                aggregate=change.aggregate,
                version=version,
                recorded_at=context.recorded_at,
                correlation=context.command_id,
                trace=context.trace,
            )
            yield _Row(id_, change.aggregate, version, event.subject(), envelope)


def _events(rows: Sequence[_Row], trace: str, recorded_at: datetime) -> Write:
    if (size := max((len(row.envelope) for row in rows), default=0)) > MAX_BYTES:
        raise EventTooLarge(size=size, maximum=MAX_BYTES)
    columns: dict[str, list[Any]] = {
        "ids": [row.id for row in rows],
        "aggregates": [row.aggregate for row in rows],
        "versions": [row.version for row in rows],
        "subjects": [row.subject for row in rows],
        "envelopes": [row.envelope.decode() for row in rows],
        "traces": [trace] * len(rows),
        "moments": [recorded_at] * len(rows),
    }
    return Write(_APPEND, columns)


def _timers(timers: Sequence[Timer], trace: str) -> tuple[Write, Write]:
    wanted = [timer for timer in timers if timer.due_at is not None]
    unwanted = [timer for timer in timers if timer.due_at is None]
    set_: dict[str, list[Any]] = {
        "kinds": [timer.kind for timer in wanted],
        "keys": [timer.key for timer in wanted],
        "dues": [timer.due_at for timer in wanted],
        "traces": [trace] * len(wanted),
    }
    taken_back: dict[str, list[Any]] = {
        "kinds": [timer.kind for timer in unwanted],
        "keys": [timer.key for timer in unwanted],
    }
    return Write(_SET_TIMERS, set_), Write(_TAKE_TIMERS_BACK, taken_back)


def _reply(outcome: Outcome, context: Context, fingerprint: bytes) -> Write:
    columns: dict[str, list[Any]] = {
        "actors": [context.actor],
        "commands": [context.command_id],
        "fingerprints": [fingerprint],
        "replies": [orjson.dumps(outcome.reply).decode()],
        "moments": [context.recorded_at],
    }
    return Write(_KEEP_REPLY, columns)
