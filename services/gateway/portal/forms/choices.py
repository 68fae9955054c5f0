"""The choices that forms offer, in the visitor's language."""

from collections.abc import Iterable, Sequence
from typing import get_args

from contracts.catalog import PartnerKind, Unit
from contracts.values import Domain, TicketKind, Tier
from services.gateway.portal.forms.sheet import Field, Part, Partners, Rows
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
}
"""Choices that are fixed; their texts are `<name>-<value>`."""
_ALL = 1000


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
    return [(str(value), visit.say(f"{name}-{value}")) for value in _WORDS[name]]


def _named(parts: Iterable[Part]) -> Iterable[str]:
    for part in parts:
        fields = part.columns if isinstance(part, Rows) else (part,)
        named = (one for one in fields if isinstance(one, Field | Partners))
        yield from (one.options for one in named if one.options)
