"""The clock explained from a ticket's events."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from contracts.catalog import CalendarDefined
from services.tickets.commands import (
    AssignTicket,
    ChangePriority,
    PauseTicket,
    ResolveTicket,
    ResumeTicket,
    StartWork,
)
from services.tickets.domain.replay import business_seconds, replay

At = Callable[[str], datetime]


def played(desk: Any) -> Any:
    desk.open("2026-02-05T15:00")
    desk.do("2026-02-05T15:30", AssignTicket, team="Servicedesk")
    desk.do("2026-02-05T16:00", StartWork)
    desk.do("2026-02-06T09:00", PauseTicket, waiting_on="user")
    desk.do("2026-02-06T13:00", ResumeTicket)
    desk.do("2026-02-06T14:00", ChangePriority, impact=2, urgency=1)
    desk.do("2026-02-06T15:00", ResolveTicket)
    return desk


def test_each_stretch_is_explained(desk: Any, at: At) -> None:
    played(desk)
    explained = [
        (each.starts_at, each.course, each.waiting_on, each.business_seconds)
        for each in replay(desk.events, desk.rules.catalogue, at("2026-02-07T00:00"))
    ]
    assert explained == [
        (at("2026-02-05T15:00"), "running", None, 1800),
        (at("2026-02-05T15:30"), "running", None, 1800),
        (at("2026-02-05T16:00"), "running", None, 3600),
        (at("2026-02-05T17:00"), "outside-hours", None, 0),
        (at("2026-02-06T08:00"), "running", None, 3600),
        (at("2026-02-06T09:00"), "paused", "user", 0),
        (at("2026-02-06T13:00"), "running", None, 3600),
        (at("2026-02-06T14:00"), "running", None, 3600),
        (at("2026-02-06T15:00"), "stopped", None, 0),
    ]


def test_it_tells_under_which_norm_and_which_clocks(desk: Any, at: At) -> None:
    played(desk)
    intervals = replay(desk.events, desk.rules.catalogue, at("2026-02-07T00:00"))
    norms = [each.norm for each in intervals if each.norm]
    assert [norm.resolution_minutes for norm in norms] == [960] * 7 + [480] * 2
    assert [each.clocks for each in intervals[:3]] == [
        ("response", "resolution"),
        ("response", "resolution"),
        ("resolution",),
    ]


def test_it_adds_up_to_the_clock(desk: Any, at: At) -> None:
    played(desk)
    intervals = replay(desk.events, desk.rules.catalogue, at("2026-02-07T00:00"))
    assert business_seconds(intervals, "response") == desk.ticket.clock.response_seconds
    assert business_seconds(intervals, "resolution") == desk.ticket.clock.resolution_seconds


def test_it_can_be_replayed_to_any_moment(desk: Any, at: At) -> None:
    played(desk)
    intervals = replay(desk.events, desk.rules.catalogue, at("2026-02-06T08:30"))
    assert business_seconds(intervals, "resolution") == 2 * 3600 + 1800


def test_with_a_calendar_put_right_it_tells_what_changes(desk: Any, at: At) -> None:
    played(desk)
    right = CalendarDefined.model_validate(
        {
            "occurred_at": datetime.fromisoformat("2026-03-01T00Z"),
            "calendar": "kantoor",
            "calendar_version": 1,
            "name": "Kantooruren",
            "valid_from": date(2024, 1, 1),
            "hours": [{"weekday": day, "opens": "08:00", "closes": "18:00"} for day in range(1, 6)],
        }
    )
    corrected = desk.rules.catalogue.apply([right])
    intervals = replay(desk.events, corrected, at("2026-02-07T00:00"))
    before = desk.ticket.clock.resolution_seconds
    assert business_seconds(intervals, "resolution") == before + 3600
