"""What the form of a move carries: read, checked, and turned into the fields of its command."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any, get_args
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from contracts.tickets import ChangeResult, Line, WaitingOn
from services.gateway.portal.draft import DOMAINS, LEVELS
from services.gateway.portal.moves import Field, Move

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
CHANGE_TYPES = ("standard", "normal", "emergency")
RISKS = ("low", "medium", "high")
RESULTS: tuple[str, ...] = get_args(ChangeResult)
SCORES = ("quality", "speed", "communication")
_ITEM = 30
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


def _subject(form: FormData) -> dict[str, Any]:
    """Another item; without one it lies outside the catalogue, in the field of work chosen."""
    item = text(form, "item").upper()
    return {"item": item} if item else {"item": None, "domain": text(form, "domain")}


def _rating(form: FormData) -> dict[str, Any]:
    return {name: int(text(form, name)) for name in SCORES} | {
        "comment": text(form, "comment") or None
    }


def moment(given: str) -> datetime | None:
    """A Dutch wall-clock moment as a browser gives it, `2026-03-14T08:00`."""
    try:
        return datetime.fromisoformat(given).replace(tzinfo=AMSTERDAM)
    except ValueError:
        return None


def window(form: FormData) -> tuple[datetime, datetime] | None:
    """From when until when; `None` when that is no stretch of time."""
    starts_at, ends_at = moment(text(form, "starts_at")), moment(text(form, "ends_at"))
    if starts_at is None or ends_at is None or not starts_at < ends_at:
        return None
    return starts_at, ends_at


def stretch(form: FormData) -> dict[str, str]:
    """The window's fields of a command. Only of a form without faults."""
    found = window(form)
    if found is None:
        return {}
    return {"starts_at": found[0].isoformat(), "ends_at": found[1].isoformat()}


def _change_plan(form: FormData) -> dict[str, Any]:
    return {name: text(form, name) for name in ("change_type", "risk")} | stretch(form)


_RIGHT: Mapping[Field, Callable[[FormData], bool]] = {
    "team": lambda form: 0 < len(text(form, "team")) <= _SHORT,
    "line": lambda form: text(form, "line") in get_args(Line),
    "waiting_on": lambda form: text(form, "waiting_on") in get_args(WaitingOn),
    "impact_urgency": lambda form: (
        {text(form, "impact"), text(form, "urgency")} <= set(map(str, LEVELS))
    ),
    "subject": lambda form: len(text(form, "item")) <= _ITEM and text(form, "domain") in DOMAINS,
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
    "change_plan": lambda form: (
        text(form, "change_type") in CHANGE_TYPES
        and text(form, "risk") in RISKS
        and window(form) is not None
    ),
    "result": lambda form: text(form, "result") in RESULTS,
}
_READ: Mapping[Field, Callable[[FormData], dict[str, Any]]] = {
    "impact_urgency": lambda form: {part: int(text(form, part)) for part in ("impact", "urgency")},
    "subject": _subject,
    "time": _time,
    "rating": _rating,
    "change_plan": _change_plan,
    "task": lambda form: {"task": int(text(form, "task"))},
}
