"""An experience target (XLA): the marks that a field of work aims at for one partner."""

from datetime import date, datetime

from contracts.catalog import ExperienceTargetSet
from services.catalog.commands import SetExperienceTarget
from services.catalog.domain.aggregate import Aggregate
from services.catalog.domain.dating import require_later
from services.catalog.domain.partner import Partner
from services.catalog.errors import PartnerUnknown


class ExperienceTarget(Aggregate):
    """What decisions about an experience target rest on: the first days of its versions."""

    key: str
    starts: tuple[date, ...]


def key_of(order: SetExperienceTarget | ExperienceTargetSet) -> str:
    """`zevenaar/ict`."""
    return f"{order.partner}/{order.domain}"


def decide(
    state: ExperienceTarget | None,
    command: SetExperienceTarget,
    now: datetime,
    partner: Partner | None,
) -> tuple[ExperienceTargetSet, ...]:
    """`partner` is the one that the command names, if there is one."""
    if partner is None:
        raise PartnerUnknown("partner", partner=command.partner)
    partner.require_joined(command.valid_from, "valid_from")
    partner.require_present(command.valid_from, "valid_from")
    require_later(command.valid_from, state.starts if state else ())
    return (ExperienceTargetSet(occurred_at=now, **dict(command)),)


def evolve(state: ExperienceTarget | None, event: ExperienceTargetSet) -> ExperienceTarget:
    starts = (*(state.starts if state else ()), event.valid_from)
    return ExperienceTarget(key=key_of(event), version=len(starts), starts=starts)
