"""Security signals: the last count of a month and sort holds."""

from datetime import UTC, datetime
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from contracts.tickets import SignalSort
from services.tickets.commands import RecordSecuritySignals
from services.tickets.domain import signals
from services.tickets.domain.rules import Rules
from services.tickets.domain.signals import Signals
from services.tickets.errors import PartnerNotJoined, PartnerUnknown, SignalsMonthFuture

NOW = datetime(2026, 2, 28, 23, 30, tzinfo=UTC)
"""In the Netherlands it is March by then."""
BLANK = Signals(partner="zevenaar", month="2026-02")


def record(**changes: object) -> RecordSecuritySignals:
    told = {"partner": "zevenaar", "month": "2026-02", "sort": "phishing-mail", "count": 7}
    return RecordSecuritySignals.model_validate({**told, **changes})


@pytest.mark.parametrize(
    ("month", "error"),
    [
        ("2026-04", SignalsMonthFuture),
        ("2019-12", PartnerNotJoined),
    ],
)
def test_a_month_is_counted_while_the_partner_is_there_and_once_it_has_begun(
    rules: Rules, month: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        signals.decide(BLANK, record(month=month), NOW, rules.catalogue)
    assert signals.decide(BLANK, record(month="2026-03"), NOW, rules.catalogue)


def test_the_partner_must_be_there(rules: Rules) -> None:
    with pytest.raises(PartnerUnknown):
        signals.decide(BLANK, record(partner="elders"), NOW, rules.catalogue)


@pytest.mark.parametrize(
    "wrong", [{"count": -1}, {"month": "2026-13"}, {"month": "2026-2"}, {"sort": "spam"}]
)
def test_a_count_that_cannot_be_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        record(**wrong)


SORTS: tuple[SignalSort, ...] = ("phishing-mail", "suspicious-login")


@given(st.lists(st.tuples(st.sampled_from(SORTS), st.integers(0, 3)), max_size=10))
def test_the_last_count_of_each_sort_holds_and_a_change_is_told_once(
    rules: Rules, path: list[tuple[SignalSort, int]]
) -> None:
    month, told = BLANK, 0
    for sort, count in path:
        events = signals.decide(month, record(sort=sort, count=count), NOW, rules.catalogue)
        assert bool(events) == (month.counts.get(sort) != count)
        told += len(events)
        month = reduce(signals.evolve, events, month)
        assert Signals.model_validate_json(month.model_dump_json()) == month
    assert (month.counts, month.version) == (dict(path), told)
