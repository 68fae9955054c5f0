"""Folds, on any history: where it is cut, and what is told twice, makes no difference."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import orjson
from hypothesis import given
from hypothesis import strategies as st

from contracts import registry, tickets
from contracts.envelope import Envelope, wrap
from services.projection.models import TICKET, TIMELINE, Row
from services.projection.plan import Plan, plan
from services.projection.recorded import Recorded, read
from services.tickets.domain import ticket as aggregate

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
SECRET = tickets.Sealed(subject="p-1", text="c2VhbGVkLXRleHQ=")
NUMBER = "INC-2026-000001"

moments = st.integers(0, 10_000_000).map(lambda seconds: START + timedelta(seconds=seconds))
norms = st.builds(
    tickets.AppliedNorm,
    source=st.sampled_from(["agreement", "item", "domain"]),
    agreement=st.none() | st.just("DVO-1"),
    response_minutes=st.integers(1, 100),
    resolution_minutes=st.integers(100, 1000),
    calendar=st.none() | st.just("kantoor"),
    calendar_version=st.none() | st.integers(1, 3),
    target_percentage=st.sampled_from(["80", "90.5"]),
    pauses_on_supplier=st.booleans(),
)
readings = st.builds(
    tickets.ClockReading,
    response_seconds=st.integers(0, 1000),
    resolution_seconds=st.integers(0, 1000),
    response_due=st.none() | moments,
    resolution_due=st.none() | moments,
    responded_at=st.none() | moments,
    paused=st.booleans(),
)
tasks = st.builds(
    tickets.FulfilmentTask,
    task=st.integers(1, 5),
    team=st.just("Werkplek"),
    what=st.just("Inrichten"),
    due=moments,
)
standings = st.builds(
    tickets.Standing,
    norm=st.none() | norms,
    clock=readings,
    paused_at=moments,
    response_at_risk_at=st.none() | moments,
    resolution_at_risk_at=st.none() | moments,
    response_breached_at=st.none() | moments,
    resolution_breached_at=st.none() | moments,
    within_response=st.none() | st.booleans(),
    within_resolution=st.none() | st.booleans(),
).map(lambda each: each if each.clock.paused else each.model_copy(update={"paused_at": None}))
told: dict[str, st.SearchStrategy[Any]] = {
    "ticket": st.just(NUMBER),
    "partner": st.just("zevenaar"),
    "personal": st.just(SECRET),
    "reason": st.just(SECRET),
    "norm": st.none() | norms,
    "norms": st.just((tickets.NormSince(version=1, norm=None),)),
    "correction": st.just("COR-2026-000001"),
    "before": standings,
    "after": standings,
    "clock": readings,
    "requester": st.just("p-1"),
    "item": st.none() | st.just("ICT-WP-01"),
    "item_version": st.none() | st.integers(1, 9),
    "reopen_days": st.integers(0, 30),
    "team": st.sampled_from(["Werkplek", "Netwerk"]),
    "due": moments,
    "by": st.just("p-2"),
    "starts_at": moments,
    "ends_at": moments,
    "tasks": st.lists(tasks, max_size=3).map(tuple),
    "external": st.none() | st.just("TD-1"),
    "major_incident": st.just("MAJ-2026-000001"),
    "problem": st.just("PRB-2026-000001"),
    "root_cause": st.just("Een stuurprogramma"),
    "summary": st.sampled_from(["Beeld weg", "Scherm zwart"]),
    "workaround": st.just("Kabel opnieuw aansluiten"),
}


OPEN_REASONS: dict[type[tickets.TicketEvent], st.SearchStrategy[Any]] = {
    tickets.ClockCorrected: st.just("Verkeerd ingevoerd"),
    tickets.PersonalDataErased: st.sampled_from(["retention", "request"]),
}
"""Of events whose reason is not sealed."""


def events_of(kind: type[tickets.TicketEvent]) -> st.SearchStrategy[tickets.TicketEvent]:
    known = {name: value for name, value in told.items() if name in kind.model_fields}
    if kind in OPEN_REASONS:
        known |= {"reason": OPEN_REASONS[kind]}
    return st.builds(kind, occurred_at=moments, **known)


openings = events_of(tickets.TicketOpened)
others = st.one_of(
    *(
        events_of(kind)
        for kind in registry.events("tickets")
        if issubclass(kind, tickets.TicketEvent) and kind is not tickets.TicketOpened
    )
)


@st.composite
def histories(draw: st.DrawFn) -> list[tickets.TicketEvent]:
    return [draw(openings), *draw(st.lists(others, max_size=12))]


def envelopes(events: Sequence[tickets.TicketEvent]) -> list[Envelope]:
    return [
        wrap(
            event,
            id=uuid4(),
            source="urn:nld:oin:00000001003214345000:systeem:bodemplaat-tickets",
            aggregate=NUMBER,
            version=version,
            recorded_at=START,
        )
        for version, event in enumerate(events, start=1)
    ]


def recorded(events: Sequence[tickets.TicketEvent]) -> list[Recorded]:
    return [read(at, each.to_json()) for at, each in enumerate(envelopes(events), start=1)]


class Books:
    """What is written when batch after batch is folded."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}
        self.timeline: list[Any] = []
        self.waiting: dict[str, Recorded] = {}

    def fold(self, batch: Sequence[Recorded]) -> Plan:
        waiting = {NUMBER: {event.version: event for event in self.waiting.values()}}
        made = plan(batch, self.rows, waiting if self.waiting else {})
        for rows in made.rows.values():
            self.rows |= rows
        self.timeline += made.entries.get(TIMELINE, [])
        self.waiting |= {name: each.event for name, each in made.set_aside.items()}
        for name in made.taken_up:
            del self.waiting[name]
        return made

    def state(self) -> tuple[Any, ...]:
        return self.rows, self.timeline, self.waiting


def folded(*batches: Sequence[Recorded]) -> Books:
    books = Books()
    for batch in batches:
        books.fold(batch)
    return books


@given(histories(), st.data())
def test_a_history_cut_anywhere_folds_to_the_same(
    history: list[tickets.TicketEvent], data: st.DataObject
) -> None:
    events = recorded(history)
    cut = data.draw(st.integers(0, len(events)))
    assert folded(events[:cut], events[cut:]).state() == folded(events).state()


@given(histories(), st.data())
def test_what_is_told_again_changes_nothing(
    history: list[tickets.TicketEvent], data: st.DataObject
) -> None:
    events = recorded(history)
    again = data.draw(st.lists(st.sampled_from(events)))
    books = folded(events)
    assert not books.fold(again).rows
    assert books.state() == folded(events).state()


@given(histories(), st.data())
def test_events_in_any_order_and_batches_come_to_the_same(
    history: list[tickets.TicketEvent], data: st.DataObject
) -> None:
    events = recorded(history)
    mixed = data.draw(st.permutations(events))
    cut = data.draw(st.integers(0, len(events)))
    assert folded(mixed[:cut], mixed[cut:]).state() == folded(events).state()


@given(histories(), st.data())
def test_nothing_is_folded_past_a_missing_event(
    history: list[tickets.TicketEvent], data: st.DataObject
) -> None:
    events = recorded(history)
    missing = data.draw(st.integers(0, len(events) - 1))
    books = folded(events[:missing] + events[missing + 1 :])
    assert [entry.version for entry in books.timeline] == list(range(1, missing + 1))
    assert {event.version for event in books.waiting.values()} == set(
        range(missing + 2, len(events) + 1)
    )


@given(histories())
def test_a_row_says_what_the_ticket_itself_says(history: list[tickets.TicketEvent]) -> None:
    state = aggregate.fold(history)
    row = dict(zip(TICKET.columns, folded(recorded(history)).rows[NUMBER], strict=True))
    for name in (
        "version",
        "partner",
        "kind",
        "status",
        "priority",
        "impact",
        "urgency",
        "item",
        "item_version",
        "domain",
        "tier",
        "out_of_catalogue",
        "team",
        "line",
        "waiting_on",
        "opened_at",
        "resolved_at",
    ):
        assert row[name] == getattr(state, name), name
    for name in ("response_due", "resolution_due", "response_seconds", "resolution_seconds"):
        assert row[name] == getattr(state.clock, name), name
    assert (row["paused_at"] is not None) == state.clock.paused
    assert (row["requester"] or "") == state.requester


@given(histories())
def test_a_timeline_holds_every_event_and_nothing_that_is_sealed(
    history: list[tickets.TicketEvent],
) -> None:
    timeline = folded(recorded(history)).timeline
    assert [entry.event for entry in timeline] == [event.event_name for event in history]
    assert SECRET.text not in orjson.dumps([entry.details for entry in timeline]).decode()
