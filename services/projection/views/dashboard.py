"""The dashboard of a partner: how its tickets stand, and what a period brought.

Cancelled tickets count nowhere. Durations are business time. A median or percentile is taken over
single tickets, never over averages.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import JsonValue
from sqlalchemy import JSON, text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from contracts.periods import AMSTERDAM, LONGEST_DAYS, USUAL_DAYS, Period, days
from services.projection.amounts import percentage
from services.projection.errors import PeriodInvalid
from services.projection.views import dashboard_queries as queries
from services.projection.views.params import DashboardParams
from services.projection.views.scope import only_own, require_partner

AGES = ("0-1", "1-3", "3-7", "7-14", "14-30", "30+")
"""Buckets of age in whole days since the opening; the upper bound is not included."""

Figures = Sequence[Mapping[str, Any]]

_OF_ALL, _OF_OWN = (
    text(queries.figures(own=own)).columns(**dict.fromkeys(queries.NAMES, JSON))
    for own in (False, True)
)


async def dashboard(
    asked: DashboardParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Raises `PeriodInvalid`, and `PartnerForbidden` for a foreign or unknown partner."""
    await require_partner(session, context, asked.partner)
    today = context.now.astimezone(AMSTERDAM).date()
    period = _period(asked, today)
    each_day = [days(day, day) for day in _days_of(period)]
    bound = {
        "partner": asked.partner,
        "requester": context.actor if only_own(context) else None,
        "now": context.now,
        "tomorrow": days(today, today).end,
        "start": period.start,
        "end": period.end,
        "starts": [day.start for day in each_day],
        "ends": [day.end for day in each_day],
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
    first = asked.from_ or last - timedelta(days=USUAL_DAYS - 1)
    try:
        return days(first, last)
    except ValueError:
        told: dict[str, JsonValue] = {"from": first.isoformat(), "to": last.isoformat()}
        raise PeriodInvalid("from", longest=LONGEST_DAYS, **told) from None


def _days_of(period: Period) -> list[date]:
    count = (period.last - period.first).days + 1
    return [period.first + timedelta(days=n) for n in range(count)]


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
        for place, day in enumerate(_days_of(period), 1)
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
