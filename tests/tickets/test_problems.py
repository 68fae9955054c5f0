"""Problems: linked incidents, root cause, known errors; on any path."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from chassis.errors import DomainError
from contracts.tickets import Sealed
from services.tickets.commands import (
    AttachToMajorIncident,
    CancelTicket,
    DetachFromMajorIncident,
    LinkToProblem,
    OpenTicket,
    RecordKnownError,
    RecordRootCause,
    ReopenTicket,
    ResolveTicket,
    TicketCommand,
    UnlinkFromProblem,
    WithdrawKnownError,
)
from services.tickets.domain.decisions import decide
from services.tickets.domain.opening import Opening, open_ticket
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import KnownError, Ticket, evolve, fold, opened
from services.tickets.errors import (
    IncidentLinkedAlready,
    IncidentNotLinked,
    KnownErrorAbsent,
    MoveIllegal,
    NotAnIncident,
    NotAProblem,
    ProblemEnded,
    TicketAttachedAlready,
    TicketNotAttached,
    TicketNotOpen,
)

SECRET = Sealed(subject="p-1", text="c2VhbGVk")
AT = "2026-02-05T10:00"
PROBLEM, OTHER = "PRB-2026-000001", "PRB-2026-000002"
KNOWN = {"summary": "Scherm zwart", "workaround": "Kabel opnieuw aansluiten"}


def test_an_incident_is_linked_once_and_unlinked(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    assert desk.do(AT, LinkToProblem, problem=PROBLEM) == ["incident-linked-to-problem"]
    assert desk.do(AT, LinkToProblem, problem=PROBLEM) == []
    with pytest.raises(IncidentLinkedAlready) as refusal:
        desk.do(AT, LinkToProblem, problem=OTHER)
    assert refusal.value.params == {"problem": PROBLEM}
    assert desk.do(AT, UnlinkFromProblem) == ["incident-unlinked-from-problem"]
    with pytest.raises(IncidentNotLinked):
        desk.do(AT, UnlinkFromProblem)
    assert desk.do(AT, LinkToProblem, problem=OTHER) == ["incident-linked-to-problem"]


def test_what_was_resolved_is_linked_too_but_not_what_was_cancelled(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    desk.do(AT, ResolveTicket)
    assert desk.do(AT, LinkToProblem, problem=PROBLEM) == ["incident-linked-to-problem"]
    desk.do(AT, UnlinkFromProblem)
    desk.do(AT, CancelTicket, reason="Dubbel")
    with pytest.raises(TicketNotOpen):
        desk.do(AT, LinkToProblem, problem=PROBLEM)


@pytest.mark.parametrize("kind", ["problem", "change", "service-request", "question"])
def test_only_an_incident_has_a_problem_behind_it(desk: Any, kind: str) -> None:
    desk.open("2026-02-05T09:00", kind=kind)
    with pytest.raises(NotAnIncident):
        desk.do(AT, LinkToProblem, problem=PROBLEM)


def test_a_known_error_is_recorded_bettered_and_withdrawn(desk: Any) -> None:
    desk.open("2026-02-05T09:00", kind="problem")
    with pytest.raises(KnownErrorAbsent):
        desk.do(AT, WithdrawKnownError)
    assert desk.do(AT, RecordKnownError, **KNOWN) == ["known-error-recorded"]
    assert desk.do(AT, RecordKnownError, **KNOWN) == []
    better = {**KNOWN, "workaround": "Herstart de laptop"}
    assert desk.do(AT, RecordKnownError, **better) == ["known-error-recorded"]
    assert desk.ticket.known_error == KnownError(**better)
    assert desk.do(AT, WithdrawKnownError) == ["known-error-withdrawn"]


@pytest.mark.parametrize(
    ("command", "fields"), [(ResolveTicket, {}), (CancelTicket, {"reason": "Dubbel"})]
)
def test_a_known_error_goes_with_its_problem(
    desk: Any, command: type[TicketCommand], fields: dict[str, str]
) -> None:
    desk.open("2026-02-05T09:00", kind="problem")
    desk.do(AT, RecordKnownError, **KNOWN)
    assert desk.do(AT, command, **fields)[0] == "known-error-withdrawn"
    with pytest.raises(ProblemEnded):
        desk.do(AT, RecordKnownError, **KNOWN)


def test_a_root_cause_is_of_an_open_problem(desk_of: Callable[[], Any]) -> None:
    desk = desk_of()
    desk.open("2026-02-05T09:00", kind="problem")
    assert desk.do(AT, RecordRootCause, root_cause="Stuurprogramma") == ["root-cause-recorded"]
    assert desk.do(AT, RecordRootCause, root_cause="Stuurprogramma") == []
    desk.do(AT, ResolveTicket)
    with pytest.raises(ProblemEnded):
        desk.do(AT, RecordRootCause, root_cause="Kabel")
    incident = desk_of()
    incident.open("2026-02-05T09:00")
    for command, fields in (
        (RecordRootCause, {"root_cause": "Kabel"}),
        (RecordKnownError, KNOWN),
    ):
        with pytest.raises(NotAProblem):
            incident.do(AT, command, **fields)


ORDERS: tuple[tuple[type[TicketCommand], dict[str, str]], ...] = (
    (LinkToProblem, {"problem": PROBLEM}),
    (LinkToProblem, {"problem": OTHER}),
    (UnlinkFromProblem, {}),
    (RecordRootCause, {"root_cause": "Kabel"}),
    (RecordRootCause, {"root_cause": "Stuurprogramma"}),
    (RecordKnownError, KNOWN),
    (RecordKnownError, {**KNOWN, "workaround": "Wachten"}),
    (WithdrawKnownError, {}),
    (AttachToMajorIncident, {"major_incident": "MAJ-2026-000001"}),
    (AttachToMajorIncident, {"major_incident": "MAJ-2026-000002"}),
    (DetachFromMajorIncident, {}),
    (ResolveTicket, {}),
    (ReopenTicket, {"reason": "Weer"}),
    (CancelTicket, {"reason": "Dubbel"}),
)
REFUSALS: tuple[type[DomainError], ...] = (
    IncidentLinkedAlready,
    IncidentNotLinked,
    KnownErrorAbsent,
    MoveIllegal,
    NotAProblem,
    NotAnIncident,
    ProblemEnded,
    TicketAttachedAlready,
    TicketNotAttached,
    TicketNotOpen,
)


class AnyTies(RuleBasedStateMachine):
    """What a ticket belongs to and what is known of it, by commands in any order."""

    by: Rules
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
        first = open_ticket(order, self.now, self.by, Opening("INC-2026-000001", SECRET))
        self.events: list[Any] = [first]
        self.stored = opened(first)

    @rule(order=st.sampled_from(ORDERS), minutes=st.sampled_from([0, 5]))
    def act(self, order: tuple[type[TicketCommand], dict[str, str]], minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        kind, fields = order
        command = kind(ticket=self.stored.ticket, **fields)
        try:
            decided = decide(self.stored, command, self.now, self.by, SECRET)
        except REFUSALS as refusal:
            self._require_right(refusal)
            return
        for event in decided:
            self.events.append(event)
            self.stored = evolve(self.stored, event)

    def _require_right(self, refusal: DomainError) -> None:
        """A refusal has its reason in the state."""
        ticket = self.stored
        right = {
            IncidentLinkedAlready: ticket.problem is not None,
            IncidentNotLinked: ticket.problem is None,
            KnownErrorAbsent: ticket.known_error is None,
            NotAProblem: ticket.kind != "problem",
            NotAnIncident: ticket.kind == "problem",
            ProblemEnded: not ticket.is_open,
            TicketAttachedAlready: ticket.major_incident is not None,
            TicketNotAttached: ticket.major_incident is None,
            TicketNotOpen: ticket.status == "cancelled",
        }
        assert right.get(type(refusal), True)

    @invariant()
    def folding_the_events_gives_the_stored_state(self) -> None:
        assert fold(self.events) == self.stored
        assert Ticket.model_validate_json(self.stored.model_dump_json()) == self.stored

    @invariant()
    def each_kind_has_its_own(self) -> None:
        ticket = self.stored
        if ticket.kind == "problem":
            assert (ticket.problem, ticket.major_incident) == (None, None)
            assert ticket.known_error is None or ticket.is_open
        else:
            assert (ticket.root_cause, ticket.known_error) == (None, None)


class AnyProblem(AnyTies):
    kind = "problem"


@pytest.mark.parametrize("machine", [AnyTies, AnyProblem])
def test_any_path(machine: type[AnyTies], rules: Rules) -> None:
    told = type(machine.__name__, (machine,), {"by": rules})
    case = told.TestCase  # type: ignore[attr-defined]
    case.settings = settings(max_examples=50, stateful_step_count=25, deadline=None)
    case().runTest()
