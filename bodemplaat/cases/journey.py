"""What happens to one generated ticket, from opening to closing, at which moments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bodemplaat.cases.model import Course, Reasons, ServiceLevel
from bodemplaat.cases.opening import Axis
from bodemplaat.imports.history import Do, Step


@dataclass(frozen=True, slots=True)
class Fate:
    """What is to become of a ticket; `stays_open` is taken up and not finished."""

    breached: bool = False
    late_response: bool = False
    waits_on_user: bool = False
    waits_on_supplier: bool = False
    second_line: bool = False
    reprioritised: bool = False
    reclassified: bool = False
    reopened: bool = False
    cancelled: bool = False
    stays_open: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A ticket as it turns out to be: `opening` is what the requester said at first.

    `desk` takes it up and may pass it on to `team`. `norm` is what was promised for how it turns
    out; `clock` the axis of that norm's calendar, `office` that of the people who close tickets.
    `minutes` of running clock lie between opening and resolution, drawn from the norm when `None`;
    `until` is the last moment at which it may be closed.
    """

    opened: datetime
    opening: Mapping[str, Any]
    corrections: tuple[tuple[Do, Mapping[str, Any]], ...]
    desk: str
    team: str
    norm: ServiceLevel
    clock: Axis
    office: Axis
    fate: Fate = field(default_factory=Fate)
    minutes: float | None = None
    until: datetime | None = None


def journey(subject: Subject, flow: Course, reasons: Reasons, chance: Random) -> Iterator[Step]:
    """Every step, in order, for as long as it takes; the caller cuts it off at the present."""
    opened = subject.opened
    last = opened
    for position, do, fields in _moves(subject, reasons, chance):
        last = max(last, subject.clock.moment(position)) if do != "open" else opened
        yield _step(last, do, fields)
    if not (subject.fate.cancelled or subject.fate.stays_open):
        yield _step(_closing(subject, last, flow, chance), "close")


_Move = tuple[float, Do, Mapping[str, Any]]


def _moves(subject: Subject, reasons: Reasons, chance: Random) -> Iterator[_Move]:
    fate, norm = subject.fate, subject.norm
    begin = subject.clock.position(subject.opened)
    response = norm.response_minutes * _response_part(fate, chance)
    if subject.minutes is None:
        resolution = max(norm.resolution_minutes * resolution_part(fate, chance), response + 10)
    else:
        resolution = subject.minutes
        response = min(response, resolution * 0.6)
    yield begin, "open", subject.opening
    yield begin + response * 0.4, "assign", {"team": subject.desk, "line": "first"}
    for do, fields in subject.corrections:
        yield begin + response * 0.6, do, fields
    if fate.cancelled:
        yield begin + response * 0.9, "cancel", {"reason": chance.choice(reasons.cancel)}
        return
    yield begin + response, "start", {}
    if not fate.stays_open:
        yield from _work(subject, begin + response, resolution - response, reasons, chance)


def _work(
    subject: Subject, position: float, minutes: float, reasons: Reasons, chance: Random
) -> Iterator[_Move]:
    """From the start of the work to its resolution, `minutes` of running clock later."""
    fate = subject.fate
    if fate.second_line:
        yield position + minutes * 0.15, "assign", {"team": subject.team, "line": "second"}
        yield position + minutes * 0.2, "start", {}
    if fate.waits_on_user:
        waits = chance.uniform(60, 1140)
        yield position + minutes * 0.3, "pause", {"waiting_on": "user"}
        position += waits
        yield position + minutes * 0.3, "resume", {}
    if fate.waits_on_supplier:
        within = minutes * chance.uniform(0.1, 0.3)
        yield position + minutes * 0.5, "pause", {"waiting_on": "supplier"}
        if subject.norm.pauses_on_supplier:
            position, within = position + chance.uniform(60, 1710), 0
        yield position + minutes * 0.5 + within, "resume", {}
    yield position + minutes, "resolve", {}
    if fate.reopened:
        back = position + minutes + chance.uniform(30, 300)
        more = subject.norm.resolution_minutes * chance.uniform(0.03, 0.1)
        yield back, "reopen", {"reason": chance.choice(reasons.reopen)}
        yield back + more * 0.2, "start", {}
        yield back + more, "resolve", {}


def _response_part(fate: Fate, chance: Random) -> float:
    """The part of the norm's response time that is used."""
    return chance.uniform(1.05, 1.8) if fate.late_response else chance.triangular(0.05, 0.95, 0.3)


def resolution_part(fate: Fate, chance: Random) -> float:
    """The part of the norm's resolution time that is used."""
    if fate.breached:
        return chance.uniform(1.05, 1.6)
    return chance.triangular(0.08, 0.8 if fate.reopened else 0.95, 0.25)


def _closing(subject: Subject, resolved: datetime, flow: Course, chance: Random) -> datetime:
    """Somewhere in the office time of the days after resolving."""
    first = subject.office.position(resolved)
    latest = resolved + timedelta(days=flow.closes_within_days)
    last = subject.office.position(min(latest, subject.until or latest))
    return max(resolved, subject.office.moment(chance.uniform(first, last)))


def _step(at: datetime, do: Do, fields: Mapping[str, Any] | None = None) -> Step:
    return Step(at.replace(microsecond=0), do, fields or {})
