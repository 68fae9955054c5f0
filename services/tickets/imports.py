"""Taking in histories of other systems, a whole batch with a few statements."""

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chassis.command import Change, Context, Outcome, Processing, Timer, Write
from chassis.errors import Fault, Refused
from contracts.tickets import Sealed, TicketEvent
from services.tickets.access import require_operator
from services.tickets.commands import History, ImportTickets
from services.tickets.domain import retention
from services.tickets.domain.calendar import amsterdam
from services.tickets.domain.history import Script, play, script
from services.tickets.domain.opening import Opening
from services.tickets.domain.passing import next_moment
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve
from services.tickets.errors import HistoryRepeated, PartnerUnknown
from services.tickets.handlers import CLOCK, PREFIX, RETENTION, personal_text
from services.tickets.repository import Work
from services.tickets.repository.texts import Pen

BREATH = 20
"""So many histories are played between two looks at what else is to be done."""

Result = dict[str, Any]


@dataclass(slots=True)
class Batch:
    """What has become of the histories so far, by their numbers elsewhere."""

    known: dict[str, str]
    results: dict[str, Result] = field(default_factory=dict)
    played: list["Played"] = field(default_factory=list)

    def told(self, history: History, outcome: str, ticket: str | None = None) -> None:
        self.results[history.external] = _result(history, outcome, ticket)

    def rejected(self, history: History, refused: Refused) -> None:
        self.results[history.external] = _result(history, "rejected", None, refused.faults)


@dataclass(frozen=True, slots=True)
class Played:
    """A history that became a ticket; `personal` is `None` when it was erased at once."""

    ticket: Ticket
    events: Sequence[TicketEvent]
    personal: Sealed | None
    history: History
    pen: Pen

    def erased_at(self, rules: Rules) -> datetime | None:
        """When its personal data must go. What was generated is about nobody."""
        if self.history.generated:
            return None
        return retention.due_at(self.ticket, rules.policy.retention)


async def import_tickets(command: ImportTickets, context: Context, work: Work) -> Outcome:
    """Each history becomes a ticket once; one that is refused leaves no trace but its faults."""
    require_operator(context)
    externals = [history.external for history in command.histories]
    batch = Batch(await work.tickets.imported(command.source, externals))
    scripts = list(_scripts(command.histories, context, batch))
    rules = replace(await work.rules(), plans=False)
    numbers = await _numbers(scripts, work)
    for position, read in enumerate(scripts, start=1):
        pen = work.texts.pen(read.opening.requester.id, next(numbers[_series(read)]))
        _play(read, pen, batch, rules, context)
        if position % BREATH == 0:
            await asyncio.sleep(0)
    return Outcome(
        changes=[Change(each.ticket.ticket, 0, each.events) for each in batch.played],
        reply={"results": list(_results(command.histories, batch))},
        timers=list(_timers(batch.played, rules)),
        processing=_processing(batch.played, work),
        writes=_rows(command.source, batch.played, work),
    )


def _scripts(histories: Sequence[History], context: Context, batch: Batch) -> Iterator[Script]:
    """The histories that are new and can be read, each once."""
    met: set[str] = set()
    for history in histories:
        if history.external in met:
            continue
        met.add(history.external)
        if (ticket := batch.known.get(history.external)) is not None:
            batch.told(history, "already-imported", ticket)
            continue
        try:
            read = script(history, context.recorded_at)
            _require_partner(context, read)
        except Refused as refused:
            batch.rejected(history, refused)
        else:
            yield read


def _require_partner(context: Context, read: Script) -> None:
    partner = read.opening.partner
    if not context.sees(partner):
        unknown = PartnerUnknown("steps.0.with.partner", partner=partner)
        raise Refused([Fault.of(unknown)])


def _play(read: Script, pen: Pen, batch: Batch, rules: Rules, context: Context) -> None:
    history, number = read.history, pen.ticket
    personal = pen.seal(personal_text(read.opening))
    reasons = {order.reason: pen.seal(order.reason) for order in read.orders if order.reason}
    opening = Opening(number, personal, history.external, history.generated)
    try:
        ticket, events = play(read, opening, reasons, rules)
    except Refused as refused:
        batch.rejected(history, refused)
    else:
        batch.told(history, "imported", number)
        played = Played(ticket, events, personal, history, pen)
        batch.played.append(_retained(played, context, rules))


def _retained(played: "Played", context: Context, rules: Rules) -> "Played":
    """What has been kept long enough elsewhere is erased before it comes in: no key is kept."""
    due = played.erased_at(rules)
    if due is None or due > context.recorded_at:
        return played
    event = retention.erasing(played.ticket, context.recorded_at, "retention")
    after = evolve(played.ticket, event)
    return replace(played, ticket=after, events=[*played.events, event], personal=None)


async def _numbers(
    scripts: Sequence[Script], work: Work
) -> Mapping[tuple[str, int], Iterator[str]]:
    wanted = Counter(_series(read) for read in scripts)
    return {
        (prefix, year): iter(await work.tickets.numbers(prefix, year, count))
        for (prefix, year), count in wanted.items()
    }


def _series(read: Script) -> tuple[str, int]:
    """The kind's prefix and the Dutch year of opening."""
    return PREFIX[read.opening.kind], amsterdam(read.opened_at).year


def _rows(source: str, played: Sequence[Played], work: Work) -> tuple[Write, ...]:
    return (
        work.texts.kept(each.pen for each in played if each.personal),
        work.tickets.added([(each.ticket, each.personal) for each in played]),
        work.tickets.remembered(
            source, {each.history.external: each.ticket.ticket for each in played}
        ),
    )


def _processing(played: Sequence[Played], work: Work) -> Processing:
    subjects = {each.pen.requester for each in played if not each.history.generated}
    return Processing(work.activities.importing, frozenset(subjects))


def _timers(played: Sequence[Played], rules: Rules) -> Iterator[Timer]:
    for each in played:
        moment = next_moment(each.ticket, rules)
        if moment is not None:
            yield Timer(CLOCK, each.ticket.ticket, moment)
        due = each.erased_at(rules)
        if due is not None:
            yield Timer(RETENTION, each.ticket.ticket, due)


def _results(histories: Sequence[History], batch: Batch) -> Iterator[Result]:
    """One result per history, in the order in which they came."""
    met: set[str] = set()
    for history in histories:
        first = batch.results[history.external]
        yield _repeated(history, first) if history.external in met else first
        met.add(history.external)


def _repeated(history: History, first: Result) -> Result:
    if first["ticket"] is None:
        fault = Fault.of(HistoryRepeated("external", external=history.external))
        return _result(history, "rejected", None, [fault])
    return _result(history, "already-imported", first["ticket"])


def _result(
    history: History, outcome: str, ticket: str | None, faults: Sequence[Fault] = ()
) -> Result:
    return {
        "external": history.external,
        "row": history.row,
        "outcome": outcome,
        "ticket": ticket,
        "faults": [fault.model_dump() for fault in faults],
    }
