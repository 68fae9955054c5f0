"""Which norm of a case holds for a ticket: agreement, else item, else domain."""

from bodemplaat.cases.model import ALWAYS, Case, ServiceLevel
from contracts.values import ItemCode

_Key = tuple[str | None, ItemCode | None, str, int]


class Promises:
    """The norms of a case, by partner, item, kind and priority."""

    def __init__(self, case: Case) -> None:
        self._levels: dict[_Key, ServiceLevel] = {}
        for level in case.service_levels.service_levels:
            self._levels[None, level.item, level.kind, level.priority] = level
        for agreement in case.agreements.agreements:
            for level in agreement.deviating_norms:
                key = agreement.partner, level.item, level.kind, level.priority
                self._levels[key] = level

    def norm(self, partner: str, item: ItemCode | None, kind: str, priority: int) -> ServiceLevel:
        """The most specific norm; where nothing was promised, what such work usually takes."""
        wanted: tuple[_Key, ...] = (
            (partner, item, kind, priority),
            (partner, None, kind, priority),
            (None, item, kind, priority),
            (None, None, kind, priority),
        )
        for key in wanted:
            if key in self._levels:
                return self._levels[key]
        return _usual(kind, priority)


def _usual(kind: str, priority: int) -> ServiceLevel:
    return ServiceLevel.model_validate(
        {
            "domain": "ict",
            "kind": kind,
            "priority": priority,
            "response_minutes": 60 * priority,
            "resolution_minutes": 1440 * priority,
            "calendar": ALWAYS,
            "target_percentage": 0,
        }
    )
