"""Writing what a handler decided: events, timers and the kept reply, in the caller's transaction.

Rows of one kind go in one statement, so that a command costs the same few round trips whether it
yields one event or a thousand.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from chassis.command import Change, Context, Outcome, Timer
from chassis.errors import EventTooLarge
from contracts.envelope import MAX_BYTES, message

_APPEND = text("""
    INSERT INTO event_log (event_id, aggregate, version, subject, envelope, trace, recorded_at)
    SELECT id, aggregate, version, subject, envelope::json, CAST(:trace AS json), :recorded_at
    FROM unnest(
        CAST(:ids AS uuid[]), CAST(:aggregates AS text[]), CAST(:versions AS integer[]),
        CAST(:subjects AS text[]), CAST(:envelopes AS text[])
    ) WITH ORDINALITY AS e(id, aggregate, version, subject, envelope, position)
    ORDER BY position
""")
_SET_TIMERS = text("""
    INSERT INTO timer (kind, key, due_at, trace)
    SELECT kind, key, due_at, CAST(:trace AS json)
    FROM unnest(CAST(:kinds AS text[]), CAST(:keys AS text[]), CAST(:dues AS timestamptz[]))
        AS t(kind, key, due_at)
    ON CONFLICT (kind, key) DO UPDATE
    SET due_at = excluded.due_at, trace = excluded.trace, attempts = 0, retry_at = NULL
""")
_TAKE_BACK_TIMERS = text("""
    DELETE FROM timer USING unnest(CAST(:kinds AS text[]), CAST(:keys AS text[])) AS t(kind, key)
    WHERE timer.kind = t.kind AND timer.key = t.key
""")


class _Row(NamedTuple):
    """A row of the event log."""

    id: UUID
    aggregate: str
    version: int
    subject: str
    envelope: bytes


async def save(session: AsyncSession, outcome: Outcome, context: Context, source: str) -> None:
    """Append the outcome's events to the event log and set its timers. Does not commit."""
    trace = orjson.dumps(dict(context.trace)).decode()
    rows = list(_rows(outcome.changes, context, source))
    if rows:
        await _append(session, rows, context.recorded_at, trace)
    await _set_timers(session, outcome.timers, trace)


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


async def _append(
    session: AsyncSession, rows: Sequence[_Row], recorded_at: datetime, trace: str
) -> None:
    if (size := max(len(row.envelope) for row in rows)) > MAX_BYTES:
        raise EventTooLarge(size=size, maximum=MAX_BYTES)
    await session.execute(
        _APPEND,
        {
            "ids": [row.id for row in rows],
            "aggregates": [row.aggregate for row in rows],
            "versions": [row.version for row in rows],
            "subjects": [row.subject for row in rows],
            "envelopes": [row.envelope.decode() for row in rows],
            "recorded_at": recorded_at,
            "trace": trace,
        },
    )


async def _set_timers(session: AsyncSession, timers: Sequence[Timer], trace: str) -> None:
    if wanted := [timer for timer in timers if timer.due_at is not None]:
        await session.execute(
            _SET_TIMERS,
            {
                "kinds": [timer.kind for timer in wanted],
                "keys": [timer.key for timer in wanted],
                "dues": [timer.due_at for timer in wanted],
                "trace": trace,
            },
        )
    if unwanted := [timer for timer in timers if timer.due_at is None]:
        await session.execute(
            _TAKE_BACK_TIMERS,
            {
                "kinds": [timer.kind for timer in unwanted],
                "keys": [timer.key for timer in unwanted],
            },
        )
