"""Every path that a ticket may take: commands in any order, at any moment."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chassis.errors import DomainError
from contracts.catalog import CatalogueItemPublished, PartnerJoined, ServiceLevelSet
from contracts.tickets import Sealed, Status
from services.tickets.commands import (
    AssignTicket,
    CancelTicket,
    ChangePriority,
    CloseTicket,
    CompleteTask,
    LogTime,
    OpenTicket,
    PauseTicket,
    RateTicket,
    ReclassifyTicket,
    ReopenTicket,
    ResolveTicket,
    ResumeTicket,
    StartWork,
    TicketCommand,
)
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.decisions import decide, move_of
from services.tickets.domain.fulfilment import open_tasks, planned
from services.tickets.domain.moves import ALLOWED, OPEN
from services.tickets.domain.opening import Opening, open_ticket
from services.tickets.domain.passing import catch_up, next_moment
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve, fold, opened
from services.tickets.errors import (
    MoveIllegal,
    RatedAlready,
    RatingTooEarly,
    ReopenTooLate,
    TaskDone,
    TasksOpen,
    TaskUnknown,
    TicketNotOpen,
    WorkDateOutside,
)

SECRET = Sealed(subject="p-1", text="c2VhbGVk")
NUMBER = "INC-2026-000001"


def command(kind: type[TicketCommand], **fields: Any) -> TicketCommand:
    return kind(ticket=NUMBER, **fields)


COMMANDS: tuple[TicketCommand, ...] = (
    command(AssignTicket, team="Servicedesk"),
    command(AssignTicket, team="Beheer", line="second"),
    command(StartWork),
    command(PauseTicket, waiting_on="user"),
    command(PauseTicket, waiting_on="supplier"),
    command(ResumeTicket),
    command(ChangePriority, impact=1, urgency=1),
    command(ChangePriority, impact=3, urgency=3),
    command(ReclassifyTicket, item=None, domain="hr"),
    command(ReclassifyTicket, item=None, domain="ict"),
    command(ResolveTicket),
    command(CloseTicket),
    command(ReopenTicket, reason="Weer stuk"),
    command(CancelTicket, reason="Dubbel"),
)


ADDITIONS: tuple[TicketCommand, ...] = (
    command(LogTime, team="Beheer", minutes=30, billable=True, worked_on="2026-02-05"),
    command(LogTime, team="Beheer", minutes=30, billable=False, worked_on="2026-02-01"),
    command(RateTicket, quality=8, speed=7, communication=9),
    command(CompleteTask, task=1),
    command(CompleteTask, task=2),
    command(ReclassifyTicket, item="ICT-WP-01"),
)


REFUSALS: tuple[type[DomainError], ...] = (
    MoveIllegal,
    ReopenTooLate,
    RatingTooEarly,
    RatedAlready,
    TicketNotOpen,
    TaskUnknown,
    TaskDone,
    TasksOpen,
    WorkDateOutside,
)


def small_catalogue() -> Catalogue:
    told = {"occurred_at": datetime(2026, 1, 1, tzinfo=UTC)}
    norm = {"response_minutes": 60, "calendar": None, "target_percentage": 90}
    levels = [
        ServiceLevelSet.model_validate(
            {
                **told,
                "domain": "ict",
                "item": None,
                "kind": "incident",
                "priority": priority,
                "norm": {**norm, "resolution_minutes": 120 * priority},
                "valid_from": "2026-01-01",
            }
        )
        for priority in (1, 3)
    ]
    partner = {
        "partner": "zevenaar",
        "name": "Zevenaar",
        "kind": "municipality",
        "oin": "0" * 20,
        "joined_on": "2026-01-01",
    }
    content = {
        "name": "Werkplek",
        "domain": "ict",
        "tier": "basic",
        "unit": "workplace",
        "tariffs": {},
        "owner": "ICT",
        "steps": [
            {"team": "Beheer", "what": "Inrichten", "lead_minutes": 60},
            {"team": "Servicedesk", "what": "Uitreiken", "lead_minutes": 30},
        ],
    }
    item = {"item": "ICT-WP-01", "item_version": 1, "valid_from": "2026-01-01", "content": content}
    return Catalogue().apply(
        [
            PartnerJoined.model_validate({**told, **partner}),
            CatalogueItemPublished.model_validate({**told, **item}),
            *levels,
        ]
    )


class AnyPath(RuleBasedStateMachine):
    """Commands in any order, at any moment, with the timer going off in between or not."""

    by = Rules(small_catalogue())
    kind = "incident"

    @initialize()
    def open(self) -> None:
        self.now = datetime(2026, 2, 5, 9, tzinfo=UTC)
        order = OpenTicket.model_validate(
            {
                "partner": "zevenaar",
                "kind": self.kind,
                "title": "Stuk",
                "impact": 2,
                "urgency": 2,
                "channel": "desk",
                "requester": {"id": "p-1", "name": "A. de Vries"},
            }
        )
        first = open_ticket(order, self.now, self.by, Opening(NUMBER, SECRET))
        self.events: list[Any] = [first]
        self.stored = opened(first)

    @rule(
        minutes=st.sampled_from([0, 1, 20, 90, 600, 20000]),
        order=st.sampled_from(COMMANDS + ADDITIONS),
    )
    def act(self, minutes: int, order: TicketCommand) -> None:
        self.now += timedelta(minutes=minutes)
        status = self.stored.status
        try:
            decided = decide(self.stored, order, self.now, self.by, SECRET, actor="p-1")
        except REFUSALS as refusal:
            self._require_right(refusal, order, status)
        else:
            assert order in ADDITIONS or move_of(order) in ALLOWED[status]
            self._store(decided)

    def _require_right(self, refusal: DomainError, order: TicketCommand, status: Status) -> None:
        """A refusal has its reason in the state."""
        right = {
            MoveIllegal: move_of(order) not in ALLOWED[status],
            ReopenTooLate: isinstance(order, ReopenTicket),
            RatingTooEarly: status != "closed",
            RatedAlready: self.stored.rated,
            TicketNotOpen: not self.stored.is_open,
            TaskUnknown: isinstance(order, CompleteTask),
            TaskDone: isinstance(order, CompleteTask),
            TasksOpen: bool(open_tasks(self.stored)),
            WorkDateOutside: isinstance(order, LogTime),
        }
        assert right[type(refusal)]

    @precondition(lambda self: next_moment(self.stored, self.by) is not None)
    @rule()
    def timer(self) -> None:
        due = next_moment(self.stored, self.by)
        assert due is not None
        self.now = max(self.now, due)
        told = catch_up(self.stored, self.now, self.by)
        assert told
        self._store(told)

    def _store(self, events: Any) -> None:
        for event in events:
            self.events.append(event)
            self.stored = evolve(self.stored, event)

    @invariant()
    def folding_the_events_gives_the_stored_state(self) -> None:
        assert fold(self.events) == self.stored
        assert self.stored.version == len(self.events)

    @invariant()
    def the_state_survives_storage(self) -> None:
        stored = Ticket.model_validate_json(self.stored.model_dump_json())
        assert stored == self.stored

    @invariant()
    def events_are_in_the_order_of_their_moments(self) -> None:
        moments = [event.occurred_at for event in self.events]
        assert moments == sorted(moments)

    @invariant()
    def the_parts_of_the_state_agree(self) -> None:
        ticket = self.stored
        assert (ticket.waiting_on is not None) == (ticket.status == "waiting")
        assert not ticket.clock.paused or ticket.status == "waiting"
        assert ticket.status not in {"resolved", "closed"} or ticket.resolved_at is not None
        assert ticket.status not in OPEN or ticket.resolved_at is None
        assert ticket.clock.response_seconds <= ticket.clock.resolution_seconds
        assert ticket.breached <= ticket.at_risk

    @invariant()
    def a_request_is_resolved_when_its_tasks_are_done(self) -> None:
        assert self.stored.status not in {"resolved", "closed"} or not open_tasks(self.stored)

    @invariant()
    def a_breach_is_told_when_the_norm_was_not_kept(self) -> None:
        ticket = self.stored
        if ticket.norm and ticket.status == "resolved":
            late = ticket.clock.resolution_seconds > ticket.norm.resolution_minutes * 60
            assert ticket.kept("resolution") == (not late)


class AnyRequest(AnyPath):
    """The same, of a request that is fulfilled by tasks."""

    kind = "service-request"

    @rule(minutes=st.sampled_from([0, 60]))
    def ask_for_a_workplace(self, minutes: int) -> None:
        """Begin again with a request of an item with steps."""
        self.now += timedelta(minutes=minutes)
        order = OpenTicket.model_validate(
            {
                "partner": "zevenaar",
                "kind": self.kind,
                "title": "Nieuwe werkplek",
                "item": "ICT-WP-01",
                "impact": 3,
                "urgency": 3,
                "channel": "portal",
                "requester": {"id": "p-1", "name": "A. de Vries"},
            }
        )
        first = open_ticket(order, self.now, self.by, Opening(NUMBER, SECRET))
        self.events, self.stored = [first], opened(first)
        self._store(planned(self.stored, self.now, self.by))
        assert len(open_tasks(self.stored)) == 2


TestAnyPath = AnyPath.TestCase
TestAnyRequest = AnyRequest.TestCase
for case in (TestAnyPath, TestAnyRequest):
    case.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
