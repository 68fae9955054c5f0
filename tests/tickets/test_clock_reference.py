"""The clock against a reference that lives through every minute of a ticket's life."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.tickets import AppliedNorm, ClockName, ClockReading, SlaAtRisk, SlaBreached
from services.tickets.commands import (
    AssignTicket,
    ChangePriority,
    PauseTicket,
    ReopenTicket,
    ResolveTicket,
    ResumeTicket,
    StartWork,
)
from services.tickets.domain.clock import CLOCKS, read, seconds_of
from services.tickets.domain.moves import ALLOWED
from services.tickets.domain.replay import business_seconds, replay
from services.tickets.domain.rules import Rules

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
MINUTE = timedelta(minutes=1)
FIRST = datetime(2026, 3, 26, 6, 0, tzinfo=UTC)  # the change to summer time and Easter follow
CLOSED = {"2026-04-03", "2026-04-06"}

Told = tuple[str, ClockName, datetime]


@dataclass
class Reference:
    """A clock that is asked minute by minute. It knows no arithmetic but adding one.

    `reached` holds the moment at which a norm's last minute was used up.
    """

    norm: AppliedNorm
    now: datetime
    used: dict[ClockName, int] = field(default_factory=lambda: dict.fromkeys(CLOCKS, 0))
    on: dict[ClockName, bool] = field(default_factory=lambda: dict.fromkeys(CLOCKS, True))
    reached: dict[ClockName, datetime] = field(default_factory=dict)
    paused: bool = False
    told: list[Told] = field(default_factory=list)
    said: set[tuple[str, ClockName]] = field(default_factory=set)

    def live_until(self, moment: datetime) -> None:
        while self.now < moment:
            if not self.paused:
                for clock in CLOCKS:
                    if self.on[clock]:
                        self._minute(clock)
            self.now += MINUTE

    def under(self, norm: AppliedNorm) -> None:
        if norm == self.norm:
            return
        self.norm = norm
        for clock in CLOCKS:
            if self.on[clock]:
                self.reached.pop(clock, None)
                self.said -= {("risk", clock), ("breach", clock)}
                self._look(clock, self.now)
                if self.used[clock] > self._limit(clock):
                    self._say("breach", clock, self.now)

    def pause(self, *, paused: bool) -> None:
        if self.paused and not paused:
            self.reached = dict.fromkeys(self.reached, self.now)
        self.paused = paused

    def _minute(self, clock: ClockName) -> None:
        if clock in self.reached:
            self._say("breach", clock, self.reached[clock])
        if self._is_open():
            self.used[clock] += 1
            self._look(clock, self.now + MINUTE)

    def _look(self, clock: ClockName, at: datetime) -> None:
        if self.used[clock] * 4 >= self._limit(clock) * 3:
            self._say("risk", clock, at)
        if self.used[clock] == self._limit(clock):
            self.reached[clock] = at

    def _say(self, what: str, clock: ClockName, at: datetime) -> None:
        if (what, clock) not in self.said:
            self.said.add((what, clock))
            self.told.append((what, clock, at))

    def _limit(self, clock: ClockName) -> int:
        norm = self.norm
        return norm.response_minutes if clock == "response" else norm.resolution_minutes

    def _is_open(self) -> bool:
        if self.norm.calendar is None:
            return True
        wall = self.now.astimezone(AMSTERDAM)
        working_day = wall.isoweekday() <= 5 and wall.date().isoformat() not in CLOSED
        return working_day and 8 <= wall.hour < 17


MOVES: dict[str, Callable[[st.DrawFn], tuple[Any, dict[str, Any]]]] = {
    "assign": lambda draw: (AssignTicket, {"team": draw(st.sampled_from(["Eerste", "Tweede"]))}),
    "start": lambda draw: (StartWork, {}),
    "pause": lambda draw: (
        PauseTicket,
        {"waiting_on": draw(st.sampled_from(["user", "supplier", "change-window"]))},
    ),
    "resume": lambda draw: (ResumeTicket, {}),
    "prioritise": lambda draw: (
        ChangePriority,
        {"impact": draw(st.integers(1, 2)), "urgency": draw(st.integers(1, 3))},
    ),
    "resolve": lambda draw: (ResolveTicket, {}),
    "reopen": lambda draw: (ReopenTicket, {"reason": "Weer stuk"}),
}


@st.composite
def gaps(draw: st.DrawFn) -> timedelta:
    return draw(st.sampled_from([1, 7, 30, 60, 240, 600, 1440])) * draw(st.integers(0, 3)) * MINUTE


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_the_clock_is_what_living_through_each_minute_gives(desk_of: Any, data: Any) -> None:
    desk = desk_of()
    start = FIRST + data.draw(st.integers(0, 2000)) * MINUTE
    desk.open(start, impact=data.draw(st.integers(1, 2)), urgency=data.draw(st.integers(1, 3)))
    reference = Reference(desk.ticket.norm, start)
    moment = start
    for _ in range(data.draw(st.integers(1, 9))):
        moment += data.draw(gaps())
        allowed = [move for move in ALLOWED[desk.ticket.status] if move in MOVES]
        command, fields = MOVES[data.draw(st.sampled_from(allowed))](data.draw)
        reference.live_until(moment)
        desk.do(moment, command, **fields)
        _follow(reference, desk)
        _compare(reference, desk)
    _explain(desk, moment)


def _follow(reference: Reference, desk: Any) -> None:
    """The reference is told the state; what the clock does with it, it works out itself."""
    ticket = desk.ticket
    is_open = ticket.status not in {"resolved", "closed", "cancelled"}
    reference.on = {
        "response": is_open and ticket.clock.responded_at is None,
        "resolution": is_open,
    }
    reference.under(ticket.norm)
    waiting_on = ticket.waiting_on
    reference.pause(
        paused=not is_open
        or waiting_on in {"user", "change-window"}
        or (waiting_on == "supplier" and ticket.norm.pauses_on_supplier)
    )


def _compare(reference: Reference, desk: Any) -> None:
    clock = _reading(desk, reference.now)
    assert clock.response_seconds == 60 * reference.used["response"]
    assert clock.resolution_seconds == 60 * reference.used["resolution"]
    assert clock.paused == (reference.paused and desk.ticket.is_open)
    assert sorted(_told(desk)) == sorted(reference.told)


def _told(desk: Any) -> Iterator[Told]:
    for event in desk.events:
        if isinstance(event, SlaAtRisk):
            yield "risk", event.clock_name, event.occurred_at
        if isinstance(event, SlaBreached):
            yield "breach", event.clock_name, event.occurred_at


def _explain(desk: Any, moment: datetime) -> None:
    """The replay has no gaps and adds up to what the clock reads."""
    rules: Rules = desk.rules
    intervals = replay(desk.events, rules.catalogue, moment)
    edges = [edge for each in intervals for edge in (each.starts_at, each.ends_at)]
    assert edges == sorted(edges)
    assert sum((each.ends_at - each.starts_at for each in intervals), timedelta()) == (
        moment - desk.events[0].occurred_at
    )
    for name in CLOCKS:
        counted = seconds_of(_reading(desk, moment), name)
        assert business_seconds(intervals, name) == counted


def _reading(desk: Any, moment: datetime) -> ClockReading:
    return read(desk.ticket, moment, desk.rules.hours(desk.ticket.norm))
