"""A partner: who takes part, since when and until when."""

from datetime import date, datetime

from contracts.catalog import PartnerJoined, PartnerStatisticsUpdated, PartnerWithdrawalAnnounced
from services.catalog.commands import AnnounceWithdrawal, RegisterPartner, UpdatePartnerStatistics
from services.catalog.domain.aggregate import Aggregate
from services.catalog.domain.dating import business_date, require_order
from services.catalog.errors import BeforeJoining, PartnerExists, PartnerLeft, PartnerUnknown

PartnerCommand = RegisterPartner | UpdatePartnerStatistics | AnnounceWithdrawal
PartnerEvent = PartnerJoined | PartnerStatisticsUpdated | PartnerWithdrawalAnnounced


class Partner(Aggregate):
    """What decisions about a partner rest on; `leaves_on` is its last day."""

    partner: str
    joined_on: date
    leaves_on: date | None = None

    def require_present(self, on: date, field: str = "partner") -> None:
        """Raises `PartnerLeft` when `on` comes after its last day."""
        if self.leaves_on is not None and on > self.leaves_on:
            raise PartnerLeft(field, partner=self.partner, leaves_on=self.leaves_on.isoformat())

    def require_joined(self, on: date, field: str) -> None:
        """Raises `BeforeJoining` when `on` comes before its first day."""
        if on < self.joined_on:
            raise BeforeJoining(field, partner=self.partner, joined_on=self.joined_on.isoformat())


def decide(
    state: Partner | None, command: PartnerCommand, now: datetime
) -> tuple[PartnerEvent, ...]:
    if isinstance(command, RegisterPartner):
        if state is not None:
            raise PartnerExists("partner", partner=command.partner)
        return (PartnerJoined(occurred_at=now, **dict(command)),)
    if state is None:
        raise PartnerUnknown("partner", partner=command.partner)
    if isinstance(command, UpdatePartnerStatistics):
        return (PartnerStatisticsUpdated(occurred_at=now, **dict(command)),)
    state.require_present(business_date(now))
    require_order("leaves_on", state.joined_on, command.leaves_on)
    return (PartnerWithdrawalAnnounced(occurred_at=now, **dict(command)),)


def evolve(state: Partner | None, event: PartnerEvent) -> Partner:
    if isinstance(event, PartnerJoined):
        return Partner(partner=event.partner, version=1, joined_on=event.joined_on)
    if state is None:
        raise PartnerUnknown("partner", partner=event.partner)
    change: dict[str, object] = {"version": state.version + 1}
    if isinstance(event, PartnerWithdrawalAnnounced):
        change["leaves_on"] = event.leaves_on
    return state.model_copy(update=change)
