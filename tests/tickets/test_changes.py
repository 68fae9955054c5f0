"""Changes: planned, approved by a second person, carried out; and the freezes they keep to."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from contracts.tickets import ChangeImplemented, ChangePlanned
from services.tickets.commands import (
    ApproveChange,
    AssignTicket,
    ImplementChange,
    PlanChange,
    RejectChange,
    ReopenTicket,
    ResolveTicket,
    StartWork,
)
from services.tickets.domain.windows import Window
from services.tickets.errors import (
    ChangeApproverPlanner,
    ChangeDecided,
    ChangeFrozen,
    ChangeNotApproved,
    ChangeNotImplemented,
    ChangeNotPlanned,
    NotAChange,
    TicketNotOpen,
    WindowInvalid,
)

PLANNER, APPROVER = "agent-1", "agent-2"


@pytest.fixture
def change(desk: Any) -> Any:
    """A change that a team has, not planned yet."""
    desk.open("2026-02-05T09:00", kind="change", requester={"id": PLANNER, "name": "A. Gent"})
    desk.do("2026-02-05T09:05", AssignTicket, team="Beheer")
    return desk


@pytest.fixture
def plan(at: Callable[[str], datetime]) -> Callable[..., dict[str, Any]]:
    def planned(
        change_type: str = "normal",
        starts: str = "2026-02-14T08:00",
        ends: str = "2026-02-14T12:00",
    ) -> dict[str, Any]:
        return {
            "change_type": change_type,
            "risk": "medium",
            "starts_at": at(starts),
            "ends_at": at(ends),
            "actor": PLANNER,
        }

    return planned


@pytest.fixture
def freeze(at: Callable[[str], datetime]) -> Window:
    """No changes for Zevenaar from 13 until 16 February."""
    return Window(
        window="FRZ-2026-000001",
        partners=frozenset({"zevenaar"}),
        starts_at=at("2026-02-13T00:00"),
        ends_at=at("2026-02-16T00:00"),
        status="frozen",
    )


def test_a_normal_change_is_approved_before_work_on_it_starts(change: Any, plan: Any) -> None:
    with pytest.raises(ChangeNotApproved):
        change.do("2026-02-05T09:10", StartWork)
    with pytest.raises(ChangeNotPlanned):
        change.do("2026-02-05T09:10", ApproveChange, actor=APPROVER)
    assert change.do("2026-02-05T09:10", PlanChange, **plan()) == ["change-planned"]
    planned = change.events[-1]
    assert isinstance(planned, ChangePlanned)
    assert planned.by == PLANNER
    with pytest.raises(ChangeNotApproved):
        change.do("2026-02-05T09:20", StartWork)
    with pytest.raises(ChangeApproverPlanner):
        change.do("2026-02-05T09:20", ApproveChange, actor=PLANNER)
    change.do("2026-02-06T09:00", ApproveChange, actor=APPROVER)
    with pytest.raises(ChangeDecided):
        change.do("2026-02-06T09:10", RejectChange, actor=APPROVER, reason="Toch niet")
    change.do("2026-02-14T08:00", StartWork)
    with pytest.raises(ChangeNotImplemented):
        change.do("2026-02-14T09:00", ResolveTicket)
    told = change.do("2026-02-14T09:00", ImplementChange, result="with-issues")
    assert told[-2:] == ["change-implemented", "ticket-resolved"]
    done = change.events[-2]
    assert isinstance(done, ChangeImplemented)
    assert done.result == "with-issues"
    with pytest.raises(TicketNotOpen):
        change.do("2026-02-14T09:10", ImplementChange, result="successful")


def test_a_standard_change_is_approved_beforehand(change: Any, plan: Any) -> None:
    change.do("2026-02-05T09:10", PlanChange, **plan("standard"))
    with pytest.raises(ChangeDecided):
        change.do("2026-02-05T09:20", ApproveChange, actor=APPROVER)
    assert change.do("2026-02-05T09:20", StartWork) == ["ticket-work-started"]


def test_a_rejected_change_is_planned_anew(change: Any, plan: Any) -> None:
    change.do("2026-02-05T09:10", PlanChange, **plan())
    change.do("2026-02-05T09:20", RejectChange, actor=APPROVER, reason="Te vroeg")
    with pytest.raises(ChangeNotApproved):
        change.do("2026-02-05T09:30", StartWork)
    change.do("2026-02-05T09:30", PlanChange, **plan())
    assert change.ticket.change.decision is None
    change.do("2026-02-05T09:40", ApproveChange, actor=APPROVER)


def test_another_plan_asks_for_approval_again(change: Any, plan: Any) -> None:
    change.do("2026-02-05T09:10", PlanChange, **plan())
    change.do("2026-02-05T09:20", ApproveChange, actor=APPROVER)
    change.do("2026-02-05T09:30", PlanChange, **plan(ends="2026-02-14T18:00"))
    with pytest.raises(ChangeNotApproved):
        change.do("2026-02-14T08:00", StartWork)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [("2026-02-14T12:00", "2026-02-14T12:00"), ("2026-02-01T08:00", "2026-02-02T08:00")],
)
def test_a_window_lasts_and_lies_ahead(change: Any, plan: Any, starts: str, ends: str) -> None:
    with pytest.raises(WindowInvalid):
        change.do("2026-02-05T09:10", PlanChange, **plan(starts=starts, ends=ends))


def test_a_freeze_refuses_all_but_emergencies(change: Any, plan: Any, freeze: Window) -> None:
    change.do("2026-02-05T09:10", PlanChange, **plan())
    change.do("2026-02-05T09:20", ApproveChange, actor=APPROVER)
    change.rules = replace(change.rules, freezes=(freeze,))
    with pytest.raises(ChangeFrozen) as refusal:
        change.do("2026-02-14T08:00", StartWork)
    assert refusal.value.params["freeze"] == "FRZ-2026-000001"
    with pytest.raises(ChangeFrozen):
        change.do(
            "2026-02-14T08:10",
            PlanChange,
            **plan(starts="2026-02-15T08:00", ends="2026-02-20T08:00"),
        )
    change.do("2026-02-14T08:20", PlanChange, **plan("emergency"))
    change.do("2026-02-14T08:30", ApproveChange, actor=APPROVER)
    assert change.do("2026-02-14T08:40", StartWork)[-1] == "ticket-work-started"


def test_a_freeze_of_others_or_that_is_over_refuses_nothing(
    change: Any, plan: Any, freeze: Window
) -> None:
    others = freeze.model_copy(update={"partners": frozenset({"1stroom"})})
    lifted = freeze.model_copy(update={"status": "lifted"})
    change.rules = replace(change.rules, freezes=(others, lifted))
    change.do("2026-02-05T09:10", PlanChange, **plan("standard"))
    assert change.do("2026-02-14T08:00", StartWork)[-1] == "ticket-work-started"


def test_a_reopened_change_is_told_again_how_it_went(change: Any, plan: Any) -> None:
    change.do("2026-02-05T09:10", PlanChange, **plan("standard"))
    change.do("2026-02-05T09:20", ImplementChange, result="failed")
    change.do("2026-02-06T09:00", ReopenTicket, reason="Nogmaals")
    told = change.do("2026-02-06T10:00", ImplementChange, result="successful")
    assert told[-1] == "ticket-resolved"


def test_only_a_change_is_planned(desk: Any, plan: Any) -> None:
    desk.open("2026-02-05T09:00")
    with pytest.raises(NotAChange):
        desk.do("2026-02-05T09:10", PlanChange, **plan())


def test_a_change_elsewhere_was_planned_and_approved_there(change: Any) -> None:
    change.rules = replace(change.rules, plans=False)
    assert change.do("2026-02-05T09:10", StartWork) == ["ticket-work-started"]
    assert change.do("2026-02-05T10:10", ResolveTicket)[-1] == "ticket-resolved"
