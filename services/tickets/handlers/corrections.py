"""Corrections of clocks: proposed by what the catalogue told, then decided on by its keeper."""

from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from chassis.command import Change, Context, Outcome, Timer
from contracts.tickets import CorrectedSubject, CorrectionEvent
from services.tickets.access import require_correction_keeper
from services.tickets.commands import (
    AcceptCorrection,
    CorrectionCommand,
    DropCorrection,
    RefreshCorrection,
)
from services.tickets.domain.calendar import amsterdam
from services.tickets.domain.correction import state
from services.tickets.domain.correction.state import Correction
from services.tickets.errors import CorrectionNotReady, CorrectionUnknown
from services.tickets.repository import Work
from services.tickets.repository.corrections import Progress

CORRECTION = "correction"
"""The kind of timer that goes on with the work on a correction."""


async def propose_correction(
    subject: CorrectedSubject, reason: str, at: datetime, work: Work
) -> Outcome:
    """What the catalogue put right is worked out for the tickets from here on."""
    (number,) = await work.tickets.numbers("COR", amsterdam(at).year, 1)
    event = state.propose(subject, reason, number, at)
    correction = state.proposed(event)
    await work.corrections.add(correction)
    return outcome(correction, 0, [event], Timer(CORRECTION, number, at))


async def refresh_correction(command: RefreshCorrection, context: Context, work: Work) -> Outcome:
    """Tickets that have gone on since the preview are worked out anew, soon."""
    correction, progress = await _decided_on(command, context, work)
    state.require_ready(correction)
    await work.corrections.save(correction, progress.model_copy(update={"refreshing": True}))
    return outcome(correction, correction.version, [], _now(correction, context))


async def accept_correction(command: AcceptCorrection, context: Context, work: Work) -> Outcome:
    correction, progress = await _decided_on(command, context, work)
    if progress.refreshing:
        raise CorrectionNotReady(status="refreshing")
    moved = await work.corrections.count_moved(correction.correction)
    events = state.accept(correction, command, moved, context.now, context.actor)
    after = reduce(state.evolve, events, correction)
    await work.corrections.save(after, progress)
    return outcome(after, correction.version, events, _now(after, context))


async def drop_correction(command: DropCorrection, context: Context, work: Work) -> Outcome:
    correction, progress = await _decided_on(command, context, work)
    events = state.drop(correction, command, context.now, context.actor)
    after = reduce(state.evolve, events, correction)
    await work.corrections.save(after, progress.model_copy(update={"refreshing": False}))
    nothing_more = Timer(CORRECTION, after.correction, None)
    return outcome(after, correction.version, events, nothing_more)


def outcome(
    correction: Correction, before: int, events: Sequence[CorrectionEvent], timer: Timer | None
) -> Outcome:
    number = correction.correction
    return Outcome(
        changes=[Change(number, before, events)] if events else (),
        reply={"correction": number, "version": correction.version, "status": correction.status},
        timers=[timer] if timer else (),
    )


async def _decided_on(
    command: CorrectionCommand, context: Context, work: Work
) -> tuple[Correction, Progress]:
    """The correction, for somebody who may decide on it."""
    require_correction_keeper(context)
    found = await work.corrections.get(command.correction)
    if found is None:
        raise CorrectionUnknown("correction", correction=command.correction)
    context.require_version(found[0].version)
    return found


def _now(correction: Correction, context: Context) -> Timer:
    return Timer(CORRECTION, correction.correction, context.recorded_at)
