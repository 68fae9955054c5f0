"""The rules of the development issuer: who gets which tokens for what."""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from chassis.clock import Clock
from services.gateway.devissuer.people import Listed, System
from services.gateway.settings import GatewaySettings

TOKEN_SECONDS = 3600
CODE_SECONDS = 60
ASSERTION_SECONDS = 300
PERSON_GRANT = "person"
"""Our own grant, for trying the API by hand: a token for somebody on the list."""
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class OAuthError(Exception):
    """A refusal in the words of RFC 6749 §5.2."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(error)
        self.error = error
        self.description = description


@dataclass(frozen=True, slots=True)
class LoginRequest:
    """A valid authorization request (OpenID Connect Core §3.1.2.1, PKCE required)."""

    client_id: str
    redirect_uri: str
    state: str
    nonce: str
    code_challenge: str
    scope: str = "openid"
    response_type: str = "code"
    code_challenge_method: str = "S256"


@dataclass(frozen=True, slots=True)
class _Code:
    person: Listed
    request: LoginRequest
    expires: float


class Issuer:
    """Codes and tokens. Keeps what is single-use in memory: it is one process for one person."""

    def __init__(
        self,
        settings: GatewaySettings,
        key: ECKey,
        people: Mapping[str, Listed],
        system: System,
        clock: Clock,
    ) -> None:
        self._settings = settings
        self._key = key
        self.people = people
        self._system = system
        self._clock = clock
        self._codes: dict[str, _Code] = {}
        self._assertions: dict[str, float] = {}

    def metadata(self) -> dict[str, Any]:
        issuer = self._settings.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/authorize",
            "token_endpoint": f"{issuer}/token",
            "end_session_endpoint": f"{issuer}/logout",
            "jwks_uri": f"{issuer}/jwks",
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code", "client_credentials"],
            "code_challenge_methods_supported": ["S256"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "token_endpoint_auth_methods_supported": ["none", "private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "PS256"],
            "scopes_supported": ["openid", "profile", "email"],
        }

    def jwks(self) -> dict[str, Any]:
        return {"keys": [{**self._key.as_dict(private=False), "alg": "ES256"}]}

    def login_request(self, given: Mapping[str, str]) -> LoginRequest:
        """Raises `OAuthError` for a request that must not be answered by a redirect."""
        wanted = {name: given.get(name, "") for name in LoginRequest.__slots__}
        request = LoginRequest(**wanted)
        own = f"{self._settings.public_url}/inloggen/terug"
        if request.client_id != self._settings.oidc_client_id or request.redirect_uri != own:
            raise OAuthError("invalid_client", "client_id or redirect_uri is not registered")
        if request.response_type != "code" or "openid" not in request.scope.split():
            raise OAuthError("invalid_request", "response_type code and scope openid are needed")
        if not request.code_challenge or request.code_challenge_method != "S256":
            raise OAuthError("invalid_request", "PKCE with S256 is needed")
        return request

    def code(self, person: str, request: LoginRequest) -> str:
        """A code for somebody on the list, once and for a minute."""
        if person not in self.people:
            raise OAuthError("access_denied", "nobody of that name is listed")
        code = secrets.token_urlsafe(32)
        self._codes[code] = _Code(self.people[person], request, self._now() + CODE_SECONDS)
        return code

    def tokens(self, form: Mapping[str, str]) -> dict[str, Any]:
        """The answer of the token endpoint. Raises `OAuthError`."""
        match form.get("grant_type"):
            case "authorization_code":
                return self._for_code(form)
            case "client_credentials":
                return self._for_system(form)
            case "person":
                return self._for_person(form)
            case _:
                raise OAuthError("unsupported_grant_type", "no such grant")

    def _for_code(self, form: Mapping[str, str]) -> dict[str, Any]:
        code = self._codes.pop(form.get("code", ""), None)
        if code is None or code.expires <= self._now():
            raise OAuthError("invalid_grant", "the code is unknown, used or expired")
        request = code.request
        if (form.get("client_id"), form.get("redirect_uri")) != (
            request.client_id,
            request.redirect_uri,
        ):
            raise OAuthError("invalid_grant", "the code was given to another client")
        if _challenge(form.get("code_verifier", "")) != request.code_challenge:
            raise OAuthError("invalid_grant", "the verifier is not that of the challenge")
        id_claims = {**code.person.claims(), "aud": request.client_id, "nonce": request.nonce}
        return {**self._access(code.person), "id_token": self._signed(id_claims)}

    def _for_person(self, form: Mapping[str, str]) -> dict[str, Any]:
        person = self.people.get(form.get("person", ""))
        if person is None:
            raise OAuthError("invalid_grant", f"person is one of: {', '.join(self.people)}")
        return self._access(person)

    def _for_system(self, form: Mapping[str, str]) -> dict[str, Any]:
        """RFC 7523 §2.2: `iss = sub = client_id`, for us, short-lived, `jti` once."""
        if form.get("client_assertion_type") != ASSERTION_TYPE:
            raise OAuthError("invalid_client", "private_key_jwt is needed")
        claims = self._assertion(form.get("client_assertion", ""))
        self._require_once(claims)
        return self._access(self._system.listed)

    def _assertion(self, text: str) -> dict[str, Any]:
        system = self._system
        registry = jwt.JWTClaimsRegistry(
            now=int(self._now()),
            iss={"essential": True, "value": system.listed.id},
            sub={"essential": True, "value": system.listed.id},
            aud={
                "essential": True,
                "values": [self._settings.issuer, f"{self._settings.issuer}/token"],
            },
            exp={"essential": True},
            jti={"essential": True},
        )
        try:
            claims = jwt.decode(text, system.key, algorithms=["RS256", "PS256"]).claims
            registry.validate(claims)
        except (JoseError, ValueError):
            raise OAuthError("invalid_client", "the assertion is not genuine") from None
        return claims

    def _require_once(self, claims: Mapping[str, Any]) -> None:
        now = self._now()
        self._assertions = {jti: end for jti, end in self._assertions.items() if end > now}
        if claims["exp"] > now + ASSERTION_SECONDS or claims["jti"] in self._assertions:
            raise OAuthError("invalid_client", "the assertion was used or lives too long")
        self._assertions[claims["jti"]] = claims["exp"]

    def _access(self, person: Listed) -> dict[str, Any]:
        claims = {**person.claims(), "aud": self._settings.oidc_audience}
        return {
            "access_token": self._signed(claims, "at+jwt"),
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
        }

    def _signed(self, claims: Mapping[str, Any], kind: str = "JWT") -> str:
        now = int(self._now())
        header = {"alg": "ES256", "kid": self._key.kid, "typ": kind}
        moments = {"iat": now, "nbf": now, "exp": now + TOKEN_SECONDS}
        unique = {"iss": self._settings.issuer, "jti": secrets.token_urlsafe(16)}
        return jwt.encode(header, {**claims, **unique, **moments}, self._key)

    def _now(self) -> float:
        return self._clock().timestamp()


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
