"""The dashboard's figures against a plain count over the same tickets."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts import tickets
from services.projection.amounts import percentage
from services.projection.views.dashboard import AGES

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
NOW = datetime(2026, 4, 1, 21, 30, tzinfo=UTC)
"""Half past eleven at night in Amsterdam, three days after the clocks went forward."""
OPERATOR = Caller(actor="operator", roles=frozenset({"operator", "controller"}), partners=None)


@dataclass
class Case:
    """A ticket as the reference knows it."""

    number: str
    partner: str
    requester: str
    kind: str
    priority: int
    opened_at: datetime
    out_of_catalogue: bool
    generated: bool
    response_due: datetime | None
    resolution_due: datetime | None
    responded_at: datetime | None = None
    resolved_at: datetime | None = None
    seconds: int = 0
    within_response: bool | None = None
    within_resolution: bool | None = None
    paused_at: datetime | None = None
    at_risk: bool = False
    breached_at: datetime | None = None
    cancelled: bool = False

    @property
    def open(self) -> bool:
        return self.resolved_at is None


def make(random: Random, at: int) -> Case:
    opened = NOW - timedelta(minutes=random.randrange(60 * 24 * 60))
    has_norm = random.random() < 0.8
    return Case(
        number=f"INC-2026-{at:06d}",
        partner=random.choice(["zevenaar", "zevenaar", "duiven"]),
        requester=random.choice(["p-1", "p-2"]),
        kind=random.choice(["incident", "service-request"]),
        priority=random.randint(1, 5),
        opened_at=opened,
        out_of_catalogue=random.random() < 0.3,
        generated=random.random() < 0.3,
        response_due=opened + timedelta(hours=1) if has_norm else None,
        resolution_due=opened + timedelta(hours=random.randint(8, 600)) if has_norm else None,
    )


def live(random: Random, case: Case, teller: Any) -> None:
    """The ticket's further life, told and kept."""
    reading = reading_of(case)
    norm = {} if case.resolution_due else {"norm": None}
    teller.opened(
        case.number,
        case.opened_at,
        clock=reading(),
        partner=case.partner,
        requester=case.requester,
        kind=case.kind,
        priority=case.priority,
        out_of_catalogue=case.out_of_catalogue,
        generated=case.generated,
        **norm,
    )
    if random.random() < 0.7:
        respond(random, case, teller, reading)
    if case.resolution_due and random.random() < 0.4:
        case.at_risk = True
        told = {"clock_name": "resolution", "due": case.resolution_due}
        teller.then(case.number, tickets.SlaAtRisk, case.opened_at, **told)
        if case.resolution_due < NOW:
            case.breached_at = case.resolution_due
            teller.then(case.number, tickets.SlaBreached, case.resolution_due, **told)
    finish(random, case, teller, reading)


def respond(random: Random, case: Case, teller: Any, reading: Callable[..., Any]) -> None:
    at = case.responded_at = min(NOW, case.opened_at + timedelta(minutes=random.randint(1, 60)))
    case.within_response = True if case.response_due else None
    clock = reading(responded_at=at, response_seconds=60)
    teller.then(case.number, tickets.TicketWorkStarted, at, clock=clock)


def finish(random: Random, case: Case, teller: Any, reading: Callable[..., Any]) -> None:
    chance = random.random()
    at = case.opened_at + (NOW - case.opened_at) * random.random()
    if chance < 0.1:
        case.cancelled = True
        teller.then(case.number, tickets.TicketCancelled, at, reason=SECRET, clock=reading())
    elif chance < 0.6 and case.responded_at:
        at = max(at, case.responded_at)
        case.resolved_at, case.seconds = at, random.randrange(100_000)
        case.within_resolution = None if case.resolution_due is None else random.random() < 0.7
        teller.then(
            case.number,
            tickets.TicketResolved,
            at,
            within_response=case.within_response,
            within_resolution=case.within_resolution,
            clock=reading(responded_at=case.responded_at, resolution_seconds=case.seconds),
        )
    elif chance < 0.75:
        case.paused_at = at
        teller.then(
            case.number, tickets.TicketPaused, at, waiting_on="user", clock=reading(paused=True)
        )


def reading_of(case: Case) -> Callable[..., tickets.ClockReading]:
    def reading(**told: Any) -> tickets.ClockReading:
        return tickets.ClockReading(
            **{
                "response_seconds": 0,
                "resolution_seconds": 0,
                "response_due": case.response_due,
                "resolution_due": case.resolution_due,
                "responded_at": case.responded_at,
                **told,
            }
        )

    return reading


SECRET = tickets.Sealed(subject="p-1", text="c2VhbGVk")


def day(moment: datetime) -> date:
    return moment.astimezone(AMSTERDAM).date()


def reference(cases: Iterable[Case], first: date, last: date) -> dict[str, Any]:
    counted = [case for case in cases if not case.cancelled]
    within = [case for case in counted if first <= day(case.opened_at) <= last]
    resolved = [case for case in counted if case.resolved_at and in_(case.resolved_at, first, last)]
    responded = [
        case for case in counted if case.responded_at and in_(case.responded_at, first, last)
    ]
    still = [case for case in counted if case.open]
    out = sum(case.out_of_catalogue for case in within)
    opened_on = Counter(day(case.opened_at) for case in within)
    resolved_on = Counter(day(case.resolved_at) for case in resolved if case.resolved_at)
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    late = [case for case in still if overdue(case)]
    return {
        "open": {
            "total": len(still),
            "by_kind": dict(Counter(case.kind for case in still)),
            "by_priority": dict(Counter(str(case.priority) for case in still)),
            "by_age": [
                {"label": label, "count": sum(age(case) == label for case in still)}
                for label in AGES
            ],
        },
        "overdue": len(late),
        "at_risk": sum(case.at_risk for case in still if case not in late),
        "due_today": sum(due_today(case) for case in still),
        "inflow": len(within),
        "resolved": len(resolved),
        "per_day": [
            {"date": str(each), "opened": opened_on[each], "resolved": resolved_on[each]}
            for each in days
        ],
        "response": share([case.within_response for case in responded]),
        "resolution": {
            **share([case.within_resolution for case in resolved]),
            "median_seconds": rank([case.seconds for case in resolved], 0.5),
            "p90_seconds": rank([case.seconds for case in resolved], 0.9),
        },
        "out_of_catalogue": {
            "count": out,
            "open": sum(case.out_of_catalogue for case in still),
            "percentage": percentage(out, len(within)),
        },
        "breaches": sorted(
            case.number
            for case in counted
            if case.breached_at and in_(case.breached_at, first, last)
        ),
        "generated": sum(
            case.generated for case in counted if case.open or case in within or case in resolved
        ),
    }


def in_(moment: datetime, first: date, last: date) -> bool:
    return first <= day(moment) <= last


def overdue(case: Case) -> bool:
    stopped = case.paused_at or NOW
    response = case.response_due and not case.responded_at and case.response_due < stopped
    return bool(response or (case.resolution_due and case.resolution_due < stopped))


def due_today(case: Case) -> bool:
    due = case.resolution_due
    return due is not None and not case.paused_at and due >= NOW and day(due) == day(NOW)


def age(case: Case) -> str:
    days = (NOW - case.opened_at) / timedelta(days=1)
    return next(
        (label for label, bound in zip(AGES, (1, 3, 7, 14, 30), strict=False) if days < bound),
        AGES[-1],
    )


def share(judged: list[bool | None]) -> dict[str, Any]:
    known = [each for each in judged if each is not None]
    return {
        "counted": len(known),
        "within": sum(known),
        "percentage": percentage(sum(known), len(known)),
    }


def rank(values: list[int], fraction: float) -> int | None:
    """The smallest value that at least this share of the values does not exceed."""
    ordered = sorted(values)
    return next(
        (value for at, value in enumerate(ordered, 1) if at >= fraction * len(ordered)), None
    )


@pytest_asyncio.fixture
async def projection(start_projection: Any) -> Any:
    """One whose clock stands at `NOW`."""
    return await start_projection(clock=lambda: NOW)


async def told(projection: Any, publish: Any, teller: Any, count: int = 150) -> list[Case]:
    random = Random(20260401)  # noqa: S311  the same tickets each time
    teller.partner("zevenaar")
    teller.partner("duiven")
    cases = [make(random, at) for at in range(1, count + 1)]
    for case in cases:
        live(random, case, teller)
    await projection.caught_up(await publish(*teller.told))
    return cases


async def ask(projection: Any, caller: Caller = OPERATOR, **params: Any) -> dict[str, Any]:
    answer: dict[str, Any] = await projection.ask("dashboard", caller, **params)
    answer["breaches"] = sorted(each["ticket"] for each in answer["breaches"])
    return answer


async def test_the_figures_are_those_of_a_plain_count(
    projection: Any, publish: Any, teller: Any
) -> None:
    cases = await told(projection, publish, teller)
    mine = [case for case in cases if case.partner == "zevenaar"]
    for first, last in (
        (date(2026, 3, 5), date(2026, 4, 1)),
        (date(2026, 3, 29), date(2026, 3, 29)),
        (date(2026, 1, 1), date(2026, 4, 30)),
        (date(2025, 1, 1), date(2025, 1, 31)),
    ):
        answer = await ask(projection, partner="zevenaar", **{"from": str(first), "to": str(last)})
        expected = reference(mine, first, last)
        assert {name: answer[name] for name in expected} == expected


async def test_without_a_period_it_is_the_last_28_days_with_today(
    projection: Any, publish: Any, teller: Any
) -> None:
    await told(projection, publish, teller, 3)
    answer = await ask(projection, partner="zevenaar")
    assert answer["period"] == {"from": "2026-03-05", "to": "2026-04-01"}
    assert len(answer["per_day"]) == 28


async def test_a_user_sees_figures_of_own_tickets_only(
    projection: Any, publish: Any, teller: Any
) -> None:
    cases = await told(projection, publish, teller, 60)
    own = [case for case in cases if (case.partner, case.requester) == ("zevenaar", "p-1")]
    user = Caller(actor="p-1", roles=frozenset({"user"}), partners=frozenset({"zevenaar"}))
    answer = await ask(projection, user, partner="zevenaar")
    assert answer["open"]["total"] == sum(case.open and not case.cancelled for case in own)


@pytest.mark.parametrize("partner", ["duiven", "nowhere"])
async def test_a_foreign_partner_is_not_found_like_one_that_does_not_exist(
    projection: Any, publish: Any, teller: Any, partner: str
) -> None:
    await told(projection, publish, teller, 3)
    manager = Caller("c-1", frozenset({"contract-manager"}), frozenset({"zevenaar"}))
    with pytest.raises(Refused) as refused:
        await projection.ask("dashboard", manager, partner=partner)
    assert [fault.slug for fault in refused.value.faults] == ["not-found"]


async def test_a_period_that_ends_before_it_begins_is_refused(
    projection: Any, publish: Any, teller: Any
) -> None:
    await told(projection, publish, teller, 3)
    period = {"from": "2026-04-02", "to": "2026-04-01"}
    with pytest.raises(Refused) as refused:
        await projection.ask("dashboard", partner="zevenaar", **period)
    assert [fault.slug for fault in refused.value.faults] == ["period-invalid"]


@pytest.mark.parametrize("day", ["0001-01-05", "9999-12-30"])
async def test_a_period_of_another_era_is_refused(projection: Any, day: str) -> None:
    with pytest.raises(Refused) as refused:
        await projection.ask("dashboard", partner="zevenaar", to=day)
    assert [fault.field for fault in refused.value.faults] == ["to"]
