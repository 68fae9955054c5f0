"""The choices that forms offer, in the visitor's language."""

from collections.abc import Iterable, Sequence
from typing import get_args

from contracts.catalog import PartnerKind, Unit
from contracts.finance.plans import Goal
from contracts.tickets import SignalSort
from contracts.values import Domain, TicketKind, Tier
from services.gateway.portal.forms.parts import Field, Part, Partners, Rows
from services.gateway.portal.tickets import texts_of
from services.gateway.portal.visit import Visit

Choices = Sequence[tuple[str, str]]
_WORDS: dict[str, Sequence[object]] = {
    "domain": get_args(Domain),
    "tier": get_args(Tier),
    "unit": get_args(get_args(Unit)[0]),
    "kind": get_args(TicketKind),
    "priority": range(1, 6),
    "weekday": range(1, 8),
    "partner-kind": get_args(PartnerKind),
    "signal-sort": get_args(get_args(SignalSort)[0]),
    "chance": range(1, 6),
    "quarter": range(1, 5),
    "month": range(1, 13),
    "structural": ("true", "false"),
    "forecast": ("false", "true"),
    "certainty": (80, 90, 95),
    "scheme": ("joint-scheme", "municipality"),
    "side": ("assets", "liabilities"),
    "vat-treatment": ("cost-sharing", "outside-scope"),
    "indicator-unit": ("fte", "percentage", "euro", "number"),
    "goal": get_args(Goal),
}
"""Choices that are fixed; their texts are `<name>-<value>`."""
_ALL = 1000
_READ_AT_ONCE = 100
"""Tickets whose texts can be asked for together."""


async def choices(visit: Visit, parts: Iterable[Part]) -> dict[str, Choices]:
    """Of every set that the parts name. A choice is a value and its text."""
    return {name: await _of(visit, name) for name in sorted(set(_named(parts)))}


async def _of(visit: Visit, name: str) -> Choices:
    if name == "partner":
        rows = (await visit.view("partners"))["partners"]
        return sorted(((row["slug"], row["name"]) for row in rows), key=lambda row: row[1])
    if name == "calendar":
        rows = (await visit.view("calendars", size=_ALL))["items"]
        return [(row["calendar"], row["versions"][-1]["name"]) for row in rows]
    if name == "pool":
        rows = (await visit.view("budgets", size=_ALL))["items"]
        return sorted({(row["pool"], row["name"]) for row in rows}, key=lambda row: row[1])
    if name == "problem":
        return await _problems(visit)
    if name == "major-incident":
        rows = (await visit.view("major-incidents", ongoing=True, size=_ALL))["items"]
        return [(row["major_incident"], row["title"]) for row in rows]
    return [(str(value), visit.say(f"{name}-{value}")) for value in _WORDS[name]]


async def _problems(visit: Visit) -> Choices:
    """The newest open problems, by number and title."""
    facts = (await visit.view("tickets", kind="problem", open=True, size=_READ_AT_ONCE))["tickets"]
    texts = await texts_of(visit, facts)
    titles = {number: words["title"] for number, words in texts.items() if words}
    numbers = [fact["ticket"] for fact in facts]
    return [(number, f"{number} – {titles.get(number, '')}".rstrip(" –")) for number in numbers]


def _named(parts: Iterable[Part]) -> Iterable[str]:
    for part in parts:
        fields = part.columns if isinstance(part, Rows) else (part,)
        named = (one for one in fields if isinstance(one, Field | Partners))
        yield from (one.options for one in named if one.options)
