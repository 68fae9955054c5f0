"""A report as someone is filling it in, and what is still wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args
from uuid import uuid4

from contracts.values import Domain
from services.gateway.identity import Person

KINDS = ("incident", "service-request", "question", "complaint", "security-incident")
DESK_KINDS = (*KINDS, "change", "problem")
"""What the service desk may log for a caller."""
DESK_CHANNELS = ("phone", "mail", "desk")
DOMAINS: tuple[str, ...] = get_args(Domain)
LEVELS = (1, 2, 3)
NOT_LISTED = "staat-er-niet-bij"
"""The choice of `item` that makes it work outside the catalogue."""
TITLE_LENGTH = 200
_ADDRESS = re.compile(r"\S{1,120}@\S{1,120}")
DESCRIPTION_LENGTH = 8000


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields as they were typed; `key` makes sending it twice one report.

    `caller_name`, `caller_email` and `channel` are the service desk's, for whom it reports.
    """

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
    caller_name: str = ""
    caller_email: str = ""
    channel: str = "portal"

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

    def faults(self, partners: frozenset[str], *, at_desk: bool = False) -> dict[str, str]:
        """Field → id of the text that says what is wrong; empty when it can be sent.

        `at_desk`: somebody of the service desk logs it for a caller.
        """
        checks = {
            "partner": self.partner in partners,
            "caller_name": not at_desk or 0 < len(self.caller_name) <= TITLE_LENGTH,
            "caller_email": not at_desk or bool(_ADDRESS.fullmatch(self.caller_email)),
            "channel": not at_desk or self.channel in DESK_CHANNELS,
            "kind": self.kind in (DESK_KINDS if at_desk else KINDS),
            "item": bool(self.item),
            "domain": self.item != NOT_LISTED or self.domain in DOMAINS,
            "title": 0 < len(self.title) <= TITLE_LENGTH,
            "description": 0 < len(self.description) <= DESCRIPTION_LENGTH,
            "impact": self.impact in map(str, LEVELS),
            "urgency": self.urgency in map(str, LEVELS),
        }
        return {field: f"report-fault-{field}" for field, right in checks.items() if not right}

    def body(self, person: Person, *, caller: str | None = None) -> dict[str, Any]:
        """The command OpenTicket, for oneself or for a caller with this pseudonym.

        Only of a draft without faults.
        """
        listed = self.item != NOT_LISTED
        requester = {"id": person.pseudonym, "name": person.name, "email": person.email}
        if caller is not None:
            requester = {"id": caller, "name": self.caller_name, "email": self.caller_email}
        return {
            "partner": self.partner,
            "kind": self.kind,
            "title": self.title,
            "description": self.description,
            "item": self.item if listed else None,
            "impact": int(self.impact),
            "urgency": int(self.urgency),
            "channel": "portal" if caller is None else self.channel,
            "requester": {name: value for name, value in requester.items() if value},
            **({} if listed else {"domain": self.domain}),
        }


def priority(impact: str, urgency: str) -> int | None:
    """Impact × urgency, each 1 (high) to 3 (low); `None` while either is not chosen."""
    levels = [int(given) for given in (impact, urgency) if given in map(str, LEVELS)]
    return sum(levels) - 1 if len(levels) == 2 else None  # noqa: PLR2004  both of them
