"""What a correction does to one ticket: as if what is right had held from the beginning."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.errors import DomainError
from contracts.catalog import CalendarCorrected, CalendarDefined, ServiceLevelCorrected
from contracts.tickets import CorrectedSubject, SlaAtRisk, SlaBreached
from services.tickets.commands import (
    AssignTicket,
    CancelTicket,
    ChangePriority,
    CloseTicket,
    LogTime,
    PauseTicket,
    ReclassifyTicket,
    ReopenTicket,
    ResolveTicket,
    ResumeTicket,
    StartWork,
    TicketCommand,
)
from services.tickets.domain.clock import CLOCKS, seconds_of
from services.tickets.domain.correction.retelling import retold, told_norms
from services.tickets.domain.correction.righting import effect
from services.tickets.domain.correction.standing import standing
from services.tickets.domain.replay import business_seconds, replay
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import evolve, fold

At = Callable[[str], datetime]
FIRST = datetime(2026, 3, 26, 6, 0, tzinfo=UTC)  # the change to summer time and Easter follow
MINUTE = timedelta(minutes=1)
NUMBER = "COR-2026-000001"
FOUND_OUT = datetime(2026, 8, 1, 9, tzinfo=UTC)
NORM = {
    "response_minutes": 30,
    "resolution_minutes": 700,
    "calendar": "kantoor",
    "target_percentage": "90",
}
LEVEL: dict[str, Any] = {
    "occurred_at": FOUND_OUT,
    "domain": "ict",
    "item": "ICT-WP-01",
    "kind": "incident",
    "priority": 2,
    "norm": NORM,
    "valid_from": date(2026, 1, 1),
    "reason": "Verkeerd ingevoerd",
}
HOURS: dict[str, Any] = {
    "occurred_at": FOUND_OUT,
    "calendar": "kantoor",
    "calendar_version": 2,
    "name": "Kantooruren",
    "valid_from": date(2026, 1, 1),
    "hours": [{"weekday": day, "opens": "07:30", "closes": "18:00"} for day in range(1, 7)],
    "closing_days": [date(2026, 4, 2)],
    "reason": "De zaterdag ontbrak",
}
CORRECTIONS: dict[str, Any] = {
    "longer": ServiceLevelCorrected.model_validate(LEVEL),
    "24x7": ServiceLevelCorrected.model_validate(
        LEVEL | {"norm": NORM | {"calendar": None, "pauses_on_supplier": True}}
    ),
    "the default": ServiceLevelCorrected.model_validate(LEVEL | {"item": None, "priority": 3}),
    "one that lacked": ServiceLevelCorrected.model_validate(LEVEL | {"item": None, "priority": 5}),
    "longer hours": CalendarCorrected.model_validate(HOURS),
}


def subject_of(told: Any) -> CorrectedSubject:
    kind = "calendar" if isinstance(told, CalendarDefined) else "service-level"
    return CorrectedSubject.model_validate({"corrects": kind, **told.model_dump()})


def put_right(rules: Rules, told: Any) -> Rules:
    return replace(rules, catalogue=rules.catalogue.apply([told]))


Ordered = tuple[datetime, type[TicketCommand], dict[str, Any]]


@dataclass
class Script:
    """What happens to a ticket, and until when it is looked at."""

    start: datetime
    opening: dict[str, Any]
    steps: list[Ordered]
    until: datetime


def _order(
    command: type[TicketCommand], **fields: st.SearchStrategy[Any]
) -> st.SearchStrategy[tuple[type[TicketCommand], dict[str, Any]]]:
    return st.tuples(st.just(command), st.fixed_dictionaries(fields))


_ORDERS: tuple[st.SearchStrategy[tuple[type[TicketCommand], dict[str, Any]]], ...] = (
    _order(AssignTicket, team=st.sampled_from(["Eerste", "Tweede"])),
    _order(StartWork),
    _order(PauseTicket, waiting_on=st.sampled_from(["user", "supplier", "change-window"])),
    _order(ResumeTicket),
    _order(ChangePriority, impact=st.integers(1, 3), urgency=st.integers(1, 3)),
    _order(ReclassifyTicket, item=st.sampled_from(["ICT-WP-01", "ICT-LOS-01", None])),
    _order(ResolveTicket),
    _order(CloseTicket),
    _order(ReopenTicket, reason=st.just("Weer stuk")),
    _order(CancelTicket, reason=st.just("Dubbel")),
    _order(
        LogTime,
        team=st.just("Beheer"),
        minutes=st.just(5),
        billable=st.booleans(),
        worked_on=st.dates(date(2026, 3, 26), date(2026, 4, 10)),
    ),
)
GAPS = st.sampled_from([0, 0, 1, 7, 30, 60, 240, 600, 1440, 4320])


@st.composite
def scripts(draw: st.DrawFn) -> Script:
    opening = {
        "item": draw(st.sampled_from(["ICT-WP-01", "ICT-LOS-01", None])),
        "impact": draw(st.integers(1, 3)),
        "urgency": draw(st.integers(1, 3)),
    }
    start = moment = FIRST + draw(st.integers(0, 6000)) * MINUTE
    steps = []
    for command, fields in draw(st.lists(st.one_of(_ORDERS), max_size=14)):
        moment += draw(GAPS) * MINUTE
        steps.append((moment, command, fields))
    return Script(start, opening, steps, moment + draw(GAPS) * MINUTE)


def play(desk: Any, script: Script) -> Any:
    """The script on a desk: what is refused does not hang on norms, so each desk takes the same."""
    desk.open(script.start, **script.opening)
    carry_on(desk, script.steps)
    return desk


def carry_on(desk: Any, steps: Sequence[Ordered]) -> None:
    for moment, command, fields in steps:
        with suppress(DomainError):
            desk.do(moment, command, **fields)


@pytest.fixture(scope="module")
def desk_under(desk_of: Any) -> Callable[[Rules], Any]:
    return lambda rules: replace(desk_of(), rules=rules, events=[])


@settings(max_examples=150, deadline=None)
@given(script=scripts())
def test_retelling_a_history_under_its_own_norms_gives_that_history(
    rules: Rules, desk_of: Any, script: Script
) -> None:
    desk = play(desk_of(), script)
    again = retold(desk.events, told_norms(desk.events), desk.rules.catalogue)
    people_did, same = (
        [each for each in told if not isinstance(each, SlaAtRisk | SlaBreached)]
        for told in (desk.events, again)
    )
    assert people_did == same
    assert standing(again, script.until, rules) == standing(desk.events, script.until, rules)


@settings(max_examples=250, deadline=None)
@given(script=scripts(), told=st.sampled_from(sorted(CORRECTIONS)), cut=st.integers(0, 14))
def test_an_accepted_correction_equals_having_had_what_is_right_from_the_start(
    rules: Rules, desk_under: Any, script: Script, told: str, cut: int
) -> None:
    """Wherever in a ticket's life it comes, and whatever is done to the ticket after it."""
    right = put_right(rules, CORRECTIONS[told])
    ideal = play(desk_under(right), script)
    desk = play(desk_under(rules), replace(script, steps=script.steps[:cut]))
    now = script.steps[:cut][-1][0] if script.steps[:cut] else script.start
    before = standing(desk.events, now, rules)
    desk.rules = right
    found = effect(desk.events, subject_of(CORRECTIONS[told]), now, right)
    if found is not None:
        assert found.before == before
        state = evolve(desk.ticket, event := found.told(NUMBER, "Verkeerd ingevoerd"))
        desk.events.append(event)
        assert state == fold(desk.events)
    carry_on(desk, script.steps[cut:])
    assert standing(desk.events, script.until, right) == standing(ideal.events, script.until, right)


@settings(max_examples=150, deadline=None)
@given(
    script=scripts(),
    told=st.lists(st.sampled_from(sorted(CORRECTIONS)), min_size=1, max_size=3, unique=True),
    later=st.sampled_from([0, 60, 3000]),
)
def test_the_explanation_sums_to_the_reading_whatever_was_corrected(
    rules: Rules, desk_under: Any, script: Script, told: list[str], later: int
) -> None:
    right = rules
    desk = play(desk_under(rules), script)
    now = script.until
    for name in told:
        right = put_right(right, CORRECTIONS[name])
        found = effect(desk.events, subject_of(CORRECTIONS[name]), now, right)
        if found is not None:
            desk.events.append(found.told(NUMBER, "Verkeerd ingevoerd"))
    until = now + later * MINUTE
    intervals = replay(desk.events, right.catalogue, until)
    edges = [edge for each in intervals for edge in (each.starts_at, each.ends_at)]
    assert edges == sorted(edges)
    reading = standing(desk.events, until, right).clock
    for clock in CLOCKS:
        assert business_seconds(intervals, clock) == seconds_of(reading, clock)


@settings(max_examples=100, deadline=None)
@given(script=scripts(), told=st.sampled_from(sorted(CORRECTIONS)))
def test_a_correction_is_made_once(
    rules: Rules, desk_under: Any, script: Script, told: str
) -> None:
    right = put_right(rules, CORRECTIONS[told])
    desk = play(desk_under(rules), script)
    subject, now = subject_of(CORRECTIONS[told]), script.until
    found = effect(desk.events, subject, now, right)
    if found is not None:
        desk.events.append(found.told(NUMBER, "Verkeerd ingevoerd"))
    assert effect(desk.events, subject, now, right) is None


def resolved(desk: Any) -> Any:
    desk.open("2026-02-05T15:00")
    desk.do("2026-02-05T16:00", AssignTicket, team="Servicedesk")
    desk.do("2026-02-05T16:30", StartWork)
    desk.do("2026-02-09T15:00", ResolveTicket)
    return desk


def test_what_was_late_may_turn_out_to_be_in_time(desk: Any, at: At) -> None:
    resolved(desk)
    longer = ServiceLevelCorrected.model_validate(
        LEVEL | {"priority": 3, "item": None, "norm": NORM | {"resolution_minutes": 1200}}
    )
    right = put_right(desk.rules, longer)
    found = effect(desk.events, subject_of(longer), at("2026-03-01T12:00"), right)
    assert found is not None
    assert found.changes
    assert (found.before.within_resolution, found.after.within_resolution) == (False, True)
    assert found.before.resolution_breached_at == at("2026-02-09T13:00")
    assert found.after.resolution_breached_at is None
    assert found.after.clock.resolution_due == at("2026-02-09T17:00")
    assert found.after.clock.response_due == at("2026-02-05T15:30")
    assert (found.before.within_response, found.after.within_response) == (True, False)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"valid_from": date(2026, 2, 6)}, "it was opened before"),
        ({"kind": "service-request"}, "it is of another kind"),
        ({"priority": 4}, "it has another priority"),
        ({"domain": "hr"}, "it is of another field of work"),
        ({"item": "ICT-LOS-01"}, "it is about another item"),
    ],
)
def test_a_ticket_that_the_norm_is_not_for_is_left_alone(
    desk: Any, at: At, changes: dict[str, Any], reason: str
) -> None:
    resolved(desk)
    other = ServiceLevelCorrected.model_validate(LEVEL | {"priority": 3, "item": None} | changes)
    right = put_right(desk.rules, other)
    found = effect(desk.events, subject_of(other), at("2026-03-01T12:00"), right)
    assert found is None, reason


def test_a_correction_that_was_dropped_does_not_slip_in_with_another(desk: Any, at: At) -> None:
    resolved(desk)
    dropped = CORRECTIONS["longer hours"]
    norm = ServiceLevelCorrected.model_validate(LEVEL | {"priority": 3, "item": None})
    right = put_right(put_right(desk.rules, dropped), norm)
    found = effect(desk.events, subject_of(norm), at("2026-03-01T12:00"), right)
    assert found is not None
    assert found.after.norm.calendar_version == 1
    assert found.after.norm.resolution_minutes == 700


def test_where_an_agreement_deviates_the_items_norm_matters_not(desk: Any, at: At) -> None:
    desk.open("2026-02-05T15:00", impact=1, urgency=1)
    first = ServiceLevelCorrected.model_validate(LEVEL | {"priority": 1})
    right = put_right(desk.rules, first)
    assert effect(desk.events, subject_of(first), at("2026-03-01T12:00"), right) is None
