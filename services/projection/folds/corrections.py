"""Clocks that were put right: the row stands as if what is right had held from the beginning."""

from typing import Any

from services.projection.folds.tickets import moment, norm_of
from services.projection.models import Ticket
from services.projection.recorded import Recorded

_MOMENTS = (
    "paused_at",
    "response_at_risk_at",
    "resolution_at_risk_at",
    "response_breached_at",
    "resolution_breached_at",
)


def clock_corrected(row: Ticket, event: Recorded) -> Ticket:
    after = event.data["after"]
    clock = after["clock"]
    moments: dict[str, Any] = {name: moment(after[name]) for name in _MOMENTS}
    return row._replace(
        **norm_of(after["norm"]),
        **moments,
        version=event.version,
        updated_at=event.occurred_at,
        response_due=moment(clock["response_due"]),
        resolution_due=moment(clock["resolution_due"]),
        response_seconds=clock["response_seconds"],
        resolution_seconds=clock["resolution_seconds"],
        within_response=after["within_response"],
        within_resolution=after["within_resolution"],
    )
