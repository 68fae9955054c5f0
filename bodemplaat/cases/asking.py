"""What a generated ticket asks, and who asks it."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from bodemplaat.cases.draws import weighted
from bodemplaat.cases.model import Case, Mix, TicketText
from contracts.values import Domain

MARK = "Gegenereerde melding."
"""Ends the description of every generated ticket, beside the mark in its data."""

_Fitting = tuple[str, str, bool]


class Asking:
    """`people` is how many of each partner ask; with a `domain`, only about that is asked."""

    def __init__(
        self,
        case: Case,
        mix: Mix,
        texts: Sequence[TicketText],
        people: Mapping[str, int],
        domain: Domain | None = None,
    ) -> None:
        self._mix = mix
        self._people = people
        self._names = {partner.slug: partner.name for partner in case.partners.partners}
        self._domains = {item.item: item.domain for item in case.catalogue.items}
        self._texts = [text for text in texts if domain in (None, self.domain_of(text))]
        self._agreed: dict[str, set[str]] = {slug: set() for slug in self._names}
        for agreement in case.agreements.agreements:
            self._agreed[agreement.partner].update(agreement.items)
        self._fitting: dict[_Fitting, list[TicketText]] = {}

    def domain_of(self, text: TicketText) -> Domain:
        """Of the item that it is about, if it is about one."""
        return self._domains.get(text.item or "", text.domain)

    def agreed(self, partner: str) -> list[TicketText]:
        """Everything that may be asked of what the partner's agreements have."""
        return [text for text in self._texts if text.item in self._agreed[partner]]

    def text(self, partner: str, kind: str, chance: Random, *, outside: bool) -> TicketText:
        """Something on an item that the partner takes, or (`outside`) on none."""
        key = partner, kind, outside
        if key not in self._fitting:
            able = [text for text in self._texts if text.item is None]
            choice = able if outside else self.agreed(partner)
            self._fitting[key] = [text for text in choice if text.kind == kind]
        return chance.choice(self._fitting[key])

    def opening(
        self,
        partner: str,
        text: TicketText,
        chance: Random,
        requester: Mapping[str, str] | None = None,
    ) -> dict[str, Any]:
        """The fields of its opening, but for item, impact and urgency."""
        return {
            "partner": partner,
            "kind": text.kind,
            "title": text.title,
            "description": f"{text.description} {MARK}",
            "domain": self.domain_of(text),
            "channel": weighted(chance, self._mix.channels),
            "requester": dict(requester or self._somebody(partner, chance)),
        }

    def _somebody(self, partner: str, chance: Random) -> dict[str, str]:
        number = chance.randint(1, max(1, self._people[partner]))
        name = f"Medewerker {number} van {self._names[partner]}"
        return {"id": f"{partner}-medewerker-{number:04d}", "name": name}
