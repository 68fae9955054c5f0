"""A report as someone is filling it in, and what is still wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args
from uuid import uuid4

from contracts.values import Domain
from services.gateway.identity import Person

KINDS = ("incident", "service-request", "question", "complaint", "security-incident")
DOMAINS: tuple[str, ...] = get_args(Domain)
LEVELS = (1, 2, 3)
NOT_LISTED = "staat-er-niet-bij"
"""The choice of `item` that makes it work outside the catalogue."""
TITLE_LENGTH = 200
DESCRIPTION_LENGTH = 8000


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields as they were typed; `key` makes sending it twice one report."""

    key: str
    partner: str = ""
    kind: str = "incident"
    search: str = ""
    item: str = ""
    domain: str = "ict"
    title: str = ""
    description: str = ""
    impact: str = ""
    urgency: str = ""

    @classmethod
    def empty(cls, partner: str, item: str = "") -> "Draft":
        return cls(key=str(uuid4()), partner=partner, item=item)

    @classmethod
    def of(cls, form: Mapping[str, Any]) -> "Draft":
        """What was posted; a field that is no text counts as empty."""
        given = {name: form.get(name) for name in cls.__dataclass_fields__}
        texts = {name: value.strip() for name, value in given.items() if isinstance(value, str)}
        return cls(**{"key": str(uuid4()), **texts})

    @property
    def priority(self) -> int | None:
        return priority(self.impact, self.urgency)

    def faults(self, partners: frozenset[str]) -> dict[str, str]:
        """Field → id of the text that says what is wrong; empty when it can be sent."""
        checks = {
            "partner": self.partner in partners,
            "kind": self.kind in KINDS,
            "item": bool(self.item),
            "domain": self.item != NOT_LISTED or self.domain in DOMAINS,
            "title": 0 < len(self.title) <= TITLE_LENGTH,
            "description": 0 < len(self.description) <= DESCRIPTION_LENGTH,
            "impact": self.impact in map(str, LEVELS),
            "urgency": self.urgency in map(str, LEVELS),
        }
        return {field: f"report-fault-{field}" for field, right in checks.items() if not right}

    def body(self, person: Person) -> dict[str, Any]:
        """The command OpenTicket. Only of a draft without faults."""
        listed = self.item != NOT_LISTED
        requester = {"id": person.pseudonym, "name": person.name, "email": person.email}
        return {
            "partner": self.partner,
            "kind": self.kind,
            "title": self.title,
            "description": self.description,
            "item": self.item if listed else None,
            "impact": int(self.impact),
            "urgency": int(self.urgency),
            "channel": "portal",
            "requester": {name: value for name, value in requester.items() if value},
            **({} if listed else {"domain": self.domain}),
        }


def priority(impact: str, urgency: str) -> int | None:
    """Impact × urgency, each 1 (high) to 3 (low); `None` while either is not chosen."""
    levels = [int(given) for given in (impact, urgency) if given in map(str, LEVELS)]
    return sum(levels) - 1 if len(levels) == 2 else None  # noqa: PLR2004  both of them
