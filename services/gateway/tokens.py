"""Access tokens: is this one issued by our issuer, for us, and valid now?

Signatures by asymmetric keys only (RS256, PS256, ES256): a token signed with the public key as
an HMAC secret, or not at all, is forged.
"""

import asyncio
import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import httpx
from joserfc import jws, jwt
from joserfc.errors import (
    BadSignatureError,
    DecodeError,
    ExpiredTokenError,
    InvalidClaimError,
    InvalidKeyIdError,
    InvalidPayloadError,
    JoseError,
    MissingClaimError,
)
from joserfc.jwk import KeySet

from chassis.clock import Clock
from services.gateway.errors import (
    CodeRejected,
    IssuerUnavailable,
    TokenExpired,
    TokenForeign,
    TokenForged,
    TokenMalformed,
    TokenNotYetValid,
)
from services.gateway.identity import Person, person_of
from services.gateway.settings import GatewaySettings

ALGORITHMS = ("RS256", "PS256", "ES256")
REMEMBERED = 10_000
"""Tokens of which the person is remembered until they expire."""
REFRESH_SECONDS = 10.0
"""Keys are fetched again for an unknown `kid` no more often than this."""
MAX_TOKEN = 8192


@dataclass(frozen=True, slots=True)
class _Recognised:
    person: Person
    expires: float


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the provider gives for a code; `expires_in` in seconds."""

    access_token: str
    id_token: str
    expires_in: int


class Oidc:
    """The configured OpenID provider, as a relying party sees it."""

    def __init__(self, settings: GatewaySettings, http: httpx.AsyncClient, clock: Clock) -> None:
        self._settings = settings
        self._http = http
        self._clock = clock
        self._recognised: OrderedDict[bytes, _Recognised] = OrderedDict()
        self._metadata: dict[str, Any] | None = None
        self._keys: KeySet | None = None
        self._fetched_at = float("-inf")
        self._fetching = asyncio.Lock()

    async def person(self, token: str) -> Person:
        """Who the token was issued to. Raises an `Unauthenticated`, or `IssuerUnavailable`."""
        now = self._clock().timestamp()
        fingerprint = hashlib.sha256(token.encode()).digest()
        known = self._recognised.get(fingerprint)
        if known is not None and now < known.expires:
            self._recognised.move_to_end(fingerprint)
            return known.person
        claims = await self._validated(token, int(now), self._settings.oidc_audience)
        person = person_of(claims, self._settings)
        self._remember(fingerprint, _Recognised(person, float(claims["exp"])))
        return person

    async def metadata(self) -> dict[str, Any]:
        """The provider's discovery document (OpenID Connect Discovery 1.0)."""
        if self._metadata is None:
            url = f"{self._settings.issuer}/.well-known/openid-configuration"
            metadata = await self._get(url)
            if metadata.get("issuer") != self._settings.issuer:
                raise IssuerUnavailable
            self._metadata = metadata
        return self._metadata

    async def redeem(self, code: str, verifier: str, redirect_uri: str) -> Tokens:
        """Tokens for an authorization code (RFC 6749 §4.1.3 with PKCE).

        Raises `CodeRejected` when the provider refuses the code.
        """
        settings = self._settings
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "code_verifier": verifier,
            "redirect_uri": redirect_uri,
            "client_id": settings.oidc_client_id,
        }
        if settings.oidc_client_secret is not None:
            form["client_secret"] = settings.oidc_client_secret.get_secret_value()
        endpoint = (await self.metadata())["token_endpoint"]
        try:
            response = await self._http.post(endpoint, data=form)
        except httpx.HTTPError as error:
            raise IssuerUnavailable from error
        if response.status_code != httpx.codes.OK:
            raise CodeRejected
        try:
            return Tokens(**{name: response.json()[name] for name in Tokens.__slots__})
        except (KeyError, ValueError):
            raise IssuerUnavailable from None

    async def require_nonce(self, id_token: str, nonce: str) -> None:
        """The id token is genuine, for the portal, and of this log-in. Raises `Unauthenticated`."""
        now = int(self._clock().timestamp())
        claims = await self._validated(id_token, now, self._settings.oidc_client_id)
        if claims.get("nonce") != nonce:
            raise TokenForeign

    def _remember(self, fingerprint: bytes, recognised: _Recognised) -> None:
        self._recognised[fingerprint] = recognised
        if len(self._recognised) > REMEMBERED:
            self._recognised.popitem(last=False)

    async def _validated(self, token: str, now: int, audience: str) -> dict[str, Any]:
        claims = await self._verified(token)
        settings = self._settings
        registry = jwt.JWTClaimsRegistry(
            now=now,
            leeway=settings.oidc_leeway_seconds,
            iss={"essential": True, "value": settings.issuer},
            aud={"essential": True, "value": audience},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        )
        try:
            registry.validate(claims)
        except ExpiredTokenError:
            raise TokenExpired from None
        except MissingClaimError as error:
            raise TokenMalformed(error.claim) from None
        except InvalidClaimError as error:
            raise _CLAIM_ERRORS.get(error.claim, TokenMalformed) from None
        return claims

    async def _verified(self, token: str) -> dict[str, Any]:
        """The claims of a token with a genuine signature."""
        if len(token) > MAX_TOKEN:
            raise TokenMalformed
        await self._known_key(token)
        try:
            return jwt.decode(token, await self._key_set(), algorithms=ALGORITHMS).claims
        except (DecodeError, InvalidPayloadError):
            raise TokenMalformed from None
        except (BadSignatureError, InvalidKeyIdError):
            raise TokenForged from None
        except (JoseError, ValueError):
            raise TokenForged from None

    async def _known_key(self, token: str) -> None:
        """Fetch the keys anew when the token names one that is not among them."""
        try:
            header = jws.extract_compact(token.encode()).headers()
        except (JoseError, ValueError):
            raise TokenMalformed from None
        if header.get("alg") not in ALGORITHMS:
            raise TokenForged
        keys = await self._key_set()
        if all(key.kid != header.get("kid") for key in keys):
            await self._fetch_keys()

    async def _key_set(self) -> KeySet:
        if self._keys is None:
            await self._fetch_keys()
        if self._keys is None:
            raise IssuerUnavailable
        return self._keys

    async def _fetch_keys(self) -> None:
        async with self._fetching:
            now = self._clock().timestamp()
            if now - self._fetched_at < REFRESH_SECONDS:
                return
            document = await self._get((await self.metadata())["jwks_uri"])
            self._keys = _signing_keys(document)
            self._fetched_at = now

    async def _get(self, url: str) -> dict[str, Any]:
        try:
            response = await self._http.get(url)
            response.raise_for_status()
            document = response.json()
        except (httpx.HTTPError, ValueError) as error:
            raise IssuerUnavailable from error
        if not isinstance(document, dict):
            raise IssuerUnavailable
        return document


_CLAIM_ERRORS = {
    "iss": TokenForeign,
    "aud": TokenForeign,
    "nbf": TokenNotYetValid,
    "iat": TokenNotYetValid,
}


def _signing_keys(document: dict[str, Any]) -> KeySet:
    """The issuer's public keys; shared secrets in a JWKS are not believed."""
    found = [key for key in document.get("keys", []) if key.get("kty") in ("RSA", "EC")]
    try:
        return KeySet.import_key_set({"keys": found})
    except (JoseError, ValueError) as error:
        raise IssuerUnavailable from error
