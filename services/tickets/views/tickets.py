"""What is asked of tickets: their clear text, and how their clocks ran."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Annotated, Any

import orjson
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from chassis.command import Context, Processing
from chassis.definition import Disclosure
from contracts.tickets import ClockCorrected, PersonalDataErased, TicketEvent, TicketOpened
from services.tickets.access import sees
from services.tickets.commands import TicketNumber
from services.tickets.domain.calendar import whole_second
from services.tickets.domain.replay import Interval, business_seconds, replay
from services.tickets.domain.ticket import NOBODY
from services.tickets.errors import TicketUnknown
from services.tickets.repository import Personal, Work

TOLD_INTERVALS = 1000
"""So many intervals are told, the last ones; a ticket that is open for years has more."""


class TextsOf(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    tickets: Annotated[tuple[TicketNumber, ...], Field(max_length=100)]


class ClockOf(BaseModel):
    """`at` is the moment until which it is told; default now. `uncorrected`: as it first ran."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ticket: TicketNumber
    at: AwareDatetime | None = None
    uncorrected: bool = False


async def clock(params: ClockOf, context: Context, work: Work) -> Mapping[str, Any]:
    """The course of a ticket's clocks, interval by interval, from its events alone.

    Raises `TicketUnknown` for a ticket that is not there, that the caller may not know of, or
    that was opened later than `at`.
    """
    events = await work.tickets.history(params.ticket)
    if not events or not _sees(context, events):
        raise TicketUnknown
    until = whole_second(params.at or context.now)
    if until < events[0].occurred_at:
        raise TicketUnknown
    corrections = [_correction(each) for each in _corrections(events, until)]
    if params.uncorrected:
        events = [event for event in events if not isinstance(event, ClockCorrected)]
    intervals = replay(events, await work.catalogue.catalogue(), until)
    return {
        "ticket": params.ticket,
        "until": until,
        "uncorrected": params.uncorrected,
        "corrections": corrections,
        "response_seconds": business_seconds(intervals, "response"),
        "resolution_seconds": business_seconds(intervals, "resolution"),
        "omitted": max(0, len(intervals) - TOLD_INTERVALS),
        "intervals": [_told(each) for each in intervals[-TOLD_INTERVALS:]],
    }


def _corrections(events: Sequence[TicketEvent], until: datetime) -> Iterator[ClockCorrected]:
    for event in events:
        if isinstance(event, ClockCorrected) and event.occurred_at <= until:
            yield event


def _correction(event: ClockCorrected) -> dict[str, Any]:
    """What was put right, with both readings."""
    return {
        "correction": event.correction,
        "reason": event.reason,
        "corrected_at": event.occurred_at,
        "before": event.before.model_dump(mode="json"),
        "after": event.after.model_dump(mode="json"),
    }


def _told(interval: Interval) -> dict[str, Any]:
    norm = interval.norm
    return {
        "starts_at": interval.starts_at,
        "ends_at": interval.ends_at,
        "course": interval.course,
        "clocks": list(interval.clocks),
        "waiting_on": interval.waiting_on,
        "business_seconds": interval.business_seconds,
        "norm": None if norm is None else norm.model_dump(mode="json"),
    }


def _sees(context: Context, events: Sequence[TicketEvent]) -> bool:
    """Once its personal data was erased, a ticket is nobody's own."""
    opening = events[0]
    if not isinstance(opening, TicketOpened):
        return False
    erased = any(isinstance(event, PersonalDataErased) for event in events)
    return sees(context, opening.partner, NOBODY if erased else opening.requester)


async def texts(params: TextsOf, context: Context, work: Work) -> Disclosure:
    """Title, description and requester per ticket, and the comment of a rating that has one.

    Null for a ticket that is not there, that the caller may not know of, or whose personal data
    was erased.
    """
    found = await work.tickets.personal(params.tickets)
    seen = {
        number: personal
        for number, personal in found.items()
        if sees(context, personal.partner, personal.requester)
    }
    told = await _opened(seen, work)
    comments = await _opened_comments(seen, work)
    subjects = frozenset(seen[number].requester for number, plain in told.items() if plain)
    return Disclosure(
        {"texts": {number: _read(number, told, comments) for number in params.tickets}},
        Processing(work.activities.handling, subjects),
    )


async def _opened(seen: Mapping[str, Personal], work: Work) -> dict[str, str | None]:
    sealed = [(number, each.sealed) for number, each in seen.items() if each.sealed]
    opened = await work.texts.open_all(sealed)
    return {number: plain for (number, _), plain in zip(sealed, opened, strict=True)}


async def _opened_comments(seen: Mapping[str, Personal], work: Work) -> dict[str, str | None]:
    sealed = {number: personal.comment for number, personal in seen.items() if personal.comment}
    if not sealed:
        return {}
    opened = await work.texts.open_all(list(sealed.items()))
    return dict(zip(sealed, opened, strict=True))


def _read(
    number: str, told: Mapping[str, str | None], comments: Mapping[str, str | None]
) -> dict[str, Any] | None:
    plain = told.get(number)
    if plain is None:
        return None
    comment = comments.get(number)
    return {**orjson.loads(plain), **({"comment": comment} if comment else {})}
