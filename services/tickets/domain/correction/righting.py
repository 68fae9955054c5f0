"""Which norms of a ticket a correction replaces, and what that makes of its clocks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from contracts.tickets import (
    AppliedNorm,
    ClockCorrected,
    CorrectedSubject,
    NormSince,
    Standing,
    TicketEvent,
)
from services.tickets.domain.calendar import business_date, whole_second
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.correction.retelling import Norms, deciding, retold, told_norms
from services.tickets.domain.correction.standing import standing
from services.tickets.domain.norms import norm_on, standing_norm, subject_of
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve, fold


@dataclass(frozen=True, slots=True)
class Effect:
    """What a correction does at a moment to one ticket of this version.

    `norms` are all norms that the ticket then has.
    """

    at: datetime
    version: int
    ticket: Ticket
    before: Standing
    after: Standing
    norms: tuple[NormSince, ...]

    @property
    def changes(self) -> bool:
        """Whether more changes than which norm is named."""
        nameless = {"norm": None}
        return self.before.model_copy(update=nameless) != self.after.model_copy(update=nameless)

    def told(self, correction: str, reason: str) -> ClockCorrected:
        """The event that puts it in force."""
        return ClockCorrected(
            occurred_at=self.at,
            ticket=self.ticket.ticket,
            partner=self.ticket.partner,
            correction=correction,
            reason=reason,
            before=self.before,
            after=self.after,
            norms=self.norms,
        )


def effect(
    events: Sequence[TicketEvent], subject: CorrectedSubject, now: datetime, rules: Rules
) -> Effect | None:
    """`None` for a ticket none of whose norms is replaced.

    The ticket keeps every other norm that it has, also one that the catalogue no longer tells:
    a correction that was dropped does not slip in with another.
    """
    present = told_norms(events)
    right = right_norms(events, present, subject, rules.catalogue)
    if right == present:
        return None
    ticket = fold(events)
    at = max(whole_second(now), ticket.last_at)
    return Effect(
        at=at,
        version=len(events),
        ticket=ticket,
        before=standing(events, at, rules),
        after=standing(retold(events, right, rules.catalogue), at, rules),
        norms=tuple(NormSince(version=version, norm=norm) for version, norm in right.items()),
    )


def right_norms(
    events: Sequence[TicketEvent],
    present: Norms,
    subject: CorrectedSubject,
    catalogue: Catalogue,
) -> Norms:
    """The norms that the ticket should have run under, by the versions of their events."""
    right = dict(present)
    decisions = dict(deciding(events))
    ticket = fold(events[:1])
    for version, event in enumerate(events, start=1):
        ticket = ticket if version == 1 else evolve(ticket, event)
        if version in decisions:
            day = business_date(event.occurred_at)
            right[version] = _right(ticket, present[version], subject, catalogue, day)
    return right


def _right(
    ticket: Ticket,
    norm: AppliedNorm | None,
    corrected: CorrectedSubject,
    catalogue: Catalogue,
    day: date,
) -> AppliedNorm | None:
    if corrected.corrects == "calendar":
        return _in_right_hours(norm, corrected, catalogue, day)
    return _right_norm(ticket, norm, corrected, catalogue, day)


def _in_right_hours(
    norm: AppliedNorm | None, corrected: CorrectedSubject, catalogue: Catalogue, day: date
) -> AppliedNorm | None:
    """The norm, in the version of its calendar that was put right, where that holds that day."""
    if norm is None or norm.calendar is None or norm.calendar != corrected.calendar:
        return norm
    calendar = catalogue.calendar_on(norm.calendar, day)
    if calendar is None or calendar.version != corrected.calendar_version:
        return norm
    return norm.model_copy(update={"calendar_version": calendar.version})


def _right_norm(
    ticket: Ticket,
    norm: AppliedNorm | None,
    corrected: CorrectedSubject,
    catalogue: Catalogue,
    day: date,
) -> AppliedNorm | None:
    """The norm that was put right, where it is the one that holds for the ticket that day."""
    about = subject_of(ticket)
    held = standing_norm(catalogue, ticket.partner, about, ticket.kind, ticket.priority, day)
    key = (corrected.item or corrected.domain, corrected.kind, corrected.priority)
    if held is None or (held.key, held.valid_from) != (key, corrected.valid_from):
        return norm
    right = norm_on(catalogue, ticket.partner, about, ticket.kind, ticket.priority, day)
    if right is None or norm is None or norm.calendar != right.calendar:
        return right
    return right.model_copy(update={"calendar_version": norm.calendar_version})
