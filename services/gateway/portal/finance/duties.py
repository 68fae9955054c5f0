"""What is due in a year of the books, and whether it was done: from what the read models hold.

Days are those of the Wet gemeenschappelijke regelingen (art. 58 and 58b: the budget before 15
September, the provisional accounts before 30 April) and of the regulation's own rhythm: an advance
at the start of each quarter, the cash limit at its end, the register on its reference dates.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Literal

Standing = Literal["done", "open", "overdue"]
QUARTERS = range(1, 5)
MONTHS = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """`name` and `note` are parts of the ids of their texts; `leads` is where it is done."""

    name: str
    due: date
    standing: Standing
    leads: str
    quarter: int | None = None
    note: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Held:
    """What the read models hold of a year; runs by their ids, cash by quarter."""

    budgets: int = 0
    partners_uncounted: int = 0
    runs: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    quarters: Collection[int] = ()
    assessed_on: Collection[str] = ()
    interest_risk: bool = False
    balance: bool = False
    settled: bool = False
    risks_to_review: int = 0
    answers_due: Sequence[date] = ()
    """Last days for the answers to objections that wait for one."""


def duties(year: int, today: date, held: Held) -> list[Duty]:
    """Everything that is due for the year, in the order of its days."""
    found = [
        *_before(year, today, held),
        *_quarterly(year, today, held),
        *_register(year, today, held),
        *_after(year, today, held),
        *_answers(year, today, held),
    ]
    return sorted(found, key=lambda duty: duty.due)


def _before(year: int, today: date, held: Held) -> Iterator[Duty]:
    budget_day, first = date(year - 1, 9, 15), date(year, 1, 1)
    counted = not held.partners_uncounted
    yield Duty(
        "budget",
        budget_day,
        _standing(bool(held.budgets), budget_day, today),
        f"/financien/begroting?jaar={year}",
    )
    yield Duty(
        "statistics",
        first,
        _standing(counted, first, today),
        "/deelnemers",
        note="" if counted else "uncounted",
        count=held.partners_uncounted,
    )
    yield Duty(
        "interest-risk",
        first,
        _standing(held.interest_risk, first, today),
        "/financien/treasury",
    )


def _quarterly(year: int, today: date, held: Held) -> Iterator[Duty]:
    for quarter in QUARTERS:
        first = date(year, MONTHS * (quarter - 1) + 1, 1)
        parts = held.runs.get(f"{year}-q{quarter}")
        yield Duty(
            "advance",
            first,
            _standing(parts is not None and _billed(parts), first, today),
            f"/financien/doorbelasting/{year}-q{quarter}"
            if parts is not None
            else f"/financien/doorbelasting/voorschot?year={year}&quarter={quarter}",
            quarter=quarter,
            note="unbilled" if parts and not _billed(parts) else "",
            count=sum(part["invoice"] is None for part in parts or ()),
        )
        last = _last_day(year, quarter)
        yield Duty(
            "cash-limit",
            last,
            _standing(quarter in held.quarters, last, today),
            "/financien/treasury",
            quarter=quarter,
        )


def _register(year: int, today: date, held: Held) -> Iterator[Duty]:
    for day in (date(year, 6, 30), date(year, 12, 31)):
        done = day.isoformat() in held.assessed_on
        yield Duty("register", day, _standing(done, day, today), "/financien/weerstand")
    if held.risks_to_review and year == today.year:
        yield Duty(
            "reviews",
            today,
            "open",
            "/financien/risicos",
            note="to-review",
            count=held.risks_to_review,
        )


def _after(year: int, today: date, held: Held) -> Iterator[Duty]:
    accounts = date(year + 1, 4, 30)
    settlement = f"{year}-settlement"
    parts = held.runs.get(settlement)
    billed = held.settled and parts is not None and _billed(parts)
    yield Duty("balance", accounts, _standing(held.balance, accounts, today), "/financien/treasury")
    yield Duty(
        "settlement",
        accounts,
        _standing(billed, accounts, today),
        f"/financien/doorbelasting/{settlement}"
        if held.settled
        else f"/financien/doorbelasting/afrekening?year={year}",
        note="unbilled" if held.settled and not billed else "",
        count=sum(part["invoice"] is None for part in parts or ()),
    )


def _answers(year: int, today: date, held: Held) -> Iterator[Duty]:
    for day in sorted({due for due in held.answers_due if due.year == year}):
        yield Duty(
            "answers",
            day,
            "overdue" if day < today else "open",
            "/financien/bezwaren?status=open",
            note="objections",
            count=held.answers_due.count(day),
        )


def _billed(parts: Sequence[Mapping[str, Any]]) -> bool:
    return all(part["invoice"] is not None for part in parts)


def _last_day(year: int, quarter: int) -> date:
    following = date(year + 1, 1, 1) if quarter == QUARTERS[-1] else date(year, 3 * quarter + 1, 1)
    return following - timedelta(days=1)


def _standing(done: bool, due: date, today: date) -> Standing:  # noqa: FBT001  the answer itself
    if done:
        return "done"
    return "overdue" if due < today else "open"
