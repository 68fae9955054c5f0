"""Documents that are kept: never changed, and found again by what was asked."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any

import orjson
from prometheus_client import Counter
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Report, canonical
from services.projection.reporting.question import Question

COLUMNS = "id, report, partner, period, as_of, on_day, sequence, sha256, made_at, scheduled"
_KEEP = text(f"""
    INSERT INTO kept_report ({COLUMNS}, document)
    VALUES (:id, :report, :partner, :period, :as_of, :on_day, :sequence, :sha256, :made_at,
            :scheduled, :document)
    ON CONFLICT DO NOTHING RETURNING id
""")  # noqa: S608  own names
_FIND = text(f"SELECT {COLUMNS}, document FROM kept_report WHERE id = :id")  # noqa: S608  own names
_MADE = text(
    "SELECT report, partner, period FROM kept_report WHERE scheduled AND report = ANY(:of)"
)
_FORGET = text("DELETE FROM kept_report WHERE NOT scheduled AND made_at < :before")

MADE = Counter("bodemplaat_reports_made_total", "Reports that were made and kept", ["by"])


@dataclass(frozen=True, slots=True)
class Kept:
    """`as_of` and `on_day` are null of what was live when it was made."""

    id: str
    report: str
    partner: str | None
    period: str
    as_of: int | None
    on_day: date | None
    sequence: int
    sha256: str
    made_at: datetime
    scheduled: bool

    def told(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "report": self.report,
            "partner": self.partner,
            "period": self.period,
            "as_of": self.as_of,
            "on": self.on_day,
            "sequence": self.sequence,
            "sha256": self.sha256,
            "kept_at": self.made_at,
            "scheduled": self.scheduled,
        }


async def keep(
    session: AsyncSession,
    question: Question,
    document: Report,
    made_at: datetime,
    *,
    scheduled: bool = False,
) -> Kept:
    """Keep the answer to a question; one that is kept already stays as it is."""
    written = canonical(document)
    row = Kept(
        id=question.id,
        report=question.report,
        partner=question.partner,
        period=question.period,
        as_of=question.as_of,
        on_day=question.on,
        sequence=document.sequence,
        sha256=sha256(written).hexdigest(),
        made_at=made_at,
        scheduled=scheduled,
    )
    values = {name: getattr(row, name) for name in Kept.__slots__}
    if (await session.execute(_KEEP, {**values, "document": written})).first():
        MADE.labels("schedule" if scheduled else "request").inc()
    return row


async def find(session: AsyncSession, id_: str) -> tuple[Kept, dict[str, Any]] | None:
    """With the document as it was written, whatever its shape is by now."""
    row = (await session.execute(_FIND, {"id": id_})).first()
    if row is None:
        return None
    *facts, document = row
    return Kept(*facts), orjson.loads(document)


async def scheduled(
    session: AsyncSession, reports: Collection[str]
) -> set[tuple[str, str | None, str]]:
    """Report, partner and period of those of these reports that were made by schedule."""
    rows = await session.execute(_MADE, {"of": list(reports)})
    return {(row.report, row.partner, row.period) for row in rows}


async def forget(session: AsyncSession, before: datetime) -> None:
    """Drop what somebody asked to be kept before a moment; what the schedule made stays."""
    await session.execute(_FORGET, {"before": before})
