"""Time that is logged, and what the requester thought of it."""

from datetime import date
from typing import Any

import pytest

from contracts.tickets import TicketRated, TimeLogged
from services.tickets.commands import CancelTicket, CloseTicket, LogTime, RateTicket, ResolveTicket
from services.tickets.errors import (
    RatedAlready,
    RatingNotRequester,
    RatingTooEarly,
    WorkDateOutside,
)

SCORES = {"quality": 8, "speed": 7, "communication": 9}


def entry(**changes: Any) -> dict[str, Any]:
    return {
        "team": "Beheer",
        "minutes": 45,
        "billable": True,
        "worked_on": "2026-02-05",
        **changes,
    }


def test_time_is_logged_of_a_team_on_a_day(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    assert desk.do("2026-02-05T10:00", LogTime, **entry()) == ["time-logged"]
    logged = desk.events[-1]
    assert isinstance(logged, TimeLogged)
    assert (logged.team, logged.minutes, logged.billable) == ("Beheer", 45, True)
    assert logged.worked_on == date(2026, 2, 5)


def test_time_is_logged_afterwards_too_and_moves_nothing(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    desk.do("2026-02-05T10:00", CancelTicket, reason="Dubbel")
    before = desk.ticket
    desk.do("2026-02-09T10:00", LogTime, **entry(worked_on="2026-02-06"))
    assert desk.ticket.status == "cancelled"
    assert desk.ticket.clock == before.clock


@pytest.mark.parametrize("day", ["2026-02-04", "2026-02-06"])
def test_work_lies_between_the_opening_and_today(desk: Any, day: str) -> None:
    desk.open("2026-02-05T09:00")
    with pytest.raises(WorkDateOutside) as refusal:
        desk.do("2026-02-05T23:59", LogTime, **entry(worked_on=day))
    assert refusal.value.params == {"first": "2026-02-05", "last": "2026-02-05"}


@pytest.mark.parametrize("minutes", [0, 1441])
def test_an_entry_is_a_day_at_most(minutes: int) -> None:
    with pytest.raises(ValueError, match="minutes"):
        LogTime(ticket="INC-2026-000001", **entry(minutes=minutes))


def test_who_asked_rates_once_after_closing(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    with pytest.raises(RatingTooEarly):
        desk.do("2026-02-05T09:10", RateTicket, **SCORES)
    desk.do("2026-02-05T10:00", ResolveTicket)
    with pytest.raises(RatingTooEarly):
        desk.do("2026-02-05T10:10", RateTicket, **SCORES)
    desk.do("2026-02-05T11:00", CloseTicket)
    with pytest.raises(RatingNotRequester):
        desk.do("2026-02-05T11:10", RateTicket, actor="p-2", **SCORES)
    desk.do("2026-02-05T12:00", RateTicket, **SCORES)
    rated = desk.events[-1]
    assert isinstance(rated, TicketRated)
    assert (rated.quality, rated.speed, rated.communication) == (8, 7, 9)
    with pytest.raises(RatedAlready):
        desk.do("2026-02-05T13:00", RateTicket, **SCORES)


@pytest.mark.parametrize("score", [0, 11])
def test_a_score_is_from_one_to_ten(score: int) -> None:
    with pytest.raises(ValueError, match="quality"):
        RateTicket(ticket="INC-2026-000001", **{**SCORES, "quality": score})
