"""Writing what a handler decided: events, timers and the kept reply, in the caller's transaction.

All of it goes in one statement, so that a command costs one round trip for this whether it yields
one event or a thousand.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

import orjson
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession
from uuid_utils.compat import uuid7

from chassis import processing_log
from chassis.command import Change, Context, Outcome, Processing, Timer
from chassis.errors import EventTooLarge
from contracts.envelope import MAX_BYTES, message

_RECORD = """
    WITH appended AS (
        INSERT INTO event_log (event_id, aggregate, version, subject, envelope, trace, recorded_at)
        SELECT id, aggregate, version, subject, envelope::json, CAST(:trace AS json), :recorded_at
        FROM unnest(
            CAST(:ids AS uuid[]), CAST(:aggregates AS text[]), CAST(:versions AS integer[]),
            CAST(:subjects AS text[]), CAST(:envelopes AS text[])
        ) WITH ORDINALITY AS e(id, aggregate, version, subject, envelope, position)
        ORDER BY position
    ), timers_set AS (
        INSERT INTO timer (kind, key, due_at, trace)
        SELECT kind, key, due_at, CAST(:trace AS json)
        FROM unnest(
            CAST(:kinds_set AS text[]), CAST(:keys_set AS text[]), CAST(:dues AS timestamptz[])
        ) AS t(kind, key, due_at)
        ON CONFLICT (kind, key) DO UPDATE
        SET due_at = excluded.due_at, trace = excluded.trace, attempts = 0, retry_at = NULL
    ), timers_taken_back AS (
        DELETE FROM timer
        USING unnest(CAST(:kinds_back AS text[]), CAST(:keys_back AS text[])) AS t(kind, key)
        WHERE timer.kind = t.kind AND timer.key = t.key
    ) {logged}
    INSERT INTO command_reply (actor, command_id, fingerprint, reply, recorded_at)
    SELECT :actor, :command_id, :fingerprint, CAST(:reply AS json), :recorded_at
    WHERE CAST(:fingerprint AS bytea) IS NOT NULL
"""
_RECORD_ONLY = text(_RECORD.format(logged=""))
_RECORD_AND_LOG = text(_RECORD.format(logged=f", logged AS ({processing_log.INSERT})"))


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
    """Append the outcome's events to the event log and set its timers. Does not commit.

    With the fingerprint of a command its reply is kept as well; personal data that was processed
    until `ended` gets its lines in the processing log. Raises `EventTooLarge`.
    """
    rows = list(_rows(outcome.changes, context, source))
    processing = outcome.processing
    await session.execute(
        _RECORD_AND_LOG if processing else _RECORD_ONLY,
        {
            **_events(rows),
            **_lines(processing, context, source, ended or context.recorded_at),
            **_timers(outcome.timers),
            "trace": orjson.dumps(dict(context.trace)).decode(),
            "recorded_at": context.recorded_at,
            "actor": context.actor,
            "command_id": context.command_id,
            "fingerprint": fingerprint,
            "reply": orjson.dumps(outcome.reply).decode(),
        },
    )


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


def _events(rows: Sequence[_Row]) -> dict[str, Any]:
    if (size := max((len(row.envelope) for row in rows), default=0)) > MAX_BYTES:
        raise EventTooLarge(size=size, maximum=MAX_BYTES)
    return {
        "ids": [row.id for row in rows],
        "aggregates": [row.aggregate for row in rows],
        "versions": [row.version for row in rows],
        "subjects": [row.subject for row in rows],
        "envelopes": [row.envelope.decode() for row in rows],
    }


def _lines(
    processing: Processing | None, context: Context, source: str, ended: datetime
) -> dict[str, Any]:
    return processing_log.rows(processing, context, source, ended) if processing else {}


def _timers(timers: Sequence[Timer]) -> dict[str, Any]:
    wanted = [timer for timer in timers if timer.due_at is not None]
    unwanted = [timer for timer in timers if timer.due_at is None]
    return {
        "kinds_set": [timer.kind for timer in wanted],
        "keys_set": [timer.key for timer in wanted],
        "dues": [timer.due_at for timer in wanted],
        "kinds_back": [timer.kind for timer in unwanted],
        "keys_back": [timer.key for timer in unwanted],
    }
