"""Maintenance windows and change freezes, as their events have made them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict

from contracts.tickets import (
    ChangeFreezeDeclared,
    ChangeFreezeLifted,
    MaintenanceAnnounced,
    MaintenanceCancelled,
    MaintenanceCompleted,
    MaintenancePlanned,
    WindowEvent,
)
from services.tickets.commands import (
    AnnounceMaintenance,
    CancelMaintenance,
    CompleteMaintenance,
    LiftChangeFreeze,
    PlanMaintenance,
    WindowCommand,
    WindowOrder,
)
from services.tickets.domain.calendar import whole_second
from services.tickets.domain.catalogue import Catalogue
from services.tickets.errors import PartnerUnknown, WindowInvalid, WindowMoveIllegal

WindowStatus = Literal["planned", "announced", "completed", "cancelled", "frozen", "lifted"]
_MOVES: Mapping[type[WindowCommand], tuple[str, frozenset[str]]] = {
    AnnounceMaintenance: ("announce", frozenset({"planned"})),
    CompleteMaintenance: ("complete", frozenset({"planned", "announced"})),
    CancelMaintenance: ("cancel", frozenset({"planned", "announced"})),
    LiftChangeFreeze: ("lift", frozenset({"frozen"})),
}
"""In which status each is allowed."""


class Window(BaseModel):
    """The state. `partners` empty is all."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    window: str
    partners: frozenset[str]
    starts_at: datetime
    ends_at: datetime
    status: WindowStatus
    version: int = 1

    def freezes(self, partner: str, starts_at: datetime, ends_at: datetime) -> bool:
        """Whether it is a freeze that touches this stretch for this partner."""
        concerns = not self.partners or partner in self.partners
        touches = self.starts_at <= ends_at and starts_at < self.ends_at
        return self.status == "frozen" and concerns and touches


def plan(
    order: WindowOrder, number: str, now: datetime, catalogue: Catalogue
) -> MaintenancePlanned | ChangeFreezeDeclared:
    """Raises `WindowInvalid`, or `PartnerUnknown` for a partner that it names."""
    at = whole_second(now)
    starts_at, ends_at = whole_second(order.starts_at), whole_second(order.ends_at)
    require_ahead(starts_at, ends_at, at)
    for partner in order.partners:
        _require_partner(catalogue, partner)
    event = MaintenancePlanned if isinstance(order, PlanMaintenance) else ChangeFreezeDeclared
    told = order.model_dump() | {"starts_at": starts_at, "ends_at": ends_at}
    return event(occurred_at=at, window=number, **told)


def decide(window: Window, command: WindowCommand, now: datetime) -> Sequence[WindowEvent]:
    """Raises `WindowMoveIllegal`. A window is completed from its start on."""
    at = whole_second(now)
    move, allowed = _MOVES[type(command)]
    too_early = move == "complete" and at < window.starts_at
    if window.status not in allowed or too_early:
        raise WindowMoveIllegal(status=window.status, move=move)
    match command:
        case AnnounceMaintenance():
            return (MaintenanceAnnounced(occurred_at=at, window=window.window),)
        case CompleteMaintenance():
            done = MaintenanceCompleted(
                occurred_at=at, window=window.window, as_planned=command.as_planned
            )
            return (done,)
        case CancelMaintenance():
            return (MaintenanceCancelled(occurred_at=at, window=window.window),)
        case _:
            return (ChangeFreezeLifted(occurred_at=at, window=window.window),)


def planned(event: MaintenancePlanned | ChangeFreezeDeclared) -> Window:
    return Window(
        window=event.window,
        partners=frozenset(event.partners),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        status="planned" if isinstance(event, MaintenancePlanned) else "frozen",
    )


def evolve(window: Window, event: WindowEvent) -> Window:
    """The window after one more event."""
    status = _BECOMES[type(event)]
    return window.model_copy(update={"status": status, "version": window.version + 1})


def require_ahead(starts_at: datetime, ends_at: datetime, now: datetime) -> None:
    """Raises `WindowInvalid` for a window that does not last, or is over."""
    if not starts_at < ends_at or ends_at <= now:
        told = {"starts_at": starts_at.isoformat(), "ends_at": ends_at.isoformat()}
        raise WindowInvalid("ends_at", **told)


def _require_partner(catalogue: Catalogue, partner: str) -> None:
    if partner not in catalogue.partners:
        raise PartnerUnknown("partners", partner=partner)


_BECOMES: Mapping[type[WindowEvent], WindowStatus] = {
    MaintenanceAnnounced: "announced",
    MaintenanceCompleted: "completed",
    MaintenanceCancelled: "cancelled",
    ChangeFreezeLifted: "lifted",
}
