"""Which tickets a list holds: what is asked for, as conditions on their rows."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast, false, func, or_, select, true
from sqlalchemy.dialects.postgresql import JSONPATH

from chassis.command import Context
from services.projection.models import ITEM, TICKET
from services.projection.views.params import DeskView, TicketsParams

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
DESK_VIEWS: tuple[DeskView, ...] = get_args(DeskView)

SAME = (
    "partner",
    "kind",
    "priority",
    "team",
    "line",
    "item",
    "out_of_catalogue",
    "problem",
    "major_incident",
)
"""What is asked for by the very value of a column."""

_t = TICKET.table.c
OPEN = _t.resolved_at.is_(None) & _t.cancelled_at.is_(None)
OPEN_STATES = frozenset({"new", "assigned", "in-progress", "waiting", "reopened"})
"""Statuses of tickets that are open; said besides, it lets the index of open tickets be read."""
BREACHED = _t.response_breached_at.is_not(None) | _t.resolution_breached_at.is_not(None)
AT_RISK = (_t.resolution_at_risk_at.is_not(None) & _t.resolution_breached_at.is_(None)) | (
    _t.response_at_risk_at.is_not(None)
    & _t.response_breached_at.is_(None)
    & _t.responded_at.is_(None)
)
"""More than three quarters of the time of a clock is used, and that clock is not late yet."""
_OPEN_TASK = "$[*] ? (@.done_at == null)"
_OPEN_TASK_OF_TEAM = "$[*] ? (@.done_at == null && @.team == $team)"


def conditions(asked: TicketsParams, context: Context) -> Iterator[ColumnElement[bool]]:
    """Everything that was asked for must hold; scope comes on top of it."""
    for name in SAME:
        value = getattr(asked, name)
        if value is not None:
            yield _t[name] == value
    if asked.requester is not None:
        yield _t.requester == (context.actor if asked.requester == "me" else asked.requester)
    if asked.view is not None:
        yield OPEN & desk_view(asked.view, asked.own_team)
    yield from _standing(asked)
    yield from _numbered(asked)
    yield from _opened(asked)


def _standing(asked: TicketsParams) -> Iterator[ColumnElement[bool]]:
    if asked.status is not None:
        yield _t.status.in_(asked.status)
        if set(asked.status) <= OPEN_STATES:
            yield OPEN
    if asked.open is not None:
        yield OPEN if asked.open else ~OPEN
    if asked.breached is not None:
        yield BREACHED if asked.breached else ~BREACHED


def _numbered(asked: TicketsParams) -> Iterator[ColumnElement[bool]]:
    if asked.number is not None:
        yield _t.ticket == asked.number.upper()
    if asked.numbers is not None:
        yield _t.ticket.in_(asked.numbers)
    for word in (asked.search or "").split():
        yield _names(word)


def desk_view(view: DeskView, own_team: str | None) -> ColumnElement[bool]:
    """What stands in a view of the service desk, of the tickets that are open.

    Without an own team, `team` is empty and `tasks` are those of every team.
    """
    views: Mapping[DeskView, ColumnElement[bool]] = {
        "team": false() if own_team is None else _t.team == own_team,
        "unassigned": _t.team.is_(None),
        "waiting-on-user": (_t.status == "waiting") & (_t.waiting_on == "user"),
        "waiting-on-supplier": (_t.status == "waiting") & (_t.waiting_on == "supplier"),
        "at-risk": AT_RISK,
        "breached": BREACHED,
        "tasks": _has_open_task(own_team),
        "approvals": (_t.kind == "change")
        & _t.change.has_key("change_type")
        & _t.change["decision"].astext.is_(None),
    }
    return views[view]


def _has_open_task(team: str | None) -> ColumnElement[bool]:
    if team is None:
        return func.jsonb_path_exists(_t.tasks, cast(_OPEN_TASK, JSONPATH))
    bound = func.jsonb_build_object("team", cast(team, String))
    return func.jsonb_path_exists(_t.tasks, cast(_OPEN_TASK_OF_TEAM, JSONPATH), bound)


def _opened(asked: TicketsParams) -> Iterator[ColumnElement[bool]]:
    """Amsterdam days, both included."""
    if asked.opened_from is not None:
        yield _t.opened_at >= _midnight(asked.opened_from)
    if asked.opened_to is not None:
        yield _t.opened_at < _midnight(asked.opened_to + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


def _names(word: str) -> ColumnElement[bool]:
    """A word of a search: part of a number, here or elsewhere, of a team, or of an item."""
    item = ITEM.table
    named = func.jsonb_each_text(item.c.names).table_valued("key", "value")
    called = (
        select(item.c.item)
        .select_from(item.join(named, true()))
        .where(named.c.value.icontains(word, autoescape=True))
    )
    parts = (_t.ticket, _t.external, _t.team, _t.item)
    return or_(*(column.icontains(word, autoescape=True) for column in parts), _t.item.in_(called))
