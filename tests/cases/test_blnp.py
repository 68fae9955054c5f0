"""BLNP: its business case, planned against the first monitor."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from itertools import accumulate
from typing import Any

from bodemplaat.cases.comparing import Compared
from contracts.finance.plans import (
    BusinessCasePlanned,
    BusinessCaseResultRecorded,
    IndicatorSet,
)

Told = dict[type[Any], list[Any]]

KILO = Decimal(1000)
SAVINGS = {"planned": (50, 221, 299, 364, 409, 409), "monitor": (30, 65, 286, 351, 396, 396)}
COSTS = {"planned": (131, 114, 70, 70, 70, 35), "monitor": (176, 165, 113, 113, 113, 78)}


def nets(which: str) -> tuple[int, ...]:
    return tuple(s - c for s, c in zip(SAVINGS[which], COSTS[which], strict=True))


async def test_the_business_case_is_monitored(
    played_past: Callable[[str], Awaitable[Told]],
) -> None:
    told = await played_past("blnp")
    (planned,) = told[BusinessCasePlanned]
    years = planned.standing.years
    assert [each.year for each in years] == list(range(2016, 2022))
    assert tuple(each.savings_planned / KILO for each in years) == SAVINGS["planned"]
    assert tuple(each.costs_planned / KILO for each in years) == COSTS["planned"]

    standing = told[BusinessCaseResultRecorded][-1].standing
    savings = tuple((y.savings_planned + y.savings_variance) / KILO for y in standing.years)
    costs = tuple((y.costs_planned + y.costs_variance) / KILO for y in standing.years)
    assert (savings, costs) == (SAVINGS["monitor"], COSTS["monitor"])
    expected = [each.cumulative_expected / KILO for each in standing.years]
    assert expected == list(accumulate(nets("monitor")))
    assert standing.payback_planned == payback(nets("planned"))
    assert standing.payback_expected == payback(nets("monitor"))

    (shared,) = told[IndicatorSet]
    assert (shared.value, shared.benchmark) == (Decimal("2.1"), Decimal("3.5"))
    assert (shared.domain, shared.goal) == ("ict", "vulnerability")


async def test_the_monitor_shows_what_was_published(
    shown: Callable[[str], Awaitable[list[Compared]]],
    not_on_the_page: Callable[[list[Compared]], list[str]],
) -> None:
    compared = await shown("blnp")
    assert not_on_the_page(compared) == []
    assert len(compared) == 38
    assert [each for each in compared if not each.equal] == []


def payback(years: tuple[int, ...]) -> Decimal:
    """The first moment at which the cumulative net is not below zero, within the year."""
    cumulative = list(accumulate(years))
    place = next(index for index, total in enumerate(cumulative) if total >= 0)
    within = Decimal(-cumulative[place - 1]) / years[place]
    return round(2016 + place + within, 2)
