"""Service levels: of an item or a whole domain, from a date, in a calendar that holds then."""

from datetime import date
from typing import Any

import pytest

from contracts.catalog import ServiceLevelSet
from services.catalog.domain import item as items
from services.catalog.domain.norm import decide, evolve, key_of
from services.catalog.errors import (
    BeforeFirstVersion,
    CalendarUnknown,
    ItemNotPublished,
    ItemRetired,
    ItemUnknown,
    NormDomainDiffers,
    NormResolutionShorter,
    NotLater,
)


@pytest.fixture
def calendars(catalogue: Any) -> dict[str, Any]:
    return {"kantooruren": catalogue.calendar()}


def test_the_norm_of_an_item_is_set(catalogue: Any, calendars: Any) -> None:
    (event,) = decide(None, catalogue.set_level(), catalogue.now, catalogue.item(), calendars)
    assert isinstance(event, ServiceLevelSet)
    assert key_of(event) == "ict/ICT-WP-01/incident/2"
    assert event.norm == catalogue.norm()


def test_a_domain_has_a_default(catalogue: Any) -> None:
    command = catalogue.set_level(item=None, norm=catalogue.norm(calendar=None))
    (event,) = decide(None, command, catalogue.now, None, {})
    assert key_of(event) == "ict/-/incident/2"


def test_a_norm_is_followed_from_a_later_date_only(catalogue: Any, calendars: Any) -> None:
    item = catalogue.item()
    (first,) = decide(None, catalogue.set_level(), catalogue.now, item, calendars)
    state = evolve(None, first)
    with pytest.raises(NotLater):
        decide(state, catalogue.set_level(), catalogue.now, item, calendars)
    later = catalogue.set_level(valid_from=date(2026, 1, 2))
    (second,) = decide(state, later, catalogue.now, item, calendars)
    assert evolve(state, second).starts == (date(2026, 1, 1), date(2026, 1, 2))


def test_the_item_must_exist(catalogue: Any, calendars: Any) -> None:
    with pytest.raises(ItemUnknown):
        decide(None, catalogue.set_level(), catalogue.now, None, calendars)


def test_a_draft_has_no_norms(catalogue: Any, calendars: Any) -> None:
    (drafted,) = items.decide(None, catalogue.draft(), catalogue.now)
    draft = items.evolve(None, drafted)
    with pytest.raises(ItemNotPublished):
        decide(None, catalogue.set_level(), catalogue.now, draft, calendars)


def test_no_norm_holds_before_the_item_does(catalogue: Any, calendars: Any) -> None:
    command = catalogue.set_level(valid_from=date(2025, 12, 31))
    with pytest.raises(BeforeFirstVersion) as refusal:
        decide(None, command, catalogue.now, catalogue.item(), calendars)
    assert refusal.value.field == "valid_from"


def test_a_retired_item_gets_no_norm(catalogue: Any, calendars: Any) -> None:
    retired = catalogue.item().model_copy(update={"retired_from": date(2026, 1, 1)})
    with pytest.raises(ItemRetired):
        decide(None, catalogue.set_level(), catalogue.now, retired, calendars)


def test_the_norm_stands_under_the_domain_of_its_item(catalogue: Any, calendars: Any) -> None:
    with pytest.raises(NormDomainDiffers):
        decide(None, catalogue.set_level(domain="hr"), catalogue.now, catalogue.item(), calendars)


def test_resolving_takes_at_least_as_long_as_responding(catalogue: Any, calendars: Any) -> None:
    equal = catalogue.norm(response_minutes=60, resolution_minutes=60)
    shorter = catalogue.norm(response_minutes=61, resolution_minutes=60)
    item = catalogue.item()
    assert decide(None, catalogue.set_level(norm=equal), catalogue.now, item, calendars)
    with pytest.raises(NormResolutionShorter) as refusal:
        decide(None, catalogue.set_level(norm=shorter), catalogue.now, item, calendars)
    assert refusal.value.params == {"response": 61, "resolution": 60}


@pytest.mark.parametrize("name", ["weekend", "kantooruren"])
def test_the_calendar_must_hold_from_the_same_date(name: str, catalogue: Any) -> None:
    later = {"kantooruren": catalogue.calendar(valid_from=date(2026, 2, 1))}
    command = catalogue.set_level(norm=catalogue.norm(calendar=name))
    with pytest.raises(CalendarUnknown) as refusal:
        decide(None, command, catalogue.now, catalogue.item(), later)
    assert refusal.value.params == {"calendar": name, "on": "2026-01-01"}
