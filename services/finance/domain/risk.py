"""The risk register, the reserves, and assessing the one against the other."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from contracts.finance.risks import (
    ReserveSet,
    ResilienceAssessed,
    Risk,
    RiskClosed,
    RiskPart,
    RiskRegistered,
    RiskUpdated,
)
from services.finance.commands import (
    AssessResilience,
    ByPercentage,
    CloseRisk,
    RegisterRisk,
    SetReserve,
    UpdateRisk,
)
from services.finance.domain.aggregate import Aggregate
from services.finance.domain.money import ZERO
from services.finance.domain.resilience import (
    Exposure,
    Simulation,
    assess,
    by_percentage,
    by_simulation,
)
from services.finance.errors import (
    NetAboveGross,
    ReserveNotLater,
    RiskClosedBefore,
    RiskExists,
    RiskUnknown,
)

RiskCommand = RegisterRisk | UpdateRisk | CloseRisk
RiskEvent = RiskRegistered | RiskUpdated | RiskClosed

CHANCES = {1: Decimal("0.1"), 2: Decimal("0.3"), 3: Decimal("0.5"), 4: Decimal("0.7")}
MOST_LIKELY = Decimal("0.9")


class RiskEntry(Aggregate):
    """A line of the register."""

    risk: str
    content: Risk
    closed: bool = False

    def exposure(self) -> Exposure | None:
        """As it counts; nothing while it is pro memoria or closed."""
        net = self.content.net
        if self.closed or net is None:
            return None
        least = self.content.net_least
        chance = CHANCES.get(self.content.chance, MOST_LIKELY)
        return Exposure(self.risk, chance, net if least is None else least, net)


class Reserve(Aggregate):
    """Its amounts, each from a day on."""

    reserve: str
    amounts: tuple[tuple[date, Decimal], ...]

    def amount(self, on: date) -> Decimal:
        return next((amount for day, amount in reversed(self.amounts) if day <= on), ZERO)


class Assessment(Aggregate):
    """That the register was assessed as of a day, and in which way."""

    on: date
    way: str


def decide(state: RiskEntry | None, command: RiskCommand, now: datetime) -> tuple[RiskEvent, ...]:
    if isinstance(command, RegisterRisk):
        if state is not None:
            raise RiskExists("risk", risk=command.risk)
        _require_sound(command.content)
        return (RiskRegistered(occurred_at=now, **dict(command)),)
    if state is None:
        raise RiskUnknown("risk", risk=command.risk)
    if state.closed:
        raise RiskClosedBefore("risk", risk=command.risk)
    if isinstance(command, CloseRisk):
        return (RiskClosed(occurred_at=now, **dict(command)),)
    _require_sound(command.content)
    return (RiskUpdated(occurred_at=now, **dict(command)),)


def _require_sound(content: Risk) -> None:
    """Raises `NetAboveGross` unless least ≤ net ≤ gross."""
    bounds = [content.net_least, content.net, content.gross]
    known = [amount for amount in bounds if amount is not None]
    if known != sorted(known) or (content.net is None and content.net_least is not None):
        raise NetAboveGross("content.net")


def evolve(state: RiskEntry | None, event: RiskEvent) -> RiskEntry:
    if isinstance(event, RiskRegistered):
        return RiskEntry(version=1, risk=event.risk, content=event.content)
    if state is None:
        raise RiskUnknown("risk", risk=event.risk)
    change: dict[str, object] = (
        {"closed": True} if isinstance(event, RiskClosed) else {"content": event.content}
    )
    return state.model_copy(update={"version": state.version + 1, **change})


def set_reserve(
    state: Reserve | None, command: SetReserve, now: datetime
) -> tuple[ReserveSet, ...]:
    if state is not None and command.valid_from <= state.amounts[-1][0]:
        previous = state.amounts[-1][0].isoformat()
        raise ReserveNotLater("valid_from", reserve=command.reserve, previous=previous)
    return (ReserveSet(occurred_at=now, **dict(command)),)


def evolve_reserve(state: Reserve | None, event: ReserveSet) -> Reserve:
    before = state.amounts if state else ()
    return Reserve(
        version=len(before) + 1,
        reserve=event.reserve,
        amounts=(*before, (event.valid_from, event.amount)),
    )


def assess_resilience(
    command: AssessResilience,
    register: Sequence[RiskEntry],
    reserves: Iterable[Reserve],
    now: datetime,
) -> tuple[ResilienceAssessed, ...]:
    """The whole register as it stands, against the reserves of the reference date."""
    open_risks = [entry for entry in register if not entry.closed]
    exposures = [each for entry in open_risks if (each := entry.exposure()) is not None]
    needed, told = _needed(command, exposures)
    capacity = sum((reserve.amount(command.on) for reserve in reserves), ZERO)
    found = assess(capacity, exposures, needed, command.turnover)
    parts = needed.contributions
    assessed = ResilienceAssessed(
        occurred_at=now,
        on=command.on,
        **told,
        capacity=capacity,
        total=found.total,
        needed=needed.amount,
        risks=tuple(
            RiskPart(risk=entry.risk, net=entry.content.net, percentage=parts.get(entry.risk, ZERO))
            for entry in open_risks
        ),
        of_total=found.of_total,
        ratio=found.ratio,
        grade=found.grade,
        ceiling=found.ceiling,
        above_ceiling=found.above_ceiling,
    )
    return (assessed,)


def _needed(command: AssessResilience, exposures: Sequence[Exposure]) -> Any:
    """What is needed, and how that was reached, as fields of the event."""
    how = command.how
    if isinstance(how, ByPercentage):
        return by_percentage(exposures, how.percentage), how.model_dump()
    simulation = Simulation(runs=how.runs, seed=how.seed, certainty=Decimal(how.certainty))
    return by_simulation(exposures, simulation), how.model_dump()


def evolve_assessment(state: Assessment | None, event: ResilienceAssessed) -> Assessment:
    return Assessment(version=state.version + 1 if state else 1, on=event.on, way=event.way)
