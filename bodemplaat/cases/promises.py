"""Which norm of a case holds for a ticket: agreement, else item, else domain."""

from bodemplaat.cases.model import ALWAYS, Case, ServiceLevel, TicketText

_Key = tuple[str | None, str, str, int]


class Promises:
    """The norms of a case, by partner, item or domain, kind and priority."""

    def __init__(self, case: Case) -> None:
        self._domains = {item.item: item.domain for item in case.catalogue.items}
        self._levels: dict[_Key, ServiceLevel] = {}
        for level in case.levels:
            self._levels[None, level.item or level.domain, level.kind, level.priority] = level
        for agreement in case.agreements.agreements:
            for level in agreement.deviating_norms:
                name = level.item or level.domain
                self._levels[agreement.partner, name, level.kind, level.priority] = level

    def norm(self, partner: str, text: TicketText, priority: int) -> ServiceLevel:
        """The most specific norm; where nothing was promised, what such work usually takes."""
        kind, domain = text.kind, self._domains.get(text.item or "", text.domain)
        for whose in (partner, None):
            for name in (text.item, domain):
                if name is not None and (whose, name, kind, priority) in self._levels:
                    return self._levels[whose, name, kind, priority]
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
