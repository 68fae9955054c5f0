"""The risk register on any day: each risk as it then stood. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from services.projection.amounts import euro, total
from services.projection.finance_position_rows import Risk
from services.projection.views.finance.lists import origin

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def as_of(row: Risk, on: date | None) -> dict[str, Any] | None:
    """The risk at the end of a Dutch day (none: now); `None` before it was registered."""
    entries = [each for each in row.history if on is None or _day(each) <= on]
    if not entries:
        return None
    return _told(row, entries)


def _told(row: Risk, entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    last = entries[-1]
    content = last["content"]
    return {
        "risk": row.risk,
        "status": "closed" if last["closed_on"] else "open",
        "registered_on": _day(entries[0]),
        "updated_on": _day(last),
        "closed_on": last["closed_on"],
        "reason": last["reason"],
        **content,
        "review_on": date.fromisoformat(content["review_on"]),
        "pro_memoria": content["net"] is None,
        **origin(row),
        "aggregate_version": last["version"],
    }


def sums(risks: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """How many there are, and what the open ones with amounts come to."""
    risks = list(risks)
    open_ = [risk for risk in risks if risk["status"] == "open"]
    return {
        "open": len(open_),
        "closed": len(risks) - len(open_),
        "pro_memoria": sum(risk["pro_memoria"] for risk in open_),
        "gross": euro(total(risk["gross"] for risk in open_ if risk["gross"] is not None)),
        "net": euro(total(risk["net"] for risk in open_ if risk["net"] is not None)),
    }


def history(row: Risk) -> Iterator[dict[str, Any]]:
    """Every word on the risk in order, with what it changed; the first changed nothing."""
    before: Mapping[str, Any] | None = None
    for entry in row.history:
        content = entry["content"]
        yield {
            **entry,
            "on": _day(entry),
            "event": _event(entry, before),
            "changed": _changed(before, content),
        }
        before = content


def _event(entry: Mapping[str, Any], before: Mapping[str, Any] | None) -> str:
    if entry["closed_on"]:
        return "risk-closed"
    return "risk-registered" if before is None else "risk-updated"


def _changed(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[dict[str, Any]]:
    if before is None:
        return []
    return [
        {"field": name, "before": before.get(name), "after": value}
        for name, value in after.items()
        if before.get(name) != value
    ]


def _day(entry: Mapping[str, Any]) -> date:
    return datetime.fromisoformat(entry["occurred_at"]).astimezone(AMSTERDAM).date()
