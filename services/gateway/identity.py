"""Who asks: access tokens of the configured issuer, and the person behind one.

A person is known to the rest of the system by a pseudonym only. It is made of the issuer and
subject with a secret (HMAC-SHA-256), so that nobody outside can make or reverse it.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from chassis.client import Caller
from chassis.errors import PartnerForbidden
from services.gateway.language import DEFAULT, Language, preferred
from services.gateway.settings import GatewaySettings

PARTNER_ROLES = frozenset(
    {"user", "functional-administrator", "contract-manager", "client", "owner"}
)
CENTRE_ROLES = frozenset({"agent", "catalogue-manager", "controller", "privacy-officer"})
"""Roles of the shared service centre: they act for every partner."""
ROLES = PARTNER_ROLES | CENTRE_ROLES
"""Roles that come through HTTP. `operator` never does."""
READS_TEXTS = frozenset({"user", "functional-administrator", "agent"})
"""Roles that work on tickets, or asked for them, and so read what people wrote."""


@dataclass(frozen=True, slots=True)
class Person:
    """Someone (or some system) that a token was issued to.

    `memberships` are the partners that the token names; `partners` is the scope that follows
    from them and from the roles: `None` is every partner.
    """

    pseudonym: str
    name: str
    email: str | None
    roles: frozenset[str]
    memberships: frozenset[str]
    language: Language = DEFAULT

    @property
    def partners(self) -> frozenset[str] | None:
        return None if self.roles & CENTRE_ROLES else self.memberships

    def sees(self, partner: str) -> bool:
        return self.partners is None or partner in self.partners

    def require_partner(self, partner: str) -> None:
        """Raises `PartnerForbidden` for a partner outside the scope."""
        if not self.sees(partner):
            raise PartnerForbidden

    def acting_as(self, roles: frozenset[str]) -> "Person":
        """The same person with no more roles than these."""
        return replace(self, roles=self.roles & roles)

    def caller(self) -> Caller:
        return Caller(actor=self.pseudonym, roles=self.roles, partners=self.partners)


def person_of(claims: Mapping[str, Any], settings: GatewaySettings) -> Person:
    """The person that validated claims tell of; claims of a wrong shape count as absent."""
    subject = f"{claims['iss']}\n{claims['sub']}"
    email = _text(claims.get(settings.claim_email))
    return Person(
        pseudonym=pseudonym(subject, settings),
        name=_text(claims.get(settings.claim_name)) or email or str(claims["sub"]),
        email=email,
        roles=_names(claims.get(settings.claim_roles)) & ROLES,
        memberships=_names(claims.get(settings.claim_partners)),
        language=preferred(_text(claims.get(settings.claim_language)) or ""),
    )


def pseudonym(subject: str, settings: GatewaySettings) -> str:
    """128 bits in hexadecimal; the same subject always gives the same pseudonym."""
    secret = settings.pseudonym_secret.get_secret_value().encode()
    return hmac.new(secret, subject.encode(), hashlib.sha256).hexdigest()[:32]


def _text(claim: object) -> str | None:
    return claim if isinstance(claim, str) and claim else None


def _names(claim: object) -> frozenset[str]:
    """A claim that lists names: a JSON array, or one text separated by spaces."""
    if isinstance(claim, str):
        claim = claim.split()
    if not isinstance(claim, list):
        return frozenset()
    return frozenset(name for name in claim if isinstance(name, str))
