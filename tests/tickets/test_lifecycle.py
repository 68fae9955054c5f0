"""What a ticket may become: the table of moves."""

from typing import Any

import pytest

from contracts.tickets import Sealed, Status
from services.tickets.commands import (
    AssignTicket,
    CancelTicket,
    ChangePriority,
    CloseTicket,
    PauseTicket,
    ReclassifyTicket,
    ReopenTicket,
    ResolveTicket,
    ResumeTicket,
    StartWork,
    TicketCommand,
)
from services.tickets.domain.decisions import move_of
from services.tickets.domain.moves import ALLOWED
from services.tickets.errors import (
    MomentTooEarly,
    MoveIllegal,
    ReopenTooLate,
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


PATHS: dict[Status, list[tuple[type[TicketCommand], dict[str, Any]]]] = {
    "new": [],
    "assigned": [(AssignTicket, {"team": "Servicedesk"})],
    "in-progress": [(AssignTicket, {"team": "Servicedesk"}), (StartWork, {})],
    "waiting": [
        (AssignTicket, {"team": "Servicedesk"}),
        (StartWork, {}),
        (PauseTicket, {"waiting_on": "user"}),
    ],
    "resolved": [(ResolveTicket, {})],
    "closed": [(ResolveTicket, {}), (CloseTicket, {})],
    "reopened": [(ResolveTicket, {}), (ReopenTicket, {"reason": "Weer stuk"})],
    "cancelled": [(CancelTicket, {"reason": "Dubbel"})],
}


@pytest.mark.parametrize("status", PATHS)
@pytest.mark.parametrize("order", COMMANDS, ids=lambda order: type(order).__name__)
def test_each_move_is_allowed_or_refused_with_the_allowed_ones_named(
    desk: Any, status: Status, order: TicketCommand
) -> None:
    desk.open("2026-02-05T09:00")
    for kind, fields in PATHS[status]:
        desk.do("2026-02-05T09:05", kind, **fields)
    assert desk.ticket.status == status
    fields = order.model_dump(exclude={"ticket"})
    if move_of(order) in ALLOWED[status]:
        desk.do("2026-02-05T09:10", type(order), **fields)
        return
    with pytest.raises(MoveIllegal) as refusal:
        desk.do("2026-02-05T09:10", type(order), **fields)
    assert refusal.value.params == {
        "status": status,
        "move": move_of(order),
        "allowed": list(ALLOWED[status]),
    }


def test_from_report_to_closing(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    steps: list[tuple[str, type[TicketCommand], dict[str, Any], Status]] = [
        ("09:10", AssignTicket, {"team": "Servicedesk"}, "assigned"),
        ("09:20", StartWork, {}, "in-progress"),
        ("09:30", PauseTicket, {"waiting_on": "user"}, "waiting"),
        ("10:30", ResumeTicket, {}, "in-progress"),
        ("11:00", ResolveTicket, {}, "resolved"),
        ("12:00", CloseTicket, {}, "closed"),
    ]
    for time, kind, fields, status in steps:
        desk.do(f"2026-02-05T{time}", kind, **fields)
        assert desk.ticket.status == status
    assert desk.ticket.clock.resolution_seconds == 3600
    closed = desk.events[-1]
    assert (closed.automatic, closed.within_response, closed.within_resolution) == (
        False,
        True,
        True,
    )


def test_assigned_again_to_the_same_team_nothing_happens(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    desk.do("2026-02-05T09:10", AssignTicket, team="Servicedesk")
    desk.do("2026-02-05T09:20", StartWork)
    assert desk.do("2026-02-05T09:30", AssignTicket, team="Servicedesk") == []
    assert desk.ticket.status == "in-progress"


def test_reopened_on_the_last_day_and_refused_after(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    desk.do("2026-02-05T17:30", ResolveTicket)
    with pytest.raises(ReopenTooLate) as refusal:
        desk.do("2026-02-13T00:00", ReopenTicket, reason="Weer stuk")
    assert refusal.value.params == {"days": 7, "until": "2026-02-12"}
    assert desk.do("2026-02-12T23:59", ReopenTicket, reason="Weer stuk") == ["ticket-reopened"]


def test_reopening_counts_from_the_last_resolution_also_after_closing(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    desk.do("2026-02-05T10:00", ResolveTicket)
    desk.do("2026-02-12T09:00", ReopenTicket, reason="Weer stuk")
    desk.do("2026-02-12T10:00", ResolveTicket)
    desk.do("2026-02-18T09:00", CloseTicket)
    assert desk.do("2026-02-19T09:00", ReopenTicket, reason="Nog eens")[-1] == "ticket-reopened"


def test_a_command_from_before_the_last_event_is_refused(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    with pytest.raises(MomentTooEarly):
        desk.do("2026-02-05T08:59", ResolveTicket)


def test_a_refused_command_tells_nothing(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    with pytest.raises(MoveIllegal):
        desk.do("2026-03-05T09:00", CloseTicket)
    assert [event.event_name for event in desk.events] == ["ticket-opened"]
