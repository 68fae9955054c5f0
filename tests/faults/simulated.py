"""The owner of tickets and the projection, in memory: real decisions, real folds, told time."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from chassis.testing import invariants
from chassis.testing.simulation import EventLog, Row, Stream
from contracts.catalog import CalendarDefined, Norm, PartnerJoined, ServiceHours, ServiceLevelSet
from contracts.envelope import Envelope, source_urn, wrap
from contracts.tickets import Sealed, TicketEvent
from services.projection.models import TICKET
from services.projection.models import Row as ReadRow
from services.projection.plan import plan
from services.projection.recorded import Recorded, read
from services.tickets import commands
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.decisions import decide
from services.tickets.domain.opening import Opening, open_ticket
from services.tickets.domain.passing import catch_up, next_moment
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve, opened

START = datetime(2026, 2, 5, 9, 0, tzinfo=UTC)
SOURCE = source_urn("0" * 20, "tickets")
SECRET = Sealed(subject="p-1", text="c2VhbGVk")
NUMBERS = [f"INC-2026-{number:06d}" for number in range(1, 6)]
MOVES: tuple[Callable[[str], commands.TicketCommand], ...] = (
    lambda ticket: commands.AssignTicket(ticket=ticket, team="Werkplek"),
    lambda ticket: commands.StartWork(ticket=ticket),
    lambda ticket: commands.PauseTicket(ticket=ticket, waiting_on="user"),
    lambda ticket: commands.ResumeTicket(ticket=ticket),
    lambda ticket: commands.ChangePriority(ticket=ticket, impact=1, urgency=1),
    lambda ticket: commands.ResolveTicket(ticket=ticket),
    lambda ticket: commands.ReopenTicket(ticket=ticket, reason="Toch niet"),
)


def _rules() -> Rules:
    level = {
        "domain": "ict",
        "item": None,
        "kind": "incident",
        "valid_from": START.date(),
        "occurred_at": START,
    }
    norm = Norm(
        response_minutes=60, resolution_minutes=480, calendar="kantoor", target_percentage="90"
    )
    hours = [ServiceHours(weekday=day, opens="08:00", closes="17:00") for day in range(1, 6)]
    return Rules(
        Catalogue().apply(
            [
                PartnerJoined(
                    occurred_at=START,
                    partner="zevenaar",
                    name="Zevenaar",
                    kind="municipality",
                    oin="0" * 20,
                    joined_on=START.date(),
                ),
                CalendarDefined(
                    occurred_at=START,
                    calendar="kantoor",
                    calendar_version=1,
                    name="Kantooruren",
                    valid_from=START.date(),
                    hours=tuple(hours),
                ),
                *(ServiceLevelSet(priority=p, norm=norm, **level) for p in (1, 3)),
            ]
        )
    )


RULES = _rules()
REPORT = commands.OpenTicket.model_validate(
    {
        "partner": "zevenaar",
        "kind": "incident",
        "title": "Beeldscherm zwart",
        "impact": 2,
        "urgency": 2,
        "channel": "portal",
        "requester": {"id": "p-1", "name": "A. de Vries"},
    }
)


@dataclass(frozen=True)
class Request:
    """A command as it travels; opening has no command of a ticket that is there."""

    command_id: str
    ticket: str
    command: commands.TicketCommand | None


@dataclass
class Transaction:
    """Written, not yet committed; it holds its ticket."""

    command_id: str
    after: Ticket
    rows: Sequence[Row]


@dataclass
class Owner:
    """The owning service: its tables, and the transactions that are open."""

    log: EventLog = field(default_factory=EventLog)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    timers: dict[str, datetime] = field(default_factory=dict)
    open: list[Transaction] = field(default_factory=list)
    events: int = 0

    def locked(self, ticket: str) -> bool:
        return any(one.after.ticket == ticket for one in self.open)

    def begin(self, request: Request, now: datetime) -> None:
        """Decide and write. Raises `DomainError`; then nothing is written."""
        present = self.tickets.get(request.ticket)
        if request.command is None:
            opening = Opening(request.ticket, SECRET)
            decided: Sequence[TicketEvent] = (open_ticket(REPORT, now, RULES, opening),)
        else:
            assert present
            decided = decide(present, request.command, now, RULES, SECRET)
        self._write(request.command_id, present, decided, now)

    def fire(self, ticket: str, now: datetime) -> None:
        present = self.tickets[ticket]
        self._write(f"timer/{self.events}", present, catch_up(present, now, RULES), now)

    def _write(
        self, command_id: str, present: Ticket | None, events: Iterable[TicketEvent], now: datetime
    ) -> None:
        rows = []
        after = present
        for event in events:
            after = evolve(after, event) if after else opened(event)  # type: ignore[arg-type]
            self.events += 1
            envelope = wrap(
                event,
                id=UUID(int=self.events),
                source=SOURCE,
                aggregate=after.ticket,
                version=after.version,
                recorded_at=now,
                correlation=command_id,
            )
            body = envelope.to_json()
            rows.append(self.log.write(str(envelope.id), after.ticket, after.version, body))
        if after:
            self.open.append(Transaction(command_id, after, rows))

    def commit(self, index: int) -> None:
        done = self.open.pop(index)
        ticket = done.after.ticket
        self.log.commit(done.rows)
        self.tickets[ticket] = done.after
        self.kept[done.command_id] = done.after.version
        self.timers.pop(ticket, None)
        if (moment := next_moment(done.after, RULES)) is not None:
            self.timers[ticket] = moment


@dataclass
class Projection:
    """The read model, its checkpoint, and what was set aside: one database."""

    created: int = 0
    sequence: int = 0
    rows: dict[str, ReadRow] = field(default_factory=dict)
    waiting: dict[str, dict[int, Recorded]] = field(default_factory=dict)

    def fold(self, batch: Sequence[tuple[int, bytes]]) -> None:
        events = [read(sequence, body) for sequence, body in batch]
        made = plan(events, self.rows, self.waiting)
        self.rows |= made.rows.get(TICKET, {})
        for aside in made.set_aside.values():
            event = aside.event
            self.waiting.setdefault(event.aggregate, {})[event.version] = event
        for ticket, waiting in list(self.waiting.items()):
            left = {n: event for n, event in waiting.items() if event.id not in made.taken_up}
            self.waiting[ticket] = left
        self.sequence = batch[-1][0]

    def catch_up(self, stream: Stream) -> "Projection":
        """The rest of the stream folded too; all of it anew when it is another stream."""
        here = self if self.created == stream.created else Projection(stream.created)
        while batch := stream.after(here.sequence, 4):
            here.fold(batch)
        return here


def promised(owner: Owner, stream: Stream, projection: Projection, refused: set[str]) -> None:
    """What must hold once everything has come to rest. Raises `AssertionError`."""
    logged = [Envelope.model_validate_json(row.body) for row in owner.log.rows]
    assert set(stream.events()) == {str(envelope.id) for envelope in logged}
    assert invariants.clocks(logged) == []
    caused: dict[str, list[int]] = defaultdict(list)
    for envelope in logged:
        caused[str(envelope.correlationid)].append(envelope.aggregate_version)
    assert not refused & caused.keys()
    for command_id, versions in caused.items():
        last = owner.kept[command_id]
        assert versions == list(range(last - len(versions) + 1, last + 1))
    followed = projection.catch_up(stream)
    replayed = Projection(stream.created).catch_up(stream)
    owners = Projection()
    owners.fold([(row.id, row.body) for row in owner.log.rows])
    assert followed.rows == replayed.rows == owners.rows
    assert not any(followed.waiting.values())


def streamed(stream: Stream) -> list[Envelope]:
    """What the stream holds, in order."""
    bodies = stream.after(0, len(stream.messages))
    return [Envelope.model_validate_json(body) for _, body in bodies]
