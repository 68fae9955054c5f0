"""The SLA clock in the cases where peers go wrong. The norm of priority 3 is 2 and 16 hours."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from contracts.tickets import SlaBreached
from services.tickets.commands import (
    AssignTicket,
    CancelTicket,
    ChangePriority,
    LogTime,
    PauseTicket,
    ReclassifyTicket,
    ReopenTicket,
    ResolveTicket,
    ResumeTicket,
    StartWork,
)
from services.tickets.domain.passing import next_moment

At = Callable[[str], datetime]
SECOND = timedelta(seconds=1)


def test_due_moments_are_known_at_the_opening(desk: Any, at: At) -> None:
    ticket = desk.open("2026-02-05T15:30")
    assert ticket.clock.response_due == at("2026-02-06T08:30")
    assert ticket.clock.resolution_due == at("2026-02-09T13:30")


def test_a_deadline_exactly_at_closing_time_stays_on_that_day(desk: Any, at: At) -> None:
    assert desk.open("2026-02-05T15:00").clock.response_due == at("2026-02-05T17:00")


def test_opened_outside_hours_the_clock_starts_at_the_next_opening(desk: Any, at: At) -> None:
    assert desk.open("2026-02-07T12:00").clock.response_due == at("2026-02-09T10:00")


def test_the_response_clock_runs_as_well_for_a_ticket_logged_for_a_caller(
    desk: Any, at: At
) -> None:
    desk.open("2026-02-05T09:00", channel="phone")
    desk.do("2026-02-05T09:30", AssignTicket, team="Servicedesk")
    desk.do("2026-02-05T10:00", StartWork)
    assert desk.ticket.clock.response_seconds == 3600
    assert desk.ticket.clock.responded_at == at("2026-02-05T10:00")


def test_warning_and_breach_are_told_at_their_true_moments_after_downtime(
    desk: Any, at: At
) -> None:
    desk.open("2026-02-05T09:00")
    told = desk.do("2026-02-11T10:00", AssignTicket, team="Servicedesk")
    assert told == ["sla-at-risk", "sla-breached", "sla-at-risk", "sla-breached", "ticket-assigned"]
    assert desk.occurred("sla-at-risk") == [at("2026-02-05T10:30"), at("2026-02-06T12:00")]
    assert desk.occurred("sla-breached") == [at("2026-02-05T11:00"), at("2026-02-06T16:00")]


def test_each_is_told_once(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    assert len(desk.wait("2026-02-20T09:00")) == 4
    assert desk.wait("2026-03-20T09:00") == []
    assert next_moment(desk.ticket, desk.rules) is None


def test_the_due_moment_itself_is_in_time_and_a_second_later_is_not(desk: Any, at: At) -> None:
    desk.open("2026-02-05T09:00")
    due = at("2026-02-05T11:00")
    assert desk.wait(due) == ["sla-at-risk"]
    assert desk.wait(due + SECOND) == ["sla-breached"]
    assert isinstance(desk.events[-1], SlaBreached)
    assert desk.events[-1].occurred_at == desk.events[-1].due == due


def test_work_that_starts_at_the_due_moment_is_in_time(desk: Any, at: At) -> None:
    desk.open("2026-02-05T09:00")
    desk.do("2026-02-05T09:10", AssignTicket, team="Servicedesk")
    desk.do("2026-02-05T11:00", StartWork)
    desk.do("2026-02-05T12:00", ResolveTicket)
    assert (desk.events[-1].within_response, desk.events[-1].within_resolution) == (True, True)


def test_resolved_in_the_weekend_after_a_deadline_at_closing_time_is_late(desk: Any) -> None:
    desk.open("2026-02-05T10:00")  # due on Friday at 17:00
    desk.do("2026-02-05T10:10", AssignTicket, team="Servicedesk")
    desk.do("2026-02-05T10:20", StartWork)
    desk.do("2026-02-07T12:00", ResolveTicket)
    assert desk.events[-1].within_response
    assert not desk.events[-1].within_resolution


def _in_progress(desk: Any, **changes: object) -> None:
    desk.open("2026-02-05T09:00", **changes)
    desk.do("2026-02-05T09:10", AssignTicket, team="Servicedesk")
    desk.do("2026-02-05T10:00", StartWork)


def test_waiting_on_the_user_pauses_and_keeps_the_due_moment(desk: Any, at: At) -> None:
    _in_progress(desk)
    desk.do("2026-02-05T11:00", PauseTicket, waiting_on="user")
    assert desk.ticket.clock.paused
    assert desk.ticket.clock.resolution_due == at("2026-02-06T16:00")
    assert desk.wait("2026-02-20T12:00") == []
    desk.do("2026-02-20T13:00", ResumeTicket)
    assert desk.ticket.clock.resolution_seconds == 2 * 3600
    assert desk.ticket.clock.resolution_due == at("2026-02-24T09:00")


def test_waiting_on_a_supplier_pauses_when_the_norm_says_so(desk: Any) -> None:
    _in_progress(desk, urgency=1)
    desk.do("2026-02-05T11:00", PauseTicket, waiting_on="supplier")
    assert desk.ticket.norm.pauses_on_supplier
    assert desk.ticket.clock.paused


def test_waiting_on_a_supplier_runs_on_when_the_norm_does_not(desk: Any) -> None:
    _in_progress(desk)
    desk.do("2026-02-05T11:00", PauseTicket, waiting_on="supplier")
    assert not desk.ticket.clock.paused
    assert desk.wait("2026-02-06T17:00") == ["sla-at-risk", "sla-breached"]


def test_waiting_on_a_change_window_pauses(desk: Any) -> None:
    _in_progress(desk)
    desk.do("2026-02-05T11:00", PauseTicket, waiting_on="change-window")
    assert desk.ticket.clock.paused


def test_from_user_to_supplier_the_clock_runs_again(desk: Any, at: At) -> None:
    _in_progress(desk)
    desk.do("2026-02-05T11:00", PauseTicket, waiting_on="user")
    assert desk.do("2026-02-06T11:00", PauseTicket, waiting_on="supplier") == ["ticket-paused"]
    assert not desk.ticket.clock.paused
    assert desk.ticket.clock.resolution_due == at("2026-02-09T16:00")
    assert desk.do("2026-02-06T12:00", PauseTicket, waiting_on="supplier") == []


def test_reassigned_while_waiting_it_keeps_waiting(desk: Any) -> None:
    _in_progress(desk)
    desk.do("2026-02-05T11:00", PauseTicket, waiting_on="user")
    told = desk.do("2026-02-06T11:00", AssignTicket, team="Beheer", line="second")
    assert told == ["ticket-assigned", "ticket-paused"]
    assert (desk.ticket.status, desk.ticket.team) == ("waiting", "Beheer")
    assert desk.ticket.clock.paused
    assert desk.ticket.clock.resolution_seconds == 2 * 3600


def test_a_priority_change_keeps_the_business_time_used(desk: Any, at: At) -> None:
    _in_progress(desk)
    desk.do("2026-02-05T15:00", ChangePriority, impact=2, urgency=1)
    assert desk.ticket.priority == 2
    assert desk.ticket.clock.resolution_seconds == 6 * 3600
    assert desk.ticket.clock.resolution_due == at("2026-02-05T17:00")


def test_a_norm_that_takes_over_may_be_breached_at_once(desk: Any, at: At) -> None:
    _in_progress(desk)
    told = desk.do("2026-02-06T10:00", ChangePriority, impact=1, urgency=1)
    assert told == ["ticket-priority-changed", "sla-at-risk", "sla-breached"]
    assert desk.occurred("sla-breached") == [at("2026-02-06T10:00")]
    assert desk.ticket.clock.resolution_due == at("2026-02-06T10:00")


def test_a_response_given_is_not_judged_again_under_another_norm(desk: Any, at: At) -> None:
    _in_progress(desk)
    due = desk.ticket.clock.response_due
    desk.do("2026-02-05T10:30", ChangePriority, impact=1, urgency=1)
    assert desk.ticket.clock.response_due == due
    desk.do("2026-02-05T10:40", ResolveTicket)
    assert desk.events[-1].within_response


def test_a_longer_norm_makes_good_a_breach_of_the_shorter(desk: Any) -> None:
    _in_progress(desk, urgency=1)
    desk.do("2026-02-06T09:30", ChangePriority, impact=2, urgency=2)
    assert desk.ticket.breached == frozenset()
    desk.do("2026-02-06T10:00", ResolveTicket)
    assert desk.events[-1].within_resolution


def test_the_norm_changes_while_paused_and_the_pause_is_kept(desk: Any, at: At) -> None:
    _in_progress(desk)
    desk.do("2026-02-05T11:00", PauseTicket, waiting_on="user")
    desk.do("2026-02-09T11:00", ChangePriority, impact=2, urgency=1)
    assert desk.ticket.clock.paused
    desk.do("2026-02-10T09:00", ResumeTicket)
    assert desk.ticket.clock.resolution_seconds == 2 * 3600
    assert desk.ticket.clock.resolution_due == at("2026-02-10T15:00")


def test_impact_and_urgency_that_give_the_same_priority_keep_the_norm(desk: Any) -> None:
    _in_progress(desk, impact=1, urgency=2)
    norm = desk.ticket.norm
    assert desk.do("2026-09-07T11:00", ChangePriority, impact=2, urgency=1)[-1] == (
        "ticket-priority-changed"
    )
    assert desk.ticket.norm == norm
    assert "resolution" in desk.ticket.breached


def test_time_between_resolved_and_reopened_does_not_count(desk: Any, at: At) -> None:
    _in_progress(desk)
    desk.do("2026-02-05T12:00", ResolveTicket)
    desk.do("2026-02-09T10:00", ReopenTicket, reason="Weer zwart")
    assert desk.ticket.clock.resolution_seconds == 3 * 3600
    assert desk.ticket.clock.resolution_due == at("2026-02-10T14:00")
    desk.do("2026-02-09T11:00", ResolveTicket)
    assert desk.ticket.clock.resolution_seconds == 4 * 3600


def test_resolution_without_work_started_is_the_response(desk: Any, at: At) -> None:
    desk.open("2026-02-05T09:00")
    desk.do("2026-02-05T09:30", ResolveTicket)
    assert desk.ticket.clock.responded_at == at("2026-02-05T09:30")
    assert desk.ticket.clock.response_seconds == desk.ticket.clock.resolution_seconds == 1800


def test_cancelled_the_clock_stands_still(desk: Any) -> None:
    _in_progress(desk)
    desk.do("2026-02-05T11:00", CancelTicket, reason="Dubbel")
    assert desk.ticket.clock.resolution_seconds == 2 * 3600
    assert next_moment(desk.ticket, desk.rules) is None


def test_without_a_norm_nothing_is_promised_and_nothing_counted(desk: Any) -> None:
    ticket = desk.open("2026-02-05T09:00", item=None, domain="hr")
    assert ticket.norm is None
    assert ticket.clock.resolution_due is None
    assert desk.wait("2026-05-05T09:00") == []
    desk.do("2026-05-05T09:00", ReclassifyTicket, item="ICT-WP-01")
    assert desk.ticket.norm is not None
    assert desk.ticket.clock.resolution_seconds == 0
    desk.do("2026-05-05T10:00", ReclassifyTicket, item=None, domain="legal")
    assert desk.ticket.clock.resolution_seconds == 3600
    assert desk.ticket.clock.resolution_due is None
    desk.do("2026-05-06T10:00", ResolveTicket)
    assert desk.events[-1].within_resolution is None


def test_the_timer_is_set_to_the_next_moment_of_the_clock(desk: Any, at: At) -> None:
    ticket = desk.open("2026-02-05T09:00")
    assert next_moment(ticket, desk.rules) == at("2026-02-05T10:30")
    desk.wait("2026-02-05T10:30")
    assert next_moment(desk.ticket, desk.rules) == at("2026-02-05T11:00") + SECOND


def test_a_resolved_ticket_closes_itself_as_the_fifth_working_day_ends(desk: Any, at: At) -> None:
    _in_progress(desk)
    desk.do("2026-03-31T12:00", ResolveTicket)
    closes = at("2026-04-10T00:00")  # 1, 2, 7, 8 and 9 April: Good Friday and Easter between
    assert next_moment(desk.ticket, desk.rules) == closes
    assert desk.wait(closes - SECOND) == []
    assert desk.wait(closes + 100 * SECOND) == ["ticket-closed"]
    assert desk.events[-1].automatic
    assert desk.events[-1].occurred_at == closes


def test_what_is_done_late_to_a_resolved_ticket_comes_before_its_closing(desk: Any) -> None:
    _in_progress(desk)
    desk.do("2026-03-31T12:00", ResolveTicket)
    entry = {"team": "Beheer", "minutes": 5, "billable": False, "worked_on": "2026-03-31"}
    desk.do("2026-05-01T12:00", LogTime, **entry)
    assert desk.wait("2026-05-01T12:01") == ["ticket-closed"]
    assert desk.events[-1].occurred_at == desk.events[-2].occurred_at
