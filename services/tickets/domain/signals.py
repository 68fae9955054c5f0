"""Security signals of a partner in a month: how many of each sort, as last counted."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from contracts.tickets import SecuritySignalsCounted, SignalSort
from services.tickets.commands import RecordSecuritySignals
from services.tickets.domain.calendar import business_date, whole_second
from services.tickets.domain.catalogue import Catalogue
from services.tickets.errors import PartnerNotJoined, PartnerUnknown, SignalsMonthFuture


class Signals(BaseModel):
    """The state; `version` 0 is a month that was not counted yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    partner: str
    month: str
    counts: Mapping[SignalSort, int] = {}
    version: int = 0

    @property
    def key(self) -> str:
        """What its aggregate is called, after `signals/`."""
        return f"{self.partner}/{self.month}"


def decide(
    signals: Signals, command: RecordSecuritySignals, now: datetime, catalogue: Catalogue
) -> Sequence[SecuritySignalsCounted]:
    """Nothing follows from the same count again.

    Raises `PartnerUnknown`, `PartnerNotJoined` for a month before the partner joined, or
    `SignalsMonthFuture` for one that has not begun.
    """
    _require_month(command.partner, command.month, business_date(now), catalogue)
    if signals.counts.get(command.sort) == command.count:
        return ()
    counted = SecuritySignalsCounted(occurred_at=whole_second(now), **command.model_dump())
    return (counted,)


def evolve(signals: Signals, event: SecuritySignalsCounted) -> Signals:
    """The month after one more count."""
    counts = {**signals.counts, event.sort: event.count}
    return signals.model_copy(update={"counts": counts, "version": signals.version + 1})


def _require_month(slug: str, month: str, today: date, catalogue: Catalogue) -> None:
    partner = catalogue.partners.get(slug)
    if partner is None:
        raise PartnerUnknown("partner", partner=slug)
    first = date.fromisoformat(f"{month}-01")
    if today < first:
        raise SignalsMonthFuture("month", month=month)
    if first.replace(day=monthrange(first.year, first.month)[1]) < partner.joined_on:
        raise PartnerNotJoined("month", partner=slug, joined_on=partner.joined_on.isoformat())
