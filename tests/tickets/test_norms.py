"""Which norm holds, and what may be asked."""

from datetime import date, datetime
from typing import Any

import pytest

from chassis.errors import DomainError
from contracts.catalog import AgreementAmended, AgreementEnded, CalendarDefined
from contracts.tickets import AppliedNorm
from services.tickets.commands import ChangePriority, ReclassifyTicket
from services.tickets.domain.rules import Rules
from services.tickets.errors import (
    ItemNotYetValid,
    ItemRetired,
    ItemUnknown,
    LevelUnknown,
    PartnerLeft,
    PartnerNotJoined,
    PartnerUnknown,
)


def told(event: Any, **data: Any) -> Any:
    return event.model_validate({"occurred_at": datetime.fromisoformat("2026-01-01T00Z"), **data})


def norm_of(desk: Any, at: str = "2026-02-05T09:00", **changes: Any) -> AppliedNorm:
    norm: AppliedNorm | None = desk.open(at, **changes).norm
    assert norm is not None
    return norm


def test_an_agreements_deviation_comes_before_the_item(desk: Any) -> None:
    norm = norm_of(desk, impact=1, urgency=1)
    assert (norm.source, norm.agreement) == ("agreement", "DVO-ZEVENAAR")
    assert (norm.resolution_minutes, norm.calendar) == (120, None)


def test_the_item_comes_before_the_domain(desk: Any) -> None:
    norm = norm_of(desk, partner="1stroom", impact=1, urgency=1)
    assert (norm.source, norm.agreement, norm.resolution_minutes) == ("item", None, 240)
    assert (norm.calendar, norm.calendar_version) == ("kantoor", 1)


def test_the_domains_default_holds_where_nothing_closer_does(desk: Any) -> None:
    assert norm_of(desk, item=None, impact=1, urgency=1).source == "domain"


def test_the_norm_is_that_of_the_dutch_date_of_opening(desk: Any) -> None:
    assert norm_of(desk, "2026-08-31T23:59", urgency=1).resolution_minutes == 480
    desk.events.clear()
    assert norm_of(desk, "2026-09-01T00:00", urgency=1).resolution_minutes == 400


def test_a_priority_change_moves_to_the_norm_of_that_day(desk: Any) -> None:
    desk.open("2026-08-31T09:00")
    desk.do("2026-09-01T09:00", ChangePriority, impact=2, urgency=1)
    assert desk.ticket.norm.resolution_minutes == 400


def test_a_calendar_defined_anew_does_not_touch_running_tickets(desk: Any, at: Any) -> None:
    desk.open("2026-02-05T16:00")
    evenings = told(
        CalendarDefined,
        calendar="kantoor",
        calendar_version=2,
        name="Kantooruren en avond",
        valid_from=date(2026, 2, 1),
        hours=[{"weekday": day, "opens": "08:00", "closes": "21:00"} for day in range(1, 6)],
    )
    desk.rules = Rules(desk.rules.catalogue.apply([evenings]))
    desk.wait("2026-02-06T08:30")
    assert desk.occurred("sla-at-risk") == [at("2026-02-06T08:30")]
    desk.do("2026-02-06T08:40", ChangePriority, impact=2, urgency=3)
    assert desk.ticket.norm.calendar_version == 2


def test_without_an_item_it_is_out_of_catalogue(desk: Any) -> None:
    ticket = desk.open("2026-02-05T09:00", item=None, domain="hr")
    assert ticket.out_of_catalogue
    assert (ticket.domain, ticket.tier, ticket.norm) == ("hr", None, None)


def test_an_item_in_no_agreement_of_the_partner_is_out_of_catalogue(desk: Any) -> None:
    assert desk.open("2026-02-05T09:00", item="ICT-LOS-01").out_of_catalogue
    desk.events.clear()
    assert not desk.open("2026-02-05T09:00").out_of_catalogue


def test_an_agreement_counts_on_the_days_it_holds(desk: Any) -> None:
    ended = told(
        AgreementEnded, agreement="DVO-ZEVENAAR", partner="zevenaar", ends_on=date(2026, 2, 5)
    )
    desk.rules = Rules(desk.rules.catalogue.apply([ended]))
    assert not desk.open("2026-02-05T23:00").out_of_catalogue
    desk.events.clear()
    assert desk.open("2026-02-06T00:00").out_of_catalogue


def test_an_amendment_holds_from_its_date(desk: Any) -> None:
    amended = told(
        AgreementAmended,
        agreement="DVO-ZEVENAAR",
        partner="zevenaar",
        valid_from=date(2026, 2, 6),
        items=["ICT-LOS-01"],
        reopen_days=3,
    )
    desk.rules = Rules(desk.rules.catalogue.apply([amended]))
    assert desk.open("2026-02-05T09:00").reopen_days == 7
    desk.events.clear()
    ticket = desk.open("2026-02-06T09:00")
    assert (ticket.reopen_days, ticket.out_of_catalogue) == (3, True)


def test_the_version_of_the_item_is_that_of_the_day(desk: Any) -> None:
    before = desk.open("2026-02-28T23:59")
    assert (before.item_version, before.tier) == (1, "basic")
    desk.events.clear()
    after = desk.open("2026-03-01T00:00")
    assert (after.item_version, after.tier) == (2, "plus")


@pytest.mark.parametrize(
    ("at", "changes", "error", "params"),
    [
        ("2026-02-05T09:00", {"partner": "atlantis"}, PartnerUnknown, {"partner": "atlantis"}),
        (
            "2023-12-31T09:00",
            {},
            PartnerNotJoined,
            {"partner": "zevenaar", "joined_on": "2024-01-01"},
        ),
        (
            "2026-07-01T00:00",
            {"partner": "1stroom"},
            PartnerLeft,
            {"partner": "1stroom", "leaves_on": "2026-06-30"},
        ),
        ("2026-02-05T09:00", {"item": "NIETS-01"}, ItemUnknown, {"item": "NIETS-01"}),
        (
            "2025-12-31T09:00",
            {"item": "ICT-LOS-01"},
            ItemNotYetValid,
            {"item": "ICT-LOS-01", "valid_from": "2026-01-01"},
        ),
        (
            "2026-02-01T00:00",
            {"item": "ICT-OUD-01"},
            ItemRetired,
            {"item": "ICT-OUD-01", "retired_from": "2026-02-01"},
        ),
        ("2026-02-05T09:00", {"impact": 4}, LevelUnknown, {"level": 4, "levels": 3}),
        ("2026-02-05T09:00", {"urgency": 0}, LevelUnknown, {"level": 0, "levels": 3}),
    ],
)
def test_what_may_not_be_opened(
    desk: Any, at: str, changes: dict[str, Any], error: type[DomainError], params: dict[str, Any]
) -> None:
    with pytest.raises(error) as refusal:
        desk.open(at, **changes)
    assert refusal.value.params == params
    assert refusal.value.field is not None


def test_on_its_last_day_a_partner_can_still_ask(desk: Any) -> None:
    assert desk.open("2026-06-30T23:59", partner="1stroom").partner == "1stroom"


def test_a_running_ticket_cannot_move_to_a_retired_item(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    with pytest.raises(ItemRetired):
        desk.do("2026-02-05T09:10", ReclassifyTicket, item="ICT-OUD-01")


def test_a_ticket_of_an_item_that_is_retired_runs_on(desk: Any) -> None:
    desk.open("2026-01-31T09:00", item="ICT-OUD-01")
    assert desk.do("2026-02-05T09:10", ReclassifyTicket, item="ICT-OUD-01")[-1:] != [
        "ticket-reclassified"
    ]
    assert desk.do("2026-02-05T09:20", ReclassifyTicket, item="ICT-WP-01")[-1:] == [
        "ticket-reclassified"
    ]
