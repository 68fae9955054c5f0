"""What `tickets` is told beside generated tickets: work, maintenance, signals, problems."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from typing import Any

from bodemplaat.cases.asking import MARK as GENERATED
from bodemplaat.cases.draws import apportioned
from bodemplaat.cases.model import Case
from bodemplaat.cases.model.charging import Work
from bodemplaat.cases.model.plans import Signals, Window
from bodemplaat.cases.orders.order import FromReply, Order, at, marked, plain
from bodemplaat.cases.orders.problems import problem_orders
from bodemplaat.imports.history import History, Step, import_body

_BEGAN, _RESOLVED, _CLOSED = time(9, 30), time(16), time(16, 30)
_DECEMBER = 12


def ticket_orders(case: Case) -> list[Order]:
    """In the order of their moments; what came from one row of a file stays in its order."""
    orders = [order for row in case.charging.work for order in _work(case, row)]
    orders += [order for row in case.maintenance.windows for order in _window(case, row)]
    orders += [order for row in case.signals.signals for order in _signals(case, row)]
    orders += problem_orders(case)
    return sorted(orders, key=lambda order: order.now)


def _work(case: Case, work: Work) -> Iterator[Order]:
    """A ticket with its whole history, and the time that was logged on it when it was done."""
    key = f"work/{work.name}"
    days = sorted(entry.on for entry in work.hours)
    body = import_body(f"case:{case.name}:work", [_history(work, days[0], days[-1])])
    opened = at(days[0])
    yield Order(case.name, "tickets", key, "import-tickets", body, opened, work.basis, work.note)
    ticket = FromReply(key, ("results", 0, "ticket"))
    for number, entry in enumerate(work.hours, start=1):
        body = {
            "ticket": ticket,
            "team": work.team,
            "minutes": entry.minutes,
            "billable": True,
            "worked_on": entry.on.isoformat(),
        }
        logged, told = at(days[-1], _CLOSED), f"{key}/hours/{number}"
        yield Order(case.name, "tickets", told, "log-time", body, logged, work.basis, work.note)


def _history(work: Work, first: date, last: date) -> History:
    opening = {
        **plain(work, "name", "team", "hours", "basis", "note"),
        "title": marked(work.title, work.basis),
        "description": f"{work.description} {GENERATED}".strip(),
        "impact": 3,
        "urgency": 2,
        "channel": "desk",
        "requester": {
            "id": f"{work.partner}-contactpersoon",
            "name": f"Contactpersoon van {work.partner}",
        },
    }
    steps = (
        Step(at(first), "open", opening),
        Step(at(first, _BEGAN), "assign", {"team": work.team}),
        Step(at(first, _BEGAN), "start"),
        Step(at(last, _RESOLVED), "resolve"),
        Step(at(last, _CLOSED), "close"),
    )
    return History(work.name, 1, steps, generated=True)


def _window(case: Case, window: Window) -> Iterator[Order]:
    """Planned, announced and done, as far as it came."""
    key = f"window/{window.name}"
    left_out = ("name", "on", "basis", "note", "announced_on", "completed", "as_planned")
    planned = plain(window, *left_out) | {"title": marked(window.title, window.basis)}
    number = {"window": FromReply(key, ("window",))}

    def order(step: str, command: str, body: Mapping[str, Any], moment: datetime) -> Order:
        basis, note = window.basis, window.note
        return Order(case.name, "tickets", key + step, command, body, moment, basis, note)

    yield order("", "plan-maintenance", planned, at(window.on))
    if window.announced_on:
        yield order("/announced", "announce-maintenance", number, at(window.announced_on))
    if window.completed:
        done = {**number, "as_planned": window.as_planned}
        yield order("/done", "complete-maintenance", done, window.ends_at)
    else:
        yield order("/cancelled", "cancel-maintenance", number, window.starts_at)


def _signals(case: Case, signals: Signals) -> Iterator[Order]:
    """A count per partner and month, told on the first of the month after; the total is exact."""
    weights = {
        (month, partner): weight * share
        for month, weight in enumerate(signals.months, start=1)
        for partner, share in signals.shares.items()
    }
    for (month, partner), count in apportioned(signals.count, weights).items():
        name = f"{signals.year}-{month:02d}"
        body = {"partner": partner, "month": name, "sort": signals.sort, "count": count}
        key = f"signals/{signals.sort}/{partner}/{name}"
        told = at(_month_after(signals.year, month))
        command = "record-security-signals"
        yield Order(case.name, "tickets", key, command, body, told, signals.basis, signals.note)


def _month_after(year: int, month: int) -> date:
    return date(year + 1, 1, 1) if month == _DECEMBER else date(year, month + 1, 1)
