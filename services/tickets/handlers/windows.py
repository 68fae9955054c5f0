"""Maintenance windows and change freezes."""

from collections.abc import Mapping, Sequence
from functools import reduce

from chassis.command import Change, Context, Outcome
from contracts.tickets import WindowEvent
from services.tickets.commands import (
    DeclareChangeFreeze,
    PlanMaintenance,
    WindowCommand,
    WindowOrder,
)
from services.tickets.domain import windows
from services.tickets.domain.calendar import amsterdam
from services.tickets.domain.windows import Window
from services.tickets.errors import WindowUnknown
from services.tickets.repository import Work

WINDOW_PREFIX: Mapping[type[WindowOrder], str] = {
    PlanMaintenance: "MNT",
    DeclareChangeFreeze: "FRZ",
}


async def plan_window(command: WindowOrder, context: Context, work: Work) -> Outcome:
    """Maintenance, or a freeze."""
    prefix = WINDOW_PREFIX[type(command)]
    (number,) = await work.tickets.numbers(prefix, amsterdam(context.now).year, 1)
    catalogue = await work.catalogue.catalogue()
    event = windows.plan(command, number, context.now, catalogue)
    window = windows.planned(event)
    await work.windows.add(window)
    return _window_outcome(window, 0, [event])


async def change_window(command: WindowCommand, context: Context, work: Work) -> Outcome:
    """Any command to a window that is there."""
    window = await work.windows.get(command.window)
    if window is None:
        raise WindowUnknown("window", window=command.window)
    context.require_version(window.version)
    events = windows.decide(window, command, context.now)
    after = reduce(windows.evolve, events, window)
    await work.windows.save(after)
    return _window_outcome(after, window.version, events)


def _window_outcome(window: Window, before: int, events: Sequence[WindowEvent]) -> Outcome:
    return Outcome(
        changes=[Change(window.window, before, events)],
        reply={"window": window.window, "version": window.version, "status": window.status},
    )
