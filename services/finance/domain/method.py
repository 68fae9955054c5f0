"""How a pool is charged: one method at a time, each from a day on."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from contracts.finance.charging import FixedKey, Method, Participation, Source
from contracts.finance.costs import ChargingMethodSet
from services.finance.commands import SetChargingMethod
from services.finance.domain.aggregate import Aggregate
from services.finance.domain.charging.facts import DatedMethod
from services.finance.domain.money import HUNDRED
from services.finance.errors import MethodNotLater, SharesNotWhole, YearClosed


class Dated(BaseModel):
    model_config = ConfigDict(frozen=True)

    valid_from: date
    method: Method


class PoolMethods(Aggregate):
    """The methods of a pool, in order of their first days."""

    pool: str
    methods: tuple[Dated, ...]

    def dated(self) -> tuple[DatedMethod, ...]:
        """As a charging run wants them; each was set by the event of its place."""
        return tuple(
            DatedMethod(each.valid_from, each.method, _source(self.pool, version))
            for version, each in enumerate(self.methods, start=1)
        )


def _source(pool: str, version: int) -> Source:
    return Source(aggregate=f"method/{pool}", first_version=version, last_version=version)


def decide(
    state: PoolMethods | None, command: SetChargingMethod, now: datetime, *, closed: bool
) -> tuple[ChargingMethodSet, ...]:
    """`closed`: the year in which it would start is settled."""
    if closed:
        raise YearClosed("valid_from", year=command.valid_from.year)
    previous = state.methods[-1].valid_from if state else None
    if previous is not None and command.valid_from <= previous:
        raise MethodNotLater("valid_from", pool=command.pool, previous=previous.isoformat())
    _require_whole(command.method)
    return (ChargingMethodSet(occurred_at=now, **dict(command)),)


def _require_whole(method: Method) -> None:
    """Raises `SharesNotWhole` unless the percentages of a key add up to 100."""
    shares = method.shares if isinstance(method, FixedKey | Participation) else None
    if shares is not None and (total := sum(shares.values())) != HUNDRED:
        raise SharesNotWhole("method.shares", total=str(total))


def evolve(state: PoolMethods | None, event: ChargingMethodSet) -> PoolMethods:
    before = state.methods if state else ()
    return PoolMethods(
        version=len(before) + 1,
        pool=event.pool,
        methods=(*before, Dated(valid_from=event.valid_from, method=event.method)),
    )
