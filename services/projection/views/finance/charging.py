"""How pools are charged, who counted how many users, what runs made of it, which years closed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.amounts import euro, total
from services.projection.finance_models import (
    CHARGING_METHOD,
    CHARGING_RUN,
    SETTLED_YEAR,
    USER_COUNT,
)
from services.projection.finance_rows import ChargingMethod, ChargingRun, SettledYear, UserCount
from services.projection.models import INVOICE, Invoice
from services.projection.views.finance.lists import Key, load, ordered, origin, page_of
from services.projection.views.finance.params import (
    LinesParams,
    MethodsParams,
    RunsParams,
    UserCountsParams,
    YearsParams,
)
from services.projection.views.finance.scope import own, require_books, seen_method
from services.projection.views.scope import require_partner

DAY = timedelta(days=1)
RUN_SORTS: dict[str, Key] = {"run": lambda item: (item["last"], item["kind"])}
Documents = Mapping[tuple[str, str], Invoice]
"""The invoice of each part, by run and partner."""


async def methods(asked: MethodsParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """The methods of each pool, with the days from and until which each holds."""
    require_books(context)
    wanted = [CHARGING_METHOD.table.c.pool == asked.pool] if asked.pool else []
    rows = await load(session, ChargingMethod, CHARGING_METHOD, *wanted)
    items = [
        {"pool": row.pool, "methods": dated(row.methods, context), **origin(row)} for row in rows
    ]
    return page_of(items, asked)


def dated(methods: Sequence[Mapping[str, Any]], context: Context) -> list[dict[str, Any]]:
    """Each holds until the day before the next one's first."""
    following = [date.fromisoformat(each["valid_from"]) - DAY for each in methods[1:]]
    return [
        {**each, "method": seen_method(each["method"], context), "valid_until": until}
        for each, until in zip(methods, [*following, None], strict=True)
    ]


async def user_counts(
    asked: UserCountsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    require_books(context)
    table = USER_COUNT.table.c
    wanted = [own(context, table.partner)]
    if asked.partner is not None:
        await require_partner(session, context, asked.partner)
        wanted.append(table.partner == asked.partner)
    if asked.year is not None:
        wanted.append(table.year == asked.year)
    rows = await load(session, UserCount, USER_COUNT, *wanted)
    items = [
        {"year": row.year, "partner": row.partner, "users": row.users, **origin(row)}
        for row in rows
    ]
    return page_of(items, asked)


async def runs(asked: RunsParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """Runs with what they froze and what they came to; of the parts the caller's own."""
    require_books(context)
    table = CHARGING_RUN.table.c
    names = ("year", "kind", "run")
    wanted = [table[name] == value for name in names if (value := getattr(asked, name))]
    rows = await load(session, ChargingRun, CHARGING_RUN, *wanted)
    issued = await documents(session)
    items = [_run(row, issued, context) for row in rows]
    return page_of(ordered(items, asked.sort, RUN_SORTS), asked)


async def documents(session: AsyncSession) -> Documents:
    found = await load(session, Invoice, INVOICE, INVOICE.table.c.corrects.is_(None))
    return {(each.run, each.partner): each for each in found}


def _run(row: ChargingRun, issued: Documents, context: Context) -> dict[str, Any]:
    told = {name: value for name, value in row._asdict().items() if name not in _UNTOLD}
    parts = [part_of(row, partner, issued) for partner in row.parts if context.sees(partner)]
    return {**told, "parts": parts, **origin(row)}


def part_of(row: ChargingRun, partner: str, issued: Documents) -> dict[str, Any]:
    """What a partner has of a run, and the document that followed from it."""
    part = row.parts[partner]
    document = issued.get((row.run, partner))
    return {
        "partner": partner,
        **{name: part[name] for name in ("total", "advanced", "due", "version")},
        "lines": len(part["lines"]),
        "invoice": document and document.invoice,
        "credited_by": document and document.credited_by,
    }


async def lines(asked: LinesParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """The lines of a run, each with what explains it; empty for a run that there is not."""
    require_books(context)
    if asked.partner is not None:
        await require_partner(session, context, asked.partner)
    rows = await load(session, ChargingRun, CHARGING_RUN, CHARGING_RUN.table.c.run == asked.run)
    found = [
        {**line, **origin(row), "aggregate_version": part["version"]}
        for row in rows
        for partner, part in row.parts.items()
        if asked.partner in (None, partner) and context.sees(partner)
        for line in part["lines"]
        if asked.pool in (None, line["pool"])
    ]
    return {
        **page_of(found, asked),
        "totals": {"amount": euro(total(line["amount"] for line in found))},
    }


async def settlements(
    asked: YearsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """Years that are closed, the last first."""
    require_books(context)
    wanted = [SETTLED_YEAR.table.c.year == asked.year] if asked.year else []
    rows = await load(session, SettledYear, SETTLED_YEAR, *wanted)
    items = [
        {
            **{name: getattr(row, name) for name in ("year", "run", "cost", "charged")},
            "closed_at": row.closed_at,
            **origin(row),
        }
        for row in rows
    ]
    return page_of(items[::-1], asked)


_UNTOLD = ("aggregate", "version", "stream_sequence", "parts")
