"""What every handler does: admit the caller, load what it expects, save what was decided."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from chassis.command import Change, Context, Outcome
from chassis.headers import OPERATOR
from contracts.registry import DomainEvent
from services.finance.errors import ChargedPartnerUnknown, ControllerRequired
from services.finance.repository import Work
from services.finance.repository.aggregates import Repository, StateT

CONTROLLER = "controller"

EventT = TypeVar("EventT", bound=DomainEvent)
Evolve = Callable[[StateT | None, EventT], StateT]


def admit(context: Context) -> None:
    """Raises `ControllerRequired` for callers without a role that may command here."""
    if context.roles.isdisjoint({CONTROLLER, OPERATOR}):
        raise ControllerRequired


async def load(rows: Repository[StateT], key: str, context: Context) -> StateT | None:
    """The aggregate, locked and in the version that the caller expects."""
    state = await rows.get(key)
    if state is not None:
        context.require_version(state.version)
    return state


async def write(
    rows: Repository[StateT],
    key: str,
    before: StateT | None,
    events: Sequence[EventT],
    evolve: Evolve[StateT, EventT],
) -> Change:
    """Save the state after the events; the change that they are."""
    after = before
    for event in events:
        after = evolve(after, event)
    if after is not None:
        await rows.save(key, after)
    return Change(f"{rows.kind}/{key}", before.version if before else 0, events)


async def save(
    rows: Repository[StateT],
    key: str,
    before: StateT | None,
    events: Sequence[EventT],
    evolve: Evolve[StateT, EventT],
) -> Outcome:
    """As `write`, and the outcome that it makes."""
    change = await write(rows, key, before, events, evolve)
    version = change.version + len(change.events)
    return Outcome(changes=[change], reply={rows.kind: key, "version": version})


async def require_partners(field: str, named: Iterable[str], context: Context, work: Work) -> None:
    """Raises `ChargedPartnerUnknown` for somebody who never was a partner.

    Raises `PartnerForbidden` for a partner for whom the caller does not act.
    """
    wanted = sorted(named)
    for partner in wanted:
        context.require_partner(partner)
    if not wanted:
        return
    known = (await work.catalogue.partners()).members
    for partner in wanted:
        if partner not in known:
            raise ChargedPartnerUnknown(field, partner=partner)
