"""Who is logged in, in a cookie that only the gateway can read or make.

Encrypted and authenticated (JWE, `dir` with A256GCM); no token of the issuer reaches the browser.
A session ends when the access token that it was made from does.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from starlette.requests import Request
from starlette.responses import Response

from chassis.clock import Clock
from services.gateway.identity import Person
from services.gateway.language import LANGUAGES, Language

COOKIE = "session"
_HEADER = {"alg": "dir", "enc": "A256GCM"}


@dataclass(frozen=True, slots=True)
class Session:
    """`csrf` must come back with every form; `expires_at` is when the person logs in again."""

    person: Person
    csrf: str
    expires_at: datetime


class Sealer:
    """Seals small values for one purpose: a value sealed for another does not open."""

    def __init__(self, secret: str, purpose: str) -> None:
        digest = hashlib.sha256(f"bodemplaat portal {purpose}\n{secret}".encode()).digest()
        self._key = OctKey.import_key(digest)

    def seal(self, value: Mapping[str, Any]) -> str:
        return jwe.encrypt_compact(_HEADER, json.dumps(value).encode(), self._key)

    def unseal(self, text: str) -> dict[str, Any] | None:
        """The value; `None` when it was not sealed here."""
        try:
            plain = jwe.decrypt_compact(text, self._key).plaintext
        except (JoseError, ValueError):
            return None
        return None if plain is None else dict(json.loads(plain))


class Sessions:
    """Reads and writes the session cookie."""

    def __init__(self, secret: str, clock: Clock, *, secure: bool) -> None:
        self._sealer = Sealer(secret, "session")
        self._clock = clock
        self._secure = secure

    def begin(self, response: Response, person: Person, expires_at: datetime) -> None:
        """Log someone in until then."""
        value = {
            "pseudonym": person.pseudonym,
            "name": person.name,
            "email": person.email,
            "roles": sorted(person.roles),
            "memberships": sorted(person.memberships),
            "language": person.language,
            "csrf": secrets.token_urlsafe(24),
            "expires": int(expires_at.timestamp()),
        }
        response.set_cookie(
            COOKIE,
            self._sealer.seal(value),
            expires=expires_at.astimezone(UTC),
            httponly=True,
            secure=self._secure,
            samesite="lax",
        )

    def end(self, response: Response) -> None:
        response.delete_cookie(COOKIE, httponly=True, secure=self._secure, samesite="lax")

    async def person(self, request: Request) -> Person | None:
        """Who is logged in, for the guard; leaves `request.state.session`."""
        request.state.session = session = self.current(request)
        return session.person if session else None

    def current(self, request: Request) -> Session | None:
        """The session of this request; `None` without one, and when it has expired."""
        sealed = request.cookies.get(COOKIE)
        value = self._sealer.unseal(sealed) if sealed else None
        if value is None or value["expires"] <= self._clock().timestamp():
            return None
        return Session(
            person=_person(value),
            csrf=value["csrf"],
            expires_at=datetime.fromtimestamp(value["expires"], UTC),
        )


def _person(value: Mapping[str, Any]) -> Person:
    language: Language = value["language"] if value["language"] in LANGUAGES else "nl"
    return Person(
        pseudonym=value["pseudonym"],
        name=value["name"],
        email=value["email"],
        roles=frozenset(value["roles"]),
        memberships=frozenset(value["memberships"]),
        language=language,
    )
