"""What waits to be made of the past: in the database, so that it outlives a process.

One process at a time works through them (`worker.py`); all of them may add and ask how far it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import orjson
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import Fault
from services.projection.as_of import AsOf
from services.projection.errors import ReportJobsFull
from services.projection.reporting.question import Question
from services.projection.settings import Limits

CHANNEL = "report_job"
ATTEMPTS = 3
"""How often one may be begun: what takes its process along each time is given up."""
AGAIN = timedelta(minutes=1)
"""After this, what failed is tried anew when it is asked again."""
PATIENCE = timedelta(minutes=1)
"""What waits longer goes before what could share the replay that is open."""
KEPT = timedelta(hours=1)
"""How long what a figure is made of, or why something failed, can be had."""

_FIND = text(
    "SELECT id, state, folded, of, ended_at, faults, answer FROM report_job WHERE id = :id"
)
_WAITING = text("""
    SELECT count(*) AS everybodys, count(*) FILTER (WHERE asked_by = :asker) AS askers
    FROM report_job WHERE state = 'waiting'
""")
_ADD = text("""
    INSERT INTO report_job (id, question, asked_by, behind, as_of, on_day, asked_at)
    VALUES (:id, :question, :asker, :behind, :as_of, :on_day, :now)
    ON CONFLICT (id) DO UPDATE SET state = 'waiting', folded = 0, of = 0, attempts = 0,
        asked_by = excluded.asked_by, behind = excluded.behind, asked_at = excluded.asked_at,
        ended_at = NULL, faults = NULL, answer = NULL
    WHERE report_job.state IN ('failed', 'done')
""")
_WAKE = text("SELECT pg_notify(:channel, '')")
_RESET = text("UPDATE report_job SET state = 'waiting' WHERE state = 'running'")
_GIVE_BACK = text("""
    UPDATE report_job SET state = 'waiting', attempts = attempts - 1
    WHERE id = :id AND state = 'running'
""")
_NEXT = text("""
    UPDATE report_job SET state = 'running', attempts = attempts + 1
    WHERE id = (
        SELECT id FROM report_job WHERE state = 'waiting'
        ORDER BY asked_at >= :impatient,
            (as_of, on_day) IS DISTINCT FROM (CAST(:as_of AS bigint), CAST(:on_day AS date)),
            behind, asked_at, id
        LIMIT 1)
    RETURNING id, question, attempts
""")
_PROGRESS = text("""
    UPDATE report_job SET folded = :folded, of = :of
    WHERE state IN ('waiting', 'running')
      AND (as_of, on_day) IS NOT DISTINCT FROM (CAST(:as_of AS bigint), CAST(:on_day AS date))
""")
_DROP = text("DELETE FROM report_job WHERE id = :id")
_ANSWER = text("""
    UPDATE report_job SET state = 'done', answer = :answer, ended_at = :now WHERE id = :id
""")
_FAIL = text("""
    UPDATE report_job SET state = 'failed', faults = :faults, ended_at = :now WHERE id = :id
""")
_FORGET = text("DELETE FROM report_job WHERE ended_at < :before")


@dataclass(frozen=True, slots=True)
class Job:
    """`done` of `of` events are folded. It has an `answer` once done, and `faults` if it failed."""

    id: str
    state: str
    done: int
    of: int
    ended_at: datetime | None = None
    faults: Sequence[Fault] = ()
    answer: Mapping[str, Any] | None = None

    def told(self) -> dict[str, Any]:
        return {"id": self.id, "state": self.state, "done": self.done, "of": self.of}


async def ensure(
    session: AsyncSession, question: Question, context: Context, limits: Limits
) -> Job:
    """The job that answers a question; one that failed a while ago begins anew.

    Raises `ReportJobsFull` when as many others wait as may, of everybody or of the caller.
    """
    now = context.recorded_at
    found = await find(session, question.id)
    if found and not (found.state == "failed" and _a_while_ago(found, now)):
        return found
    values = {
        "id": question.id,
        "question": question.model_dump_json(),
        "asker": context.actor,
        "behind": await _places(session, context.actor, limits),
        "now": now,
    }
    await session.execute(_ADD, {**values, **_past(question.past)})
    await session.execute(_WAKE, {"channel": CHANNEL})
    return Job(question.id, "waiting", 0, 0)


async def _places(session: AsyncSession, asker: str, limits: Limits) -> int:
    """How many of the caller's own wait already: others' first ones go before its next."""
    waiting = (await session.execute(_WAITING, {"asker": asker})).one()
    if waiting.everybodys >= limits.waiting:
        raise ReportJobsFull(waiting=waiting.everybodys)
    if waiting.askers >= limits.waiting_each:
        raise ReportJobsFull(waiting=waiting.askers)
    return int(waiting.askers)


async def find(session: AsyncSession, id_: str) -> Job | None:
    row = (await session.execute(_FIND, {"id": id_})).first()
    if row is None:
        return None
    faults = [Fault.model_validate(each) for each in orjson.loads(row.faults or "[]")]
    answer = orjson.loads(row.answer) if row.answer else None
    return Job(row.id, row.state, row.folded, row.of, row.ended_at, faults, answer)


async def reset(session: AsyncSession) -> None:
    """What a process that ended was making waits again; for whoever alone works on them."""
    await session.execute(_RESET)


async def give_back(session: AsyncSession, id_: str) -> None:
    """Let it wait again as if it had not been begun: what broke it off was not its own doing."""
    await session.execute(_GIVE_BACK, {"id": id_})


async def begin_next(
    session: AsyncSession, past: AsOf | None, now: datetime
) -> tuple[Question, int] | None:
    """Begin the next, and how often it was begun.

    Those of this past come first, and of those everybody's first before anybody's second; but
    before them whatever waits for longer than `PATIENCE`.
    """
    bound = {**_past(past or AsOf()), "impatient": now - PATIENCE}
    while row := (await session.execute(_NEXT, bound)).first():
        try:
            return Question.model_validate_json(row.question), row.attempts
        except ValidationError:  # of another release: whoever wants it asks again
            await drop(session, row.id)
    return None


async def tell(session: AsyncSession, past: AsOf, done: int, of: int) -> None:
    """How far the replay is that all jobs of this past share."""
    await session.execute(_PROGRESS, {**_past(past), "folded": done, "of": of})


async def drop(session: AsyncSession, id_: str) -> None:
    await session.execute(_DROP, {"id": id_})


async def answer(session: AsyncSession, id_: str, told: Mapping[str, Any], now: datetime) -> None:
    await session.execute(_ANSWER, {"id": id_, "answer": orjson.dumps(told), "now": now})


async def fail(session: AsyncSession, id_: str, faults: Sequence[Fault], now: datetime) -> None:
    written = orjson.dumps([fault.model_dump() for fault in faults]).decode()
    await session.execute(_FAIL, {"id": id_, "faults": written, "now": now})


async def forget(session: AsyncSession, now: datetime) -> None:
    await session.execute(_FORGET, {"before": now - KEPT})


def _past(past: AsOf) -> dict[str, Any]:
    return {"as_of": past.sequence, "on_day": past.on}


def _a_while_ago(job: Job, now: datetime) -> bool:
    return job.ended_at is not None and now - job.ended_at > AGAIN
