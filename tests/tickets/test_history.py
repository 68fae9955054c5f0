"""Histories of other systems, through the same decisions."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.errors import Fault, Refused
from contracts.tickets import Sealed
from services.tickets.commands import History
from services.tickets.domain.history import play, script
from services.tickets.domain.opening import Opening
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import fold

SECRET = Sealed(subject="p-1", text="c2VhbGVk")
START = datetime(2026, 2, 5, 8, 0, tzinfo=UTC)
PRESENT = datetime(2026, 11, 1, tzinfo=UTC)
OPEN = {
    "partner": "zevenaar",
    "kind": "incident",
    "title": "Beeldscherm zwart",
    "item": "ICT-WP-01",
    "impact": 2,
    "urgency": 2,
    "channel": "import",
    "requester": {"id": "p-1", "name": "A. de Vries"},
}


def history(*steps: tuple[float, str, dict[str, Any]]) -> History:
    """Steps as (hours since the opening, what, with what)."""
    return History.model_validate(
        {
            "external": "INC0000045",
            "row": 2,
            "steps": [
                {"at": START + timedelta(hours=hours), "do": do, "with": fields}
                for hours, do, fields in ((0, "open", OPEN), *steps)
            ],
        }
    )


def played(rules: Rules, told: History) -> Any:
    opening = Opening("INC-2026-000001", SECRET, told.external, generated=told.generated)
    return play(script(told, PRESENT), opening, {"Weer stuk": SECRET}, rules)


def refusal(rules: Rules, told: History) -> tuple[Fault, ...]:
    with pytest.raises(Refused) as refused:
        played(rules, told)
    return refused.value.faults


def test_a_history_becomes_a_ticket_with_its_clock(rules: Rules) -> None:
    ticket, events = played(
        rules,
        history(
            (1, "assign", {"team": "Servicedesk"}),
            (1, "start", {}),
            (2, "pause", {"waiting_on": "user"}),
            (26, "resume", {}),
            (27, "resolve", {}),
            (30, "reopen", {"reason": "Weer stuk"}),
            (31, "resolve", {}),
            (80, "close", {}),
        ),
    )
    assert ticket.status == "closed"
    assert ticket.clock.resolution_seconds == 4 * 3600
    assert events[0].external == "INC0000045"
    assert fold(events) == ticket


def test_what_was_overdue_between_two_steps_is_told_first_at_its_true_moment(rules: Rules) -> None:
    _, events = played(rules, history((100, "resolve", {})))
    assert [event.event_name for event in events] == [
        "ticket-opened",
        "sla-at-risk",
        "sla-breached",
        "sla-at-risk",
        "sla-breached",
        "ticket-resolved",
    ]
    assert events[2].occurred_at == START + timedelta(hours=2)


def test_a_refused_step_is_named(rules: Rules) -> None:
    (fault,) = refusal(rules, history((1, "start", {})))
    assert (fault.slug, fault.field) == ("ticket-move-illegal", "steps.1")


def test_a_refused_opening_is_named_with_its_field(rules: Rules) -> None:
    told = history()
    other = told.steps[0].model_copy(update={"fields": OPEN | {"item": "NIETS-01"}})
    (fault,) = refusal(rules, told.model_copy(update={"steps": (other,)}))
    assert (fault.slug, fault.field) == ("item-unknown", "steps.0.with.item")


def test_steps_against_the_order_of_time_are_refused(rules: Rules) -> None:
    (fault,) = refusal(rules, history((2, "assign", {"team": "A"}), (1, "assign", {"team": "B"})))
    assert (fault.slug, fault.field) == ("ticket-moment-too-early", "steps.2")


def test_all_wrong_fields_of_all_steps_are_told_at_once(rules: Rules) -> None:
    faults = refusal(
        rules, history((1, "assign", {}), (2, "pause", {"waiting_on": "weer"}), (1e5, "close", {}))
    )
    assert [(fault.slug, fault.field) for fault in faults] == [
        ("field-invalid", "steps.1.with.team"),
        ("field-invalid", "steps.2.with.waiting_on"),
        ("ticket-moment-in-future", "steps.3"),
    ]


@pytest.mark.parametrize("again", [True, False])
def test_a_history_opens_first_and_once(rules: Rules, again: bool) -> None:  # noqa: FBT001
    told = history((1, "assign", {"team": "A"}), (2, "open", OPEN))
    steps = told.steps if again else told.steps[1:2]
    (fault,) = refusal(rules, told.model_copy(update={"steps": steps}))
    assert fault.slug == "ticket-history-not-opened"
