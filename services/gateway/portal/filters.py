"""What a list of tickets keeps in its address, and what of the query `tickets` it stands for."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from contracts.tickets import Line, Status
from contracts.values import TicketKind
from services.gateway.portal.listing import choice, day

ALL = "alles"
VIEWS: Mapping[str, str | None] = {
    ALL: None,
    "team": "team",
    "niet-toegewezen": "unassigned",
    "wacht-op-melder": "waiting-on-user",
    "wacht-op-leverancier": "waiting-on-supplier",
    "dreigt": "at-risk",
    "te-laat": "breached",
    "taken": "tasks",
    "goedkeuren": "approvals",
}
"""Views of the desk, as the address names them and as the query does."""
STATES = ("open", "all", *get_args(Status))
LINES = ("", *get_args(Line))
KINDS = ("", *get_args(TicketKind))
PRIORITIES = ("", "1", "2", "3", "4", "5")
_ITEM = re.compile(r"[A-Z0-9][A-Z0-9-]{1,29}")
_PSEUDONYM = re.compile(r"[\w-]{1,64}")
_TEAM_LENGTH = 200
_SEARCH_LENGTH = 100


@dataclass(frozen=True, slots=True)
class Filter:
    """`reads` makes of anything something that may be asked for; empty is no filter."""

    reads: Callable[[str], str]
    asks: Callable[[str], Mapping[str, Any]]


def read(
    given: Mapping[str, str], names: Iterable[str], partners: Collection[str] = ()
) -> dict[str, str]:
    """These filters of an address; what cannot be asked for counts as not chosen."""
    known = FILTERS | {"partner": _one_of(("", *partners), "partner")}
    return {name: known[name].reads(_legible(given.get(name, ""))) for name in names}


def _legible(given: str) -> str:
    return given.strip() if given.isprintable() else ""


def asked(filters: Mapping[str, str]) -> dict[str, Any]:
    """Filters that were read, as parameters of the query `tickets`."""
    return {
        param: value
        for name, chosen in filters.items()
        if chosen
        for param, value in FILTERS[name].asks(chosen).items()
    }


def states(shown: str) -> dict[str, Any]:
    """What is open, everything, or one status."""
    match shown:
        case "open":
            return {"open": True}
        case "all":
            return {}
        case status:
            return {"status": [status]}


def _one_of(allowed: Collection[str], param: str) -> Filter:
    return Filter(lambda given: choice(given, allowed), lambda chosen: {param: chosen})


def _short(length: int, param: str) -> Filter:
    return Filter(lambda given: given[:length], lambda chosen: {param: chosen})


def _shaped(pattern: re.Pattern[str], param: str) -> Filter:
    return Filter(
        lambda given: given if pattern.fullmatch(given) else "", lambda chosen: {param: chosen}
    )


def _view(chosen: str) -> Mapping[str, Any]:
    view = VIEWS[chosen]
    return {} if view is None else {"view": view}


FILTERS: dict[str, Filter] = {
    "beeld": Filter(lambda given: choice(given, VIEWS), _view),
    "status": Filter(lambda given: choice(given, STATES), states),
    "partner": Filter(str, lambda chosen: {"partner": chosen}),
    "team": _short(_TEAM_LENGTH, "team"),
    "lijn": _one_of(LINES, "line"),
    "prioriteit": Filter(
        lambda given: choice(given, PRIORITIES), lambda chosen: {"priority": int(chosen)}
    ),
    "soort": _one_of(KINDS, "kind"),
    "product": Filter(
        lambda given: given.upper() if _ITEM.fullmatch(given.upper()) else "",
        lambda chosen: {"item": chosen},
    ),
    "melder": _shaped(_PSEUDONYM, "requester"),
    "zoek": _short(_SEARCH_LENGTH, "search"),
    "van": Filter(day, lambda chosen: {"opened_from": chosen}),
    "tot": Filter(day, lambda chosen: {"opened_to": chosen}),
}
"""By their name in an address. `partner` reads only the partners that `read` is given."""
