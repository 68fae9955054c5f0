"""Partners join, are counted, and leave; what was agreed before stays."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from contracts.catalog import (
    PartnerJoined,
    PartnerStatisticsUpdated,
    PartnerWithdrawalAnnounced,
)
from services.catalog.commands import AnnounceWithdrawal, UpdatePartnerStatistics
from services.catalog.domain.partner import decide, evolve
from services.catalog.errors import EndBeforeStart, PartnerExists, PartnerLeft, PartnerUnknown


def leave(on: date) -> AnnounceWithdrawal:
    return AnnounceWithdrawal(partner="zevenaar", leaves_on=on)


def count(year: int) -> UpdatePartnerStatistics:
    return UpdatePartnerStatistics(
        partner="zevenaar", year=year, residents=44_600, workplaces=700, key_percentage=Decimal(52)
    )


def test_a_partner_joins_with_what_it_told(catalogue: Any) -> None:
    (event,) = decide(None, catalogue.register(theme="donker"), catalogue.now)
    assert event == PartnerJoined(
        occurred_at=catalogue.now,
        partner="zevenaar",
        name="Gemeente Zevenaar",
        kind="municipality",
        oin="00000001001234567000",
        joined_on=date(2020, 1, 1),
        theme="donker",
    )


def test_a_partner_joins_once(catalogue: Any) -> None:
    with pytest.raises(PartnerExists):
        decide(catalogue.partner(), catalogue.register(), catalogue.now)


@pytest.mark.parametrize("command", [count(2026), leave(date(2030, 1, 1))])
def test_nothing_happens_to_an_unknown_partner(command: Any, catalogue: Any) -> None:
    with pytest.raises(PartnerUnknown):
        decide(None, command, catalogue.now)


def test_the_counts_of_a_year_may_be_corrected(catalogue: Any) -> None:
    state = catalogue.partner()
    for _ in range(2):
        (event,) = decide(state, count(2025), catalogue.now)
        assert isinstance(event, PartnerStatisticsUpdated)
        assert event.residents == 44_600
        state = evolve(state, event)
    assert state.version == 3


def test_a_partner_leaves_after_it_joined(catalogue: Any) -> None:
    with pytest.raises(EndBeforeStart) as refusal:
        decide(catalogue.partner(), leave(date(2019, 12, 31)), catalogue.now)
    assert refusal.value.params == {"start": "2020-01-01", "end": "2019-12-31"}


def test_the_day_of_leaving_moves_until_it_has_passed(catalogue: Any) -> None:
    state = catalogue.partner()
    for day in (date(2026, 12, 31), date(2026, 6, 30)):
        (event,) = decide(state, leave(day), catalogue.now)
        assert isinstance(event, PartnerWithdrawalAnnounced)
        state = evolve(state, event)
    assert state.leaves_on == date(2026, 6, 30)
    with pytest.raises(PartnerLeft):
        decide(state, leave(date(2026, 12, 31)), datetime(2026, 7, 1, 12, tzinfo=UTC))


def test_the_last_day_ends_at_dutch_midnight(catalogue: Any) -> None:
    state = catalogue.partner().model_copy(update={"leaves_on": date(2026, 6, 30)})
    still_here = datetime(2026, 6, 30, 21, 59, tzinfo=UTC)
    assert decide(state, leave(date(2026, 9, 30)), still_here)
    with pytest.raises(PartnerLeft):
        decide(state, leave(date(2026, 9, 30)), datetime(2026, 6, 30, 22, 0, tzinfo=UTC))
