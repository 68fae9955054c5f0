"""Events one by one: which have a fold, which wait, which are passed over, which are unreadable."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contracts import registry, tickets
from services.projection.folds import FOLDS
from services.projection.models import TICKET
from services.projection.plan import needed, plan
from services.projection.recorded import Unreadable, read

START = datetime(2026, 3, 2, 8, tzinfo=UTC)
NUMBER = "INC-2026-000001"


def test_every_event_has_a_fold() -> None:
    """But those of corrections: their previews are asked of tickets itself."""
    for context in ("catalog", "tickets", "finance"):
        kinds = registry.events(context)
        told = {each.type() for each in kinds if not issubclass(each, tickets.CorrectionEvent)}
        assert told <= FOLDS.keys()


def test_an_event_of_an_old_version_is_read_as_the_newest(
    teller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = "nl.bodemplaat.tickets.ticket-assigned.v0"
    newest = tickets.TicketAssigned.type()
    upcast = {old: (newest, lambda data: {**data, "team": data["group"]})}
    monkeypatch.setattr(registry, "_UPCASTS", upcast)
    envelope = teller.opened(NUMBER)
    data = {"occurred_at": "2026-03-02T08:00:00Z", "group": "Netwerk", "line": "first"}
    event = read(1, envelope.model_copy(update={"type": old, "data": data}).to_json())
    assert (event.type, event.data["team"]) == (newest, "Netwerk")


def test_an_event_of_an_unknown_type_waits_and_so_does_what_follows_it(teller: Any) -> None:
    opened = teller.opened(NUMBER)
    later = teller.then(NUMBER, tickets.TicketResumed, START)
    unknown = later.model_copy(update={"type": "nl.bodemplaat.tickets.ticket-merged.v1"})
    made = plan([read(1, opened.to_json()), read(2, unknown.to_json())], {}, {})
    assert [each.reason for each in made.set_aside.values()] == [
        "its type is not known to this release"
    ]


def test_an_event_of_a_context_that_is_not_shown_is_passed_over(teller: Any) -> None:
    foreign = teller.opened(NUMBER).model_copy(
        update={"type": "nl.bodemplaat.payroll.salary-paid.v1"}
    )
    made = plan([read(1, foreign.to_json())], {}, {})
    assert (made.rows, made.set_aside) == ({}, {})


@pytest.mark.parametrize("change", [{"team": "a\0b"}, {"clock": None}])
def test_an_event_that_cannot_be_folded_is_set_aside_alone(
    teller: Any, change: dict[str, Any]
) -> None:
    teller.opened(NUMBER)
    teller.opened("INC-2026-000002")
    bad = teller.then(NUMBER, tickets.TicketAssigned, START, team="x", line="first")
    teller.told[-1] = bad.model_copy(update={"data": {**bad.data, **change}})
    teller.then("INC-2026-000002", tickets.TicketAssigned, START, team="x", line="first")
    events = [read(at, each.to_json()) for at, each in enumerate(teller.told, start=1)]
    made = plan(events, {}, {})
    assert [each.event.aggregate for each in made.set_aside.values()] == [NUMBER]
    assert [row[1] for row in made.rows[TICKET].values()] == [1, 2]


def test_a_batch_says_which_rows_it_needs(teller: Any) -> None:
    teller.partner()
    teller.opened(NUMBER)
    wanted = needed([read(1, each.to_json()) for each in teller.told])
    assert {model.name: keys for model, keys in wanted.items()} == {
        "partner": {"partner/zevenaar"},
        "ticket": {NUMBER},
    }


@pytest.mark.parametrize("body", [b"", b"[]", b'{"type": "x"}', b"\xff"])
def test_what_is_no_envelope_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        read(1, body)
