"""The processing log: who processed whose personal data, when and for what.

Logboek Dataverwerkingen (LDV) 1.0. A line per data subject, never sampled. It is written in the
transaction that reads or changes the data, so there is no answer without its lines: a reading
whose lines cannot be written is refused. Like events, lines are safe once PostgreSQL has them;
from there they are relayed to the stream `PROCESSING`, from which nothing can be taken, each batch
confirmed. They are marked, never deleted or changed: the runtime role may not.
"""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import version
from typing import Any

import orjson
from opentelemetry import trace
from opentelemetry.trace import SpanContext, format_span_id, format_trace_id
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context, Processing
from chassis.errors import DomainError

TABLE = """
CREATE TABLE processing_line (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject text NOT NULL,
    recorded_at timestamptz NOT NULL,
    line json NOT NULL,
    published_at timestamptz
);
CREATE INDEX processing_line_subject ON processing_line (subject, id);
CREATE INDEX processing_line_recorded ON processing_line (recorded_at, id);
CREATE INDEX processing_line_unpublished ON processing_line (id) WHERE published_at IS NULL
"""
_APPEND_ONLY = """
DO $$
DECLARE name text;
BEGIN
    FOR name IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_name = 'processing_line' AND grantee <> current_user
    LOOP
        EXECUTE format('REVOKE UPDATE, DELETE ON processing_line FROM %I', name);
        EXECUTE format('GRANT UPDATE (published_at) ON processing_line TO %I', name);
    END LOOP;
END $$
"""
INSERT = """
    INSERT INTO processing_line (subject, recorded_at, line)
    SELECT subject, recorded_at, line::json
    FROM unnest(
        CAST(:data_subjects AS text[]), CAST(:logged AS timestamptz[]), CAST(:lines AS text[])
    ) AS l(subject, recorded_at, line)
"""
"""With the parameters that `rows` gives; also part of a larger statement."""
_WRITE = text(INSERT)
_WANTED = """
    FROM processing_line
    WHERE (CAST(:subject AS text) IS NULL OR subject = :subject)
      AND (CAST(:since AS timestamptz) IS NULL OR recorded_at >= :since)
      AND (CAST(:until AS timestamptz) IS NULL OR recorded_at < :until)
"""
_PAGE = text(f"SELECT line {_WANTED} ORDER BY id DESC LIMIT :size OFFSET :skipped")
_TOTAL = text(f"SELECT count(*) {_WANTED}")

SUBJECT_KIND = "pseudonym"
ACTOR = "bodemplaat.actor_id"
PACKAGE = "bodemplaat"


class ProcessingNotLogged(DomainError):
    """The processing log took no line of this; so nothing of it is told."""

    slug = "processing-log-unavailable"
    kind = "unavailable"


def create_table(op: Any) -> None:
    """Create the table of lines; `op` is Alembic's operations object."""
    for statement in TABLE.split(";"):
        op.execute(statement)
    op.execute(_APPEND_ONLY)


async def write(
    session: AsyncSession, processing: Processing, context: Context, source: str, ended: datetime
) -> None:
    """Write the lines of a reading, in its transaction. Raises `ProcessingNotLogged`."""
    if not processing.subjects:
        return
    try:
        await session.execute(_WRITE, rows(processing, context, source, ended))
    except DBAPIError as error:
        raise ProcessingNotLogged from error


def rows(
    processing: Processing, context: Context, source: str, ended: datetime
) -> dict[str, list[Any]]:
    """The columns of `INSERT`; `source` is the service's, as in envelopes."""
    subjects = sorted(processing.subjects)
    lines = _lines(subjects, processing.activity, context, source, ended)
    return {
        "data_subjects": subjects,
        "logged": [context.recorded_at] * len(subjects),
        "lines": list(lines),
    }


@cache
def _release() -> str:
    return version(PACKAGE)


def _lines(
    subjects: list[str], activity: str, context: Context, source: str, ended: datetime
) -> Iterator[str]:
    """Each is a span of its own below that of the operation, so that it can be named by its ids."""
    operation = trace.get_current_span().get_span_context()
    common = {
        "trace_id": format_trace_id(operation.trace_id),
        "parent_span_id": _span_id(operation),
        "status": "Ok",
        "name": context.operation,
        "start_time": _milliseconds(context.recorded_at),
        "end_time": _milliseconds(max(ended, context.recorded_at)),
        "resource": {"name": source.rpartition(":")[2], "version": _release()},
    }
    for subject in subjects:
        attributes = {
            "dpl.core.processing_activity_id": activity,
            "dpl.core.data_subject_id": subject,
            "dpl.core.data_subject_id_type": SUBJECT_KIND,
            ACTOR: context.actor,
        }
        line = {**common, "span_id": os.urandom(8).hex(), "attributes": attributes}
        yield orjson.dumps(line).decode()


def _span_id(span: SpanContext) -> str | None:
    return format_span_id(span.span_id) if span.is_valid else None


def _milliseconds(moment: datetime) -> int:
    """Since the epoch."""
    return int(moment.astimezone(UTC).timestamp() * 1000)


class ProcessingLog:
    """The log of one service, to be read."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def page(
        self,
        *,
        subject: str | None,
        since: datetime | None,
        until: datetime | None,
        page: int,
        size: int,
    ) -> tuple[list[Any], int]:
        """Lines about a person, of a period, or all; the newest first. And how many in all."""
        wanted = {"subject": subject, "since": since, "until": until}
        shown = {**wanted, "size": size, "skipped": (page - 1) * size}
        lines = (await self._session.scalars(_PAGE, shown)).all()
        total = await self._session.scalar(_TOTAL, wanted)
        return list(lines), int(total or 0)
