"""What decisions are made by: the catalogue, the priority matrix, the days until closing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from contracts.tickets import AppliedNorm
from contracts.values import TicketKind
from services.tickets.domain.calendar import Hours
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.retention import RETENTION_DAYS
from services.tickets.domain.windows import Window
from services.tickets.errors import LevelUnknown

PRIORITY_MATRIX = ((1, 2, 3), (2, 3, 4), (3, 4, 5))
CLOSE_AFTER_WORKING_DAYS = 5
BACKUP_DAYS = 35


@dataclass(frozen=True, slots=True)
class Policy:
    """What the service centre has chosen.

    `matrix[impact - 1][urgency - 1]` is the priority; a resolved ticket closes itself after
    `close_after` working days of its norm's calendar; its personal data is erased `retention`
    days after it ended, and gone from the last backup `backup_days` later.
    """

    matrix: tuple[tuple[int, ...], ...] = PRIORITY_MATRIX
    close_after: int = CLOSE_AFTER_WORKING_DAYS
    backup_days: int = BACKUP_DAYS
    retention: Mapping[TicketKind, int] = field(default_factory=lambda: RETENTION_DAYS)


@dataclass(frozen=True, slots=True)
class Rules:
    """What decisions are made by.

    `plans` is off for a history: what was asked elsewhere was planned, approved and fulfilled
    there. `freezes` are those of which a change has to know.
    """

    catalogue: Catalogue
    policy: Policy = field(default_factory=Policy)
    plans: bool = True
    freezes: tuple[Window, ...] = ()

    def hours(self, norm: AppliedNorm | None) -> Hours:
        if norm is None:
            return self.catalogue.hours_for(None, None)
        return self.catalogue.hours_for(norm.calendar, norm.calendar_version)

    def freeze(self, partner: str, starts_at: datetime, ends_at: datetime) -> Window | None:
        """A freeze that touches this stretch for the partner: of several, the last to end."""
        touching = [each for each in self.freezes if each.freezes(partner, starts_at, ends_at)]
        return max(touching, key=lambda each: each.ends_at, default=None)

    def priority(self, impact: int, urgency: int) -> int:
        """Raises `LevelUnknown` for a level outside the matrix."""
        matrix = self.policy.matrix
        _require_level("impact", impact, len(matrix))
        row = matrix[impact - 1]
        _require_level("urgency", urgency, len(row))
        return row[urgency - 1]


def _require_level(field: str, level: int, levels: int) -> None:
    if not 1 <= level <= levels:
        raise LevelUnknown(field, level=level, levels=levels)
