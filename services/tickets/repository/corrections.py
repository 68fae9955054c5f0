"""Corrections and their previews ↔ rows, and the tickets that they are worked out for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time
from typing import Any

from pydantic import BaseModel, ConfigDict
from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession

from contracts.envelope import Envelope
from contracts.tickets import CorrectionTotals, Kept, TicketEvent
from services.tickets.domain.calendar import AMSTERDAM
from services.tickets.domain.correction.righting import Effect
from services.tickets.domain.correction.state import Correction
from services.tickets.domain.ticket import Ticket
from services.tickets.repository import correction_statements as statements

Row = Mapping[str, Any]


class Progress(BaseModel):
    """How far the work on a correction has come: numbers of tickets.

    `after` is the ticket up to which it was looked at, in the order of their numbers.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    after: str = ""
    looked_at: int = 0
    to_look_at: int = 0
    looked_through: bool = False
    refreshing: bool = False
    corrected: int = 0


class Corrections:
    """The corrections, each locked from loading it until the transaction ends."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def get(self, number: str) -> tuple[Correction, Progress] | None:
        found = await self._session.execute(statements.GET, {"number": number})
        row = found.one_or_none()
        if row is None:
            return None
        return Correction.model_validate(row.state), Progress.model_validate(row.progress)

    async def add(self, correction: Correction) -> None:
        await self._session.execute(statements.ADD, _row(correction, Progress()))

    async def save(self, correction: Correction, progress: Progress) -> None:
        """Write the state after its new events, and how far the work has come."""
        await self._session.execute(statements.SAVE, _row(correction, progress))

    async def candidates(self, correction: Correction, after: str, batch: int) -> Sequence[str]:
        """Tickets that something may change for, in the order of their numbers."""
        asked = {**_candidates(correction), "after": after, "batch": batch}
        return (await self._session.scalars(statements.CANDIDATES, asked)).all()

    async def count_candidates(self, correction: Correction) -> int:
        asked = _candidates(correction)
        return int(await self._session.scalar(statements.COUNT_CANDIDATES, asked) or 0)

    async def histories(self, numbers: Sequence[str]) -> Mapping[str, Sequence[TicketEvent]]:
        """Every event of these tickets, in order."""
        rows = await self._session.execute(statements.HISTORIES, {"numbers": list(numbers)})
        found: dict[str, list[TicketEvent]] = {number: [] for number in numbers}
        for number, envelope in rows:
            event = Envelope.model_validate(envelope).event()
            if isinstance(event, TicketEvent):
                found[number].append(event)
        return found

    async def lock(self, numbers: Sequence[str]) -> Mapping[str, Ticket]:
        """The tickets, locked in the order of their numbers until the transaction ends."""
        rows = await self._session.execute(statements.LOCK, {"numbers": list(numbers)})
        return {number: Ticket.model_validate(state) for number, state in rows}

    async def save_tickets(self, tickets: Sequence[Ticket]) -> None:
        """Write the states of tickets after their new events."""
        await self._session.execute(
            statements.SAVE_TICKETS,
            {
                "numbers": [ticket.ticket for ticket in tickets],
                "versions": [ticket.version for ticket in tickets],
                "states": [ticket.model_dump_json() for ticket in tickets],
            },
        )

    async def keep(self, number: str, effects: Iterable[Effect], *, applied: bool) -> None:
        """Write what the correction does to these tickets; a later word replaces the earlier."""
        rows = [_effect(number, each, applied=applied) for each in effects]
        if rows:
            await self._session.execute(statements.KEEP, rows)

    async def settle(self, number: str, tickets: Sequence[str]) -> None:
        """Mark tickets for which there is nothing left to do."""
        await self._session.execute(statements.SETTLE, {"number": number, "numbers": list(tickets)})

    async def forget(self, number: str, tickets: Sequence[str]) -> None:
        """Take tickets that the correction no longer concerns out of the preview."""
        await self._session.execute(statements.FORGET, {"number": number, "numbers": list(tickets)})

    async def moved(self, number: str, batch: int) -> Sequence[str]:
        """Tickets of the preview that have gone on since they were worked out."""
        asked = {"number": number, "batch": batch}
        return (await self._session.scalars(statements.MOVED, asked)).all()

    async def count_moved(self, number: str) -> int:
        return int(await self._session.scalar(statements.COUNT_MOVED, {"number": number}) or 0)

    async def waiting(self, number: str, batch: int) -> Sequence[str]:
        """Tickets whose clock is still to be corrected."""
        asked = {"number": number, "batch": batch}
        return (await self._session.scalars(statements.WAITING, asked)).all()

    async def totals(self, number: str) -> CorrectionTotals:
        found = await self._session.execute(statements.TOTALS, {"number": number})
        return totals_of(dict(found.mappings().one()))

    async def listed(
        self, partners: Sequence[str] | None, *, limit: int, offset: int
    ) -> tuple[Sequence[Row], int]:
        """Corrections with their figures, the newest first, and how many there are.

        With `partners`: those that concern their tickets, and the figures of these.
        """
        scope = {"partners": partners if partners is None else list(partners)}
        page = scope | {"limit": limit, "offset": offset}
        total = await self._session.scalar(statements.COUNT_LISTED, scope)
        return await self._rows(statements.LISTED, page), int(total or 0)

    async def told(self, number: str, partners: Sequence[str] | None) -> Row | None:
        """One correction with its figures; `None` where none concerns tickets of `partners`."""
        rows = await self._rows(statements.TOLD, _scoped(number, partners))
        return rows[0] if rows else None

    async def per(self, number: str, what: str, partners: Sequence[str] | None) -> Sequence[Row]:
        """The figures per partner, domain or item, by its `name`."""
        return await self._rows(statements.PER[what], _scoped(number, partners))

    async def tickets(
        self,
        number: str,
        partners: Sequence[str] | None,
        wanted: Mapping[str, Any],
        *,
        limit: int,
        offset: int,
    ) -> tuple[Sequence[Row], int]:
        """Tickets of the preview, by number, and how many there are."""
        asked = {**_scoped(number, partners), **wanted}
        total = await self._session.scalar(statements.COUNT_TICKETS, asked)
        page = asked | {"limit": limit, "offset": offset}
        return await self._rows(statements.TICKETS, page), int(total or 0)

    async def _rows(self, statement: Executable, bound: Mapping[str, Any]) -> Sequence[Row]:
        found = await self._session.execute(statement, bound)
        return [dict(row) for row in found.mappings()]


def _scoped(number: str, partners: Sequence[str] | None) -> dict[str, Any]:
    return {"number": number, "partners": partners if partners is None else list(partners)}


def totals_of(counts: Mapping[str, Any]) -> CorrectionTotals:
    """The totals, from a row with a count per name."""

    def kept(clock: str, when: str) -> Kept:
        name = f"{clock}_{when}"
        return Kept(counted=counts[f"{name}_counted"], within=counts[f"{name}_within"])

    return CorrectionTotals(
        concerned=counts["concerned"],
        changed=counts["changed"],
        response_before=kept("response", "before"),
        response_after=kept("response", "after"),
        resolution_before=kept("resolution", "before"),
        resolution_after=kept("resolution", "after"),
    )


def _row(correction: Correction, progress: Progress) -> dict[str, Any]:
    return {
        "number": correction.correction,
        "version": correction.version,
        "status": correction.status,
        "state": correction.model_dump_json(),
        "progress": progress.model_dump_json(),
    }


def _candidates(correction: Correction) -> dict[str, Any]:
    """What was last heard of before the day has nothing that was decided on or after it."""
    subject = correction.subject
    since = datetime.combine(subject.valid_from, time(), AMSTERDAM)
    return {"since": since, "kind": subject.kind}


def _effect(number: str, effect: Effect, *, applied: bool) -> dict[str, Any]:
    ticket, before, after = effect.ticket, effect.before, effect.after
    return {
        "number": number,
        "ticket": ticket.ticket,
        "partner": ticket.partner,
        "kind": ticket.kind,
        "domain": ticket.domain,
        "item": ticket.item,
        "priority": ticket.priority,
        "status": ticket.status,
        "opened_at": ticket.opened_at,
        "version": effect.version,
        "changes": effect.changes,
        "applied": applied,
        "before": before.model_dump_json(),
        "after": after.model_dump_json(),
        "response_before": before.within_response,
        "response_after": after.within_response,
        "resolution_before": before.within_resolution,
        "resolution_after": after.within_resolution,
    }
