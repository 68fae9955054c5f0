"""Whom somebody means: by ticket, mail address, account or pseudonym."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from services.gateway.backend import Backend
from services.gateway.identity import Person, pseudonym
from services.gateway.settings import GatewaySettings


@dataclass(frozen=True, slots=True)
class Sought:
    """One of them is given; the first that is counts.

    Somebody for whom the desk reported is known by mail address, somebody who logs in by account
    (`sub` at the issuer); both may be the same person.
    """

    data_subject: str | None = None
    ticket: str | None = None
    email: str | None = None
    account: str | None = None

    @property
    def anybody(self) -> bool:
        return any((self.data_subject, self.ticket, self.email, self.account))

    def asked(self, settings: GatewaySettings) -> dict[str, str]:
        """Parameters of the query `person`."""
        if self.data_subject:
            return {"requester": self.data_subject}
        if self.ticket:
            return {"ticket": self.ticket.upper()}
        if self.email:
            return {"requester": pseudonym(f"mailto:{self.email.casefold()}", settings)}
        return {"requester": pseudonym(f"{settings.issuer}\n{self.account}", settings)}


async def found(
    sought: Sought, settings: GatewaySettings, backend: Backend, officer: Person
) -> Mapping[str, Any]:
    """Pseudonym, number of tickets, and those not ended. Raises `Refused` for nobody's."""
    return await backend.query("tickets", "person", sought.asked(settings), officer)
