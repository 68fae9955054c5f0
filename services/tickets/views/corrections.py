"""Corrections and what they do, within the scope of who asks: a partner sees its own tickets."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from chassis.command import Context
from contracts.tickets import Kept
from contracts.values import Domain, ItemCode, PartnerSlug
from services.tickets.access import sees_corrections
from services.tickets.commands import CorrectionNumber
from services.tickets.domain.correction.state import Correction
from services.tickets.errors import CorrectionUnknown
from services.tickets.repository import Work
from services.tickets.repository.corrections import Progress, totals_of

PER = ("partner", "domain", "item")
Turned = Literal["in-time", "late"]
Page = Annotated[int, Field(ge=1, le=100_000)]
Size = Annotated[int, Field(ge=1, le=1000)]
_SHOWN = {"proposed": "computing", "previewed": "ready", "accepted": "applying"}


class Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CorrectionsOf(Asked):
    page: Page = 1
    size: Size = 25


class CorrectionOf(Asked):
    correction: CorrectionNumber


class CorrectionTicketsOf(Asked):
    """`item` is `-` for those out of catalogue.

    `changed`: only those of which more changes than which norm is named.
    `turned`: only those of which a clock turns out to have been in time after all, or late.
    """

    correction: CorrectionNumber
    partner: PartnerSlug | None = None
    domain: Domain | None = None
    item: ItemCode | Literal["-"] | None = None
    changed: bool = True
    turned: Turned | None = None
    page: Page = 1
    size: Size = 25


async def corrections(params: CorrectionsOf, context: Context, work: Work) -> Mapping[str, Any]:
    """The newest first; for a partner those that concern its tickets."""
    rows, total = await work.corrections.listed(
        _scope(context), limit=params.size, offset=(params.page - 1) * params.size
    )
    return {
        "items": [_told(row, _scope(context)) for row in rows],
        "total": total,
        "page": params.page,
        "size": params.size,
    }


async def correction(params: CorrectionOf, context: Context, work: Work) -> Mapping[str, Any]:
    """One correction, with its figures per partner, field of work and item.

    `moved` counts the tickets that have gone on since the preview, for as long as it is undecided;
    a partner is not told of those of others.
    Raises `CorrectionUnknown`, also for a partner none of whose tickets it concerns.
    """
    number, scope = params.correction, _scope(context)
    row = await _known(number, context, work)
    per = {
        name: [_group(each) for each in await work.corrections.per(number, name, scope)]
        for name in PER
    }
    counts = row["status"] == "previewed" and scope is None
    moved = await work.corrections.count_moved(number) if counts else 0
    return {"correction": {**_told(row, scope), "moved": moved, "per": per}}


async def correction_tickets(
    params: CorrectionTicketsOf, context: Context, work: Work
) -> Mapping[str, Any]:
    """Ticket by ticket how its clocks stood and how they stand with the correction.

    Raises `CorrectionUnknown`.
    """
    await _known(params.correction, context, work)
    rows, total = await work.corrections.tickets(
        params.correction,
        _scope(context),
        params.model_dump(include={"partner", "domain", "item", "changed", "turned"}),
        limit=params.size,
        offset=(params.page - 1) * params.size,
    )
    return {"tickets": rows, "total": total, "page": params.page, "size": params.size}


async def _known(number: str, context: Context, work: Work) -> Mapping[str, Any]:
    row = await work.corrections.told(number, _scope(context))
    if row is None:
        raise CorrectionUnknown("correction", correction=number)
    return row


def _scope(context: Context) -> Sequence[str] | None:
    """The partners whose tickets are seen, `None` for all."""
    if not sees_corrections(context):
        return ()
    return None if context.partners is None else sorted(context.partners)


def _told(row: Mapping[str, Any], scope: Sequence[str] | None) -> dict[str, Any]:
    """`progress` goes over the tickets of all partners: none of them is told it."""
    state = Correction.model_validate(row["state"])
    progress = Progress.model_validate(row["progress"])
    status = "computing" if progress.refreshing else _SHOWN.get(state.status, state.status)
    return {
        "correction": state.correction,
        "version": state.version,
        "status": status,
        **state.subject.model_dump(mode="json"),
        "reason": state.reason,
        "proposed_at": state.proposed_at,
        "decided_at": state.decided_at,
        "decision_reason": state.decision_reason,
        "progress": _progress(progress, row) if scope is None else None,
        **_figures(row),
    }


def _progress(progress: Progress, row: Mapping[str, Any]) -> dict[str, int]:
    """Tickets looked at for the preview, and corrected after it was accepted, of how many."""
    return {
        "looked_at": progress.looked_at,
        "to_look_at": max(progress.to_look_at, progress.looked_at),
        "corrected": row["applied"],
        "to_correct": row["concerned"],
    }


def _group(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": row["name"], **_figures(row)}


def _figures(row: Mapping[str, Any]) -> dict[str, Any]:
    totals = totals_of(row)
    return {
        "concerned": totals.concerned,
        "changed": totals.changed,
        "response": _both(totals.response_before, totals.response_after),
        "resolution": _both(totals.resolution_before, totals.resolution_after),
    }


def _both(before: Kept, after: Kept) -> dict[str, Any]:
    return {"before": _kept(before), "after": _kept(after)}


def _kept(kept: Kept) -> dict[str, Any]:
    return {**kept.model_dump(), "percentage": percentage(kept)}


def percentage(kept: Kept) -> str | None:
    """With one decimal, half up; `None` of nothing."""
    if not kept.counted:
        return None
    share = Decimal(100 * kept.within) / Decimal(kept.counted)
    return str(share.quantize(Decimal("0.1"), ROUND_HALF_UP))
