"""What is wrong with a command by itself is told before anything is looked up, all at once."""

from typing import Any

import orjson
import pytest

from chassis.dispatch import parse
from chassis.errors import Refused
from services.catalog.commands import RegisterPartner, SetServiceLevel, UpdatePartnerStatistics

PARTNER = {
    "partner": "zevenaar",
    "name": "Gemeente Zevenaar",
    "kind": "municipality",
    "oin": "00000001001234567000",
    "joined_on": "2020-01-01",
}
COUNTS = {"partner": "zevenaar", "year": 2025, "residents": 44_600, "workplaces": 700}


def wrong_fields(command: type[Any], body: dict[str, Any]) -> dict[str | None, str]:
    with pytest.raises(Refused) as refusal:
        parse(command, orjson.dumps(body))
    return {fault.field: fault.params["rule"] for fault in refusal.value.faults}


@pytest.mark.parametrize(
    "oin", ["0000000100123456700", "000000010012345670000", "0000000100123456700X", ""]
)
def test_an_oin_has_twenty_digits(oin: str) -> None:
    assert wrong_fields(RegisterPartner, PARTNER | {"oin": oin}) == {
        "oin": "string_pattern_mismatch"
    }


def test_residents_are_not_below_zero() -> None:
    assert parse(UpdatePartnerStatistics, orjson.dumps(COUNTS | {"residents": 0}))
    assert wrong_fields(UpdatePartnerStatistics, COUNTS | {"residents": -1}) == {
        "residents": "greater_than_equal"
    }


def test_all_wrong_fields_are_told_at_once() -> None:
    body = COUNTS | {"residents": -1, "workplaces": "many", "key_percentage": 101, "colour": 1}
    assert set(wrong_fields(UpdatePartnerStatistics, body)) == {
        "residents",
        "workplaces",
        "key_percentage",
        "colour",
    }


def test_a_priority_lies_between_one_and_five() -> None:
    norm = {
        "response_minutes": 30,
        "resolution_minutes": 240,
        "calendar": None,
        "target_percentage": "90",
    }
    body = {
        "domain": "ict",
        "kind": "incident",
        "priority": 6,
        "norm": norm,
        "valid_from": "2026-01-01",
    }
    assert set(wrong_fields(SetServiceLevel, body)) == {"priority"}
