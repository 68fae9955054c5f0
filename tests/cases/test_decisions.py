"""Every generated history is one that `tickets` accepts, and it shows what the plan asks."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime

import pytest

from bodemplaat.cases.generator import generate
from bodemplaat.cases.model import Case
from bodemplaat.cases.opening import AMSTERDAM
from bodemplaat.imports.history import History
from contracts.tickets import SlaBreached, TicketEvent, TicketOpened

Decided = Callable[[Iterable[History]], dict[str, list[TicketEvent]]]

MONDAY = datetime(2026, 11, 23, 11, 17, tzinfo=AMSTERDAM)
WEDNESDAY_EARLY = datetime(2026, 5, 6, 6, 30, tzinfo=AMSTERDAM)
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=AMSTERDAM)
NEW_YEAR = datetime(2027, 1, 1, 0, 30, tzinfo=AMSTERDAM)


def names(events: list[TicketEvent]) -> set[str]:
    return {event.event_name for event in events}


@pytest.mark.parametrize("moment", [MONDAY, WEDNESDAY_EARLY, SUNDAY, NEW_YEAR])
def test_tickets_accepts_every_history(case: Case, decided: Decided, moment: datetime) -> None:
    assert len(decided(generate(case, moment))) == case.tickets.tickets


def test_every_ticket_has_a_norm(case: Case, decided: Decided) -> None:
    for events in decided(generate(case, MONDAY)).values():
        assert isinstance(events[0], TicketOpened)
        assert events[0].norm is not None


def test_the_plan_shows_in_what_happened(case: Case, decided: Decided) -> None:
    happened = decided(generate(case, MONDAY)).values()
    count: Counter[str] = Counter()
    for events in happened:
        count.update(names(events))
    outside = sum(events[0].out_of_catalogue for events in happened)
    breached = sum(
        any(isinstance(each, SlaBreached) and each.clock_name == "resolution" for each in events)
        for events in happened
    )
    assert 130 <= outside <= 165
    assert 50 <= breached <= 120
    assert 20 <= count["ticket-cancelled"] <= 30
    assert 25 <= count["ticket-reopened"] <= 40
    assert 150 <= count["ticket-paused"] <= 260
    assert count["ticket-priority-changed"] >= 25
    assert count["ticket-reclassified"] >= 8
    assert count["ticket-closed"] >= 700


@pytest.mark.parametrize("moment", [MONDAY, SUNDAY])
def test_some_open_tickets_are_due_later_today_and_some_are_late(
    case: Case, decided: Decided, moment: datetime
) -> None:
    due_today = late = 0
    for events in decided(generate(case, moment)).values():
        if names(events) & {"ticket-resolved", "ticket-cancelled"}:
            continue
        clock = [event.clock for event in events if hasattr(event, "clock")][-1]
        due = clock.resolution_due.astimezone(AMSTERDAM)
        due_today += moment < due and due.date() == moment.date()
        late += due < moment and not clock.paused
    assert due_today >= 3
    assert late >= case.tickets.flow.overdue


def test_an_agreement_s_own_norm_applies(case: Case, decided: Decided) -> None:
    sources = {
        events[0].norm.source: events[0].partner
        for events in decided(generate(case, MONDAY)).values()
    }
    assert sources["agreement"] == "1stroom"
    assert {"domain", "item", "agreement"} == set(sources)
