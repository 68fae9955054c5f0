"""An event that was published years ago is read today as if it were published today.

The chain of versions here exists in these tests only.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from contracts import registry
from contracts.envelope import wrap
from contracts.registry import DomainEvent, UnknownEventTypeError, parse, published, upcast

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class FeeChargedV1(DomainEvent):
    """In whole euros, for a partner by its display name."""

    partner_name: str
    euros: int


class FeeChargedV2(DomainEvent):
    """In cents, so that a fee need not be a whole number of euros."""

    partner_name: str
    cents: int


class FeeCharged(DomainEvent):
    """As a decimal amount, for a partner by its slug."""

    partner: str
    amount: Decimal


@pytest.fixture(autouse=True)
def history_of_versions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_EVENTS", dict(registry._EVENTS))
    monkeypatch.setattr(registry, "_UPCASTS", dict(registry._UPCASTS))
    published("fees", version=1, name="FeeCharged")(FeeChargedV1)
    published("fees", version=2, name="FeeCharged")(FeeChargedV2)
    published("fees", version=3)(FeeCharged)

    @upcast(FeeChargedV1, FeeChargedV2)
    def upcast_v1_v2(data: Mapping[str, Any]) -> Mapping[str, Any]:
        return {**data, "cents": data["euros"] * 100}

    @upcast(FeeChargedV2, FeeCharged)
    def upcast_v2_v3(data: Mapping[str, Any]) -> Mapping[str, Any]:
        amount = Decimal(data["cents"]) / 100
        return {**data, "partner": data["partner_name"].lower(), "amount": str(amount)}


def test_the_oldest_version_is_read_as_the_newest() -> None:
    event = parse(
        "nl.bodemplaat.fees.fee-charged.v1",
        {"occurred_at": NOON.isoformat(), "partner_name": "Zevenaar", "euros": 12},
    )
    assert event == FeeCharged(occurred_at=NOON, partner="zevenaar", amount=Decimal(12))


def test_a_version_in_between_takes_only_the_steps_that_are_left() -> None:
    event = parse(
        "nl.bodemplaat.fees.fee-charged.v2",
        {"occurred_at": NOON.isoformat(), "partner_name": "Zevenaar", "cents": 1250},
    )
    assert event == FeeCharged(occurred_at=NOON, partner="zevenaar", amount=Decimal("12.50"))


def test_the_newest_version_is_read_as_it_is() -> None:
    newest = FeeCharged(occurred_at=NOON, partner="zevenaar", amount=Decimal("12.50"))
    assert parse(newest.type(), newest.model_dump(mode="json")) == newest


def test_every_version_travels_on_one_subject_under_its_own_type() -> None:
    versions = (FeeChargedV1, FeeChargedV2, FeeCharged)
    assert {version.subject() for version in versions} == {"evt.fees.fee-charged"}
    assert [version.type()[-2:] for version in versions] == ["v1", "v2", "v3"]


def test_an_old_message_is_upcast_when_its_envelope_is_opened() -> None:
    message = wrap(
        FeeChargedV1(occurred_at=NOON, partner_name="Zevenaar", euros=12),
        id="01890a5d-ac96-774b-bcce-b302099a8057",
        source="urn:nld:oin:00000001003214345000:systeem:bodemplaat-fees",
        aggregate="fee/1",
        version=1,
        recorded_at=NOON,
    )
    assert isinstance(message.event(), FeeCharged)
    assert message.data["euros"] == 12, "what was recorded stays as it was recorded"


def test_a_version_from_the_future_is_told_apart() -> None:
    with pytest.raises(UnknownEventTypeError):
        parse("nl.bodemplaat.fees.fee-charged.v4", {})


def test_old_data_that_does_not_fit_is_an_error_and_no_guess() -> None:
    with pytest.raises(ValidationError):
        parse(
            "nl.bodemplaat.fees.fee-charged.v2",
            {"occurred_at": "never", "partner_name": "Zevenaar", "cents": 1},
        )


def test_a_version_is_registered_once() -> None:
    with pytest.raises(ValueError, match="registered twice"):
        published("fees", version=3)(FeeCharged)
