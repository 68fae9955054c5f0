"""What became of people's data: whose a ticket is, who was erased, and what is left of them."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import timedelta
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from chassis.command import Context
from services.tickets.access import require_privacy_officer
from services.tickets.commands import Pseudonym, TicketNumber
from services.tickets.errors import ErasureUnknown, RequesterUnknown
from services.tickets.repository import Work
from services.tickets.repository.erasures import Erasure


class Params(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PersonOf(Params):
    """Who asked `ticket`, or has this pseudonym; one of the two."""

    ticket: TicketNumber | None = None
    requester: Pseudonym | None = None


class ErasurePage(Params):
    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=25, ge=1, le=100)


class ErasureOf(Params):
    erasure: UUID


async def person(params: PersonOf, context: Context, work: Work) -> Mapping[str, Any]:
    """A person by pseudonym: how many tickets, and which of them have not ended.

    Raises `RequesterUnknown`.
    """
    require_privacy_officer(context)
    requester = params.requester
    if params.ticket is not None:
        found = await work.tickets.personal([params.ticket])
        requester = found[params.ticket].requester if found else None
    counted = await work.erasures.count(requester) if requester else None
    if counted is None:
        raise RequesterUnknown("ticket" if params.ticket else "requester")
    return {"requester": requester, "tickets": counted.tickets, "open": counted.open}


async def erasures(params: ErasurePage, context: Context, work: Work) -> Mapping[str, Any]:
    """Who was erased on request, the last one first."""
    require_privacy_officer(context)
    found, total = await work.erasures.page(params.page, params.size)
    return {
        "erasures": [_told(each) for each in found],
        "total": total,
        "page": params.page,
        "size": params.size,
    }


async def erasure(params: ErasureOf, context: Context, work: Work) -> Mapping[str, Any]:
    """An erasure, and what is left of the person at this moment, looked up where it could be.

    Raises `ErasureUnknown`.
    """
    require_privacy_officer(context)
    found = await work.erasures.get(params.erasure)
    if found is None:
        raise ErasureUnknown
    awaited = await work.erasures.awaited(found)
    erased = sorted(set(found.tickets) - set(awaited))
    events = await work.copies.events(found.subject, erased)
    backups = await work.copies.backups(found, erased)
    keep = timedelta(days=work.policy.backup_days)
    last = backups.last_before
    return {
        **_told(found),
        "checked_at": context.recorded_at,
        "erased": erased,
        "awaited": awaited,
        "keys": await work.copies.keys(found.subject, erased),
        "event_log": asdict(events.log),
        "stream": asdict(events.stream),
        "pseudonyms": events.pseudonyms,
        "rows": await work.copies.rows(erased),
        "replies": await work.copies.replies(found, erased),
        "processing_lines": await _lines_about(found.subject, work),
        "backups": {
            "made": backups.made,
            "last": last,
            "kept_days": work.policy.backup_days,
            "gone_at": None if last is None else last + keep,
        },
    }


async def _lines_about(subject: str, work: Work) -> int:
    _, total = await work.processing.page(subject=subject, since=None, until=None, page=1, size=1)
    return total


def _told(erasure: Erasure) -> dict[str, Any]:
    return {
        "erasure": str(erasure.id),
        "subject": erasure.subject,
        "asked_at": erasure.asked_at,
        "tickets": len(erasure.tickets),
    }
