"""Experience targets (XLA): per field of work and partner, marks from 1 to 10, from a date."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.catalog import Experience, ExperienceTargetSet
from services.catalog.commands import SetExperienceTarget
from services.catalog.domain.experience import decide, evolve, key_of
from services.catalog.errors import BeforeJoining, NotLater, PartnerLeft, PartnerUnknown

MARKS = {"quality": "7.5", "speed": "7.5", "communication": "7.7"}


def target(**other: Any) -> SetExperienceTarget:
    usual: dict[str, Any] = {
        "partner": "zevenaar",
        "domain": "ict",
        "target": MARKS,
        "valid_from": date(2026, 1, 1),
    }
    return SetExperienceTarget(**usual | other)


def test_a_target_is_set_for_a_partner_and_field_of_work(catalogue: Any) -> None:
    (event,) = decide(None, target(), catalogue.now, catalogue.partner())
    assert isinstance(event, ExperienceTargetSet)
    assert key_of(event) == "zevenaar/ict"
    assert event.target == Experience(quality="7.5", speed="7.5", communication="7.7")


def test_a_target_is_followed_from_a_later_date_only(catalogue: Any) -> None:
    (first,) = decide(None, target(), catalogue.now, catalogue.partner())
    state = evolve(None, first)
    with pytest.raises(NotLater):
        decide(state, target(), catalogue.now, catalogue.partner())
    later = target(valid_from=date(2026, 1, 2))
    (second,) = decide(state, later, catalogue.now, catalogue.partner())
    assert evolve(state, second).starts == (date(2026, 1, 1), date(2026, 1, 2))
    assert evolve(state, second).version == 2


def test_the_partner_must_exist_and_be_one_on_that_day(catalogue: Any) -> None:
    with pytest.raises(PartnerUnknown):
        decide(None, target(), catalogue.now, None)
    leaving = catalogue.partner().model_copy(update={"leaves_on": date(2025, 12, 31)})
    with pytest.raises(PartnerLeft) as left:
        decide(None, target(), catalogue.now, leaving)
    with pytest.raises(BeforeJoining) as early:
        decide(None, target(valid_from=date(2019, 12, 31)), catalogue.now, catalogue.partner())
    assert left.value.field == early.value.field == "valid_from"


@pytest.mark.parametrize("mark", ["0.9", "10.1", "7.55", "hoog"])
def test_a_mark_lies_between_one_and_ten_with_one_decimal(mark: str) -> None:
    with pytest.raises(ValidationError):
        target(target=MARKS | {"speed": mark})
    assert target(target=MARKS | {"speed": "10"}).target.speed == Decimal(10)
