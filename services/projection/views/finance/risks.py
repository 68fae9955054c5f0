"""The risk register as it is or was, the reserves, and resilience as a series."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import PartnerForbidden
from services.projection.amounts import euro, total
from services.projection.finance_models import RESERVE, RESILIENCE, RISK, SOURCE_EVENT
from services.projection.finance_position_rows import Reserve, Resilience, Risk
from services.projection.views.finance.lists import (
    Key,
    amount,
    field,
    load,
    ordered,
    origin,
    page_of,
    sequences,
)
from services.projection.views.finance.params import (
    ReservesParams,
    ResilienceParams,
    RiskParams,
    RisksParams,
)
from services.projection.views.finance.register import AMSTERDAM, as_of, history, sums
from services.projection.views.finance.scope import require_position
from services.projection.views.rows import fetch

RISK_SORTS: dict[str, Key] = {
    **{
        name: field(name)
        for name in ("risk", "name", "category", "owner", "chance", "review_on", "updated_on")
    },
    **{name: amount(name) for name in ("net", "gross")},
}
RESILIENCE_SORTS: dict[str, Key] = {"on": field("on")}
_SEARCHED = ("risk", "name", "category", "cause", "owner")
_WAY = ("way", "percentage", "certainty")
"""What makes two assessments of one day different ones."""


async def risks(asked: RisksParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """The register of a day; `totals` are of all that match."""
    require_position(context)
    rows = await load(session, Risk, RISK)
    found = [told for row in rows if (told := as_of(row, asked.on)) and _matches(told, asked)]
    return {**page_of(ordered(found, asked.sort, RISK_SORTS), asked), "totals": sums(found)}


def _matches(told: Mapping[str, Any], asked: RisksParams) -> bool:
    for name in ("status", "category", "owner"):
        if getattr(asked, name) not in (None, told[name]):
            return False
    if asked.review_until is not None and told["review_on"] > asked.review_until:
        return False
    text = " ".join(told[name] for name in _SEARCHED).casefold()
    return all(word in text for word in (asked.search or "").casefold().split())


async def risk(asked: RiskParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """One risk with all that was said of it. Raises `PartnerForbidden` when there is none."""
    require_position(context)
    rows = await load(session, Risk, RISK, RISK.table.c.risk == asked.risk)
    if not rows:
        raise PartnerForbidden
    events = await _events(session, rows[0].aggregate)
    told = [{**each, **events[each["version"]]} for each in history(rows[0])]
    return {"risk": as_of(rows[0], None), "history": told}


async def _events(session: AsyncSession, aggregate: str) -> dict[int, dict[str, Any]]:
    table = SOURCE_EVENT.table.c
    query = select(table.version, table.event_id, table.stream_sequence)
    rows = await fetch(session, query.where(table.aggregate == aggregate))
    return {row.pop("version"): row for row in rows}


async def reserves(
    asked: ReservesParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """The reserves on a day, and what they come to: the capacity."""
    require_position(context)
    on = asked.on or context.now.astimezone(AMSTERDAM).date()
    found = [_reserve(row, on) for row in await load(session, Reserve, RESERVE)]
    capacity = total(each["amount"] for each in found if each["amount"] is not None)
    return {**page_of(found, asked), "on": on, "totals": {"capacity": euro(capacity)}}


def _reserve(row: Reserve, on: date) -> dict[str, Any]:
    """As on the day; without amount before its first day."""
    begun = [each for each in row.amounts if date.fromisoformat(each["valid_from"]) <= on]
    holding = begun[-1] if begun else None
    return {
        "reserve": row.reserve,
        "name": (holding or row.amounts[0])["name"],
        "valid_from": holding and holding["valid_from"],
        "amount": holding and holding["amount"],
        "amounts": row.amounts,
        **origin(row),
    }


async def resilience(
    asked: ResilienceParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Per reference date and way the newest assessment, with the way it was reached."""
    require_position(context)
    names = {
        row.risk: row.history[-1]["content"]["name"] for row in await load(session, Risk, RISK)
    }
    rows = await load(session, Resilience, RESILIENCE)
    places = await sequences(session, [row.aggregate for row in rows])
    found = [
        {**_with_names(each, names), "stream_sequence": places[each["aggregate"], each["version"]]}
        for each in newest(rows)
        if (asked.from_ is None or each["on"] >= asked.from_)
        and (asked.to is None or each["on"] <= asked.to)
        and asked.way in (None, each["way"])
    ]
    return page_of(ordered(found, asked.sort, RESILIENCE_SORTS), asked)


def newest(rows: Iterable[Resilience]) -> Iterator[dict[str, Any]]:
    for row in rows:
        latest = {tuple(each.get(name) for name in _WAY): each for each in row.assessments}
        for each in latest.values():
            told = {**origin(row), **each, "on": row.reference_date}
            yield {**told, "aggregate_version": row.version}


def _with_names(assessment: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    parts = [{**part, "name": names[part["risk"]]} for part in assessment["risks"]]
    return {**assessment, "risks": parts}
