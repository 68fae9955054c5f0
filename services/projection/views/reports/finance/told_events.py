"""Opening a figure of money to the events that it comes from, as they were told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from contracts.registry import TYPE_PREFIX
from contracts.reports import Table
from services.projection.amounts import total
from services.projection.folds.sources import LOGGED_SUBJECT
from services.projection.views.finance.params import SourcesParams as EventsParams
from services.projection.views.finance.sources import finance_events
from services.projection.views.params import LARGEST_PAGE
from services.projection.views.reports.asking import Asked, SourcesParams
from services.projection.views.reports.cells import moment
from services.projection.views.reports.finance.as_then import dated, recorded
from services.projection.views.reports.finance.openers import Opened, page, reader, strange
from services.projection.views.reports.finance.shapes import Row, added, cell, table

Event = Mapping[str, Any]
_NARROWED_BY = frozenset(
    {"aggregate", "first", "last", "event", "until", "partner", "line", "structural"}
)


async def open_events(params: SourcesParams, asked: Asked, session: AsyncSession) -> Opened:
    """The events, in the order of the stream. Raises `ReportSourceUnknown`."""
    where = params.where
    if where.keys() - _NARROWED_BY or where.get("aggregate") == LOGGED_SUBJECT:
        raise strange(params)
    try:
        told = await _told(where, reader(params, asked), session)
        until = date.fromisoformat(where["until"]) if "until" in where else None
    except (LookupError, ValueError) as error:
        raise strange(params) from error
    by_then = [each for each in told if until is None or dated(recorded(each)) <= until]
    meant = [each for each in by_then if _meant(each, where)]
    return page(_table(meant, where.get("line")), params)


def _meant(event: Event, where: Mapping[str, str]) -> bool:
    """Of the name, of whom, on the line, structural or not; nobody is for all partners."""
    data = event["data"]
    known = {
        "event": _name(event),
        "partner": event["partner"] or "",
        "structural": "yes" if data.get("structural", True) else "no",
    }
    about = {data.get("line"), *(line["line"] for line in _budgeted(data))}
    return where.get("line") in (None, *about) and all(
        where.get(name, value) == value for name, value in known.items()
    )


def _budgeted(data: Mapping[str, Any], line: str | None = None) -> list[Mapping[str, Any]]:
    """The lines of a budget or of a change in it; of one name, or all."""
    lines = [each for each in data.get("lines", ()) if "line" in each]
    return [each for each in lines if line in (None, each["line"])]


async def _told(where: Mapping[str, str], context: Context, session: AsyncSession) -> list[Event]:
    """Every event of the aggregate that the reader may see."""
    found: list[Event] = []
    number, whole = 1, 1
    while len(found) < whole:
        wanted = EventsParams.model_validate(
            {
                "aggregate": where["aggregate"],
                "first_version": where.get("first"),
                "last_version": where.get("last"),
                "page": number,
                "size": LARGEST_PAGE,
            }
        )
        answer = await finance_events(wanted, context, session)
        number, whole = number + 1, answer["total"]
        found += answer["items"]
    return found


def _table(found: Sequence[Event], line: str | None) -> Table:
    amounts = [_amount(each["data"], line) for each in found]
    known = found and None not in amounts
    return table(
        "finance-events",
        [
            ("occurred-at", "moment"),
            ("dated", "date"),
            ("event", "term"),
            ("about", "text"),
            ("amount", "money"),
            ("aggregate", "text"),
            ("aggregate-version", "count"),
            ("stream-sequence", "count"),
        ],
        (_event(each, amount) for each, amount in zip(found, amounts, strict=True)),
        total=(
            *(cell(None) for _ in range(4)),
            cell(added(amounts) if known else None),
            *(cell(None) for _ in range(3)),
        )
        if known
        else None,
    )


def _event(event: Event, amount: str | None) -> Row:
    data = event["data"]
    about = data.get("description") or data.get("name") or data.get("content", {}).get("name")
    return (
        moment(event["occurred_at"]),
        cell(dated(recorded(event))),
        cell(f"report-event-{_name(event)}"),
        cell(about),
        cell(amount),
        cell(event["aggregate"]),
        cell(event["version"]),
        cell(event["stream_sequence"]),
    )


def _name(event: Event) -> str:
    kind: str = event["type"]
    return kind.removeprefix(f"{TYPE_PREFIX}.").split(".")[1]


def _amount(data: Mapping[str, Any], line: str | None) -> str | None:
    """What the event is about in euro; of a budget or a change of it, its lines together."""
    for name in ("amount", "total", "floating_debt", "principal", "emu_balance"):
        if data.get(name) is not None:
            return str(data[name])
    lines = _budgeted(data, line)
    return str(total(each["amount"] for each in lines)) if lines else None
