"""What the form of a move carries: read, checked, and turned into the fields of its command."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, get_args

from starlette.datastructures import FormData

from contracts.tickets import WaitingOn
from services.gateway.portal.draft import LEVELS
from services.gateway.portal.moves import Field, Move

SCORES = ("quality", "speed", "communication")
_SHORT = 200
_LONG = 2000
_DAY_MINUTES = 1440
_BEST = 10


def missing(move: Move, form: FormData) -> str | None:
    """The id of the text that says which field of the move is wrong."""
    return next((f"move-fault-{name}" for name in move.fields if not _RIGHT[name](form)), None)


def fields(move: Move, form: FormData) -> dict[str, Any]:
    """The fields of the command that the move asks for. Only of a form without faults."""
    given: dict[str, Any] = {}
    for name in move.fields:
        given |= _READ[name](form) if name in _READ else {name: text(form, name)}
    return given


def version(form: FormData) -> int | None:
    """The version of the ticket that the form was shown with."""
    given = text(form, "version")
    return int(given) if given.isdecimal() else None


def text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


def _number(form: FormData, name: str, largest: int) -> bool:
    given = text(form, name)
    return given.isdecimal() and len(given) <= len(str(largest)) and 1 <= int(given) <= largest


def _day(form: FormData, name: str) -> bool:
    try:
        date.fromisoformat(text(form, name))
    except ValueError:
        return False
    return True


def _time(form: FormData) -> dict[str, Any]:
    return {
        "team": text(form, "team"),
        "minutes": int(text(form, "minutes")),
        "billable": bool(text(form, "billable")),
        "worked_on": text(form, "worked_on"),
    }


def _rating(form: FormData) -> dict[str, Any]:
    return {name: int(text(form, name)) for name in SCORES} | {
        "comment": text(form, "comment") or None
    }


_RIGHT: Mapping[Field, Callable[[FormData], bool]] = {
    "team": lambda form: 0 < len(text(form, "team")) <= _SHORT,
    "waiting_on": lambda form: text(form, "waiting_on") in get_args(WaitingOn),
    "impact_urgency": lambda form: (
        {text(form, "impact"), text(form, "urgency")} <= set(map(str, LEVELS))
    ),
    "reason": lambda form: bool(text(form, "reason")),
    "time": lambda form: (
        0 < len(text(form, "team")) <= _SHORT
        and _number(form, "minutes", _DAY_MINUTES)
        and _day(form, "worked_on")
    ),
    "rating": lambda form: (
        all(_number(form, name, _BEST) for name in SCORES) and len(text(form, "comment")) <= _LONG
    ),
    "task": lambda form: _number(form, "task", _LONG),
}
_READ: Mapping[Field, Callable[[FormData], dict[str, Any]]] = {
    "impact_urgency": lambda form: {part: int(text(form, part)) for part in ("impact", "urgency")},
    "time": _time,
    "rating": _rating,
    "task": lambda form: {"task": int(text(form, "task"))},
}
