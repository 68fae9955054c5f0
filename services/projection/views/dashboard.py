"""The dashboard of a partner: how its tickets stand, and what a period brought.

Cancelled tickets count nowhere. Durations are business time. A median or percentile is taken over
single tickets, never over averages.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import JsonValue
from sqlalchemy import JSON, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.errors import PeriodInvalid
from services.projection.views import dashboard_queries as queries
from services.projection.views.params import DashboardParams
from services.projection.views.scope import only_own, require_partner

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DEFAULT_DAYS = 28
LONGEST_DAYS = 5 * 366
AGES = ("0-1", "1-3", "3-7", "7-14", "14-30", "30+")
"""Buckets of age in whole days since the opening; the upper bound is not included."""

Figures = Sequence[Mapping[str, Any]]

_OF_ALL, _OF_OWN = (
    text(queries.figures(own=own)).columns(**dict.fromkeys(queries.NAMES, JSON))
    for own in (False, True)
)


@dataclass(frozen=True, slots=True)
class Period:
    """Amsterdam days, both included."""

    first: date
    last: date

    def days(self) -> list[date]:
        return [self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1)]

    def midnights(self) -> list[datetime]:
        """When each of its days starts, and when the day after it does."""
        after = self.last + timedelta(days=1)
        return [datetime.combine(day, time(), AMSTERDAM) for day in (*self.days(), after)]


async def dashboard(
    asked: DashboardParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Raises `PeriodInvalid`, and `PartnerForbidden` for a foreign or unknown partner."""
    await require_partner(session, context, asked.partner)
    today = context.now.astimezone(AMSTERDAM).date()
    period = _period(asked, today)
    midnights = period.midnights()
    bound = {
        "partner": asked.partner,
        "requester": context.actor if only_own(context) else None,
        "now": context.now,
        "tomorrow": Period(today, today).midnights()[-1],
        "start": midnights[0],
        "end": midnights[-1],
        "starts": midnights[:-1],
        "ends": midnights[1:],
    }
    return {
        "partner": asked.partner,
        "period": {"from": period.first, "to": period.last},
        **_shown(await _figures(session, bound), period),
    }


async def _figures(session: AsyncSession, bound: Mapping[str, Any]) -> Mapping[str, Figures]:
    """All in one statement: each that goes to the database and back costs as much as a figure."""
    query = _OF_ALL if bound["requester"] is None else _OF_OWN
    row = (await session.execute(query, bound)).mappings().one()
    return {name: row[name] or () for name in queries.NAMES}


def _shown(figures: Mapping[str, Figures], period: Period) -> dict[str, Any]:
    return {
        **_standing(figures["standing"]),
        "inflow": _sum(figures["opened"]),
        "resolved": _sum(figures["resolved"]),
        "per_day": _per_day(period, figures["opened"], figures["resolved"]),
        "response": _within(figures["response"]),
        "resolution": {**_within(figures["resolved"]), **figures["resolution"][0]},
        "out_of_catalogue": _out_of_catalogue(figures["standing"], figures["opened"]),
        "breaches": [
            {**breach, "due": datetime.fromisoformat(breach["due"])}
            for breach in figures["breaches"]
        ],
        "generated": sum(
            _sum(figures[name], "generated") for name in ("standing", "opened", "resolved")
        ),
    }


def _period(asked: DashboardParams, today: date) -> Period:
    last = asked.to or max(today, asked.from_ or today)
    first = asked.from_ or last - timedelta(days=DEFAULT_DAYS - 1)
    if not 0 <= (last - first).days < LONGEST_DAYS:
        told: dict[str, JsonValue] = {"from": first.isoformat(), "to": last.isoformat()}
        raise PeriodInvalid("from", longest=LONGEST_DAYS, **told)
    return Period(first, last)


def _standing(groups: Figures) -> dict[str, Any]:
    """The open tickets now, added up from groups of kind, priority and age."""

    def by(name: str) -> Counter[Any]:
        counts: Counter[Any] = Counter()
        for group in groups:
            counts[group[name]] += group["count"]
        return counts

    ages = by("age")
    return {
        "open": {
            "total": _sum(groups),
            "by_kind": dict(sorted(by("kind").items())),
            "by_priority": {str(name): count for name, count in sorted(by("priority").items())},
            "by_age": [{"label": label, "count": ages[at]} for at, label in enumerate(AGES)],
        },
        **{name: _sum(groups, name) for name in ("due_today", "at_risk", "overdue")},
    }


def _per_day(period: Period, opened: Figures, resolved: Figures) -> list[dict[str, Any]]:
    came, went = ({row["place"]: row["count"] for row in rows} for rows in (opened, resolved))
    return [
        {"date": day, "opened": came[place], "resolved": went[place]}
        for place, day in enumerate(period.days(), 1)
    ]


def _within(rows: Figures) -> dict[str, Any]:
    counted, within = _sum(rows, "counted"), _sum(rows, "within")
    return {"counted": counted, "within": within, "percentage": percentage(within, counted)}


def _out_of_catalogue(groups: Figures, opened: Figures) -> dict[str, Any]:
    count = _sum(opened, "out_of_catalogue")
    return {
        "count": count,
        "open": _sum(groups, "out_of_catalogue"),
        "percentage": percentage(count, _sum(opened)),
    }


def _sum(rows: Figures, name: str = "count") -> int:
    return sum(row[name] for row in rows)


def percentage(part: int, whole: int) -> str | None:
    """With one decimal, half up; `None` of nothing."""
    if not whole:
        return None
    share = Decimal(100 * part) / Decimal(whole)
    return str(share.quantize(Decimal("0.1"), ROUND_HALF_UP))
