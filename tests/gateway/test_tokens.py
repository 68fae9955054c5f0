"""Access tokens: only genuine ones of our issuer, for us, valid now."""

import base64
import hmac
import json
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx
import pytest
from joserfc import jws, jwt
from joserfc.jwk import ECKey, OctKey, RSAKey

from chassis.clock import utc_now
from services.gateway.devissuer.keys import issuer_key
from services.gateway.errors import IssuerUnavailable, TokenForged
from services.gateway.identity import person_of
from services.gateway.tokens import Oidc


@pytest.fixture
def key(issuer_keys: Path) -> ECKey:
    return issuer_key(issuer_keys)


@pytest.fixture
def claims(door: Any) -> dict[str, Any]:
    settings = door.app.state.settings
    now = int(utc_now().timestamp())
    return {
        "iss": settings.issuer,
        "aud": settings.oidc_audience,
        "sub": "agent",
        "iat": now,
        "nbf": now,
        "exp": now + 600,
        "roles": ["agent"],
        "partners": [],
    }


def signed(claims: dict[str, Any], key: ECKey, **header: Any) -> str:
    return jwt.encode({"alg": "ES256", "kid": key.kid} | header, dict(claims), key)


def encoded(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


async def asked_with(door: Any, token: str) -> httpx.Response:
    return await door.get("/v1/partners", headers={"Authorization": f"Bearer {token}"})


def refused(door: Any, answer: httpx.Response, slug: str) -> None:
    door.problem(answer, 401, slug)
    assert answer.headers["www-authenticate"].startswith('Bearer realm="bodemplaat"')


async def test_a_genuine_token_is_let_in(
    door: Any, services: Any, key: ECKey, claims: dict[str, Any]
) -> None:
    assert (await asked_with(door, signed(claims, key))).status_code == 200


async def test_no_token_is_refused_without_blaming_one(door: Any) -> None:
    answer = await door.get("/v1/partners")
    refused(door, answer, "token-missing")
    assert "error=" not in answer.headers["www-authenticate"]


@pytest.mark.parametrize(
    "header", ["Bearer", "Basic YTpi", "Bearer a.b", "Bearer a.b.c", "Bearer é"]
)
async def test_what_is_no_token_is_malformed(door: Any, header: str) -> None:
    answer = await door.get("/v1/partners", headers={"Authorization": header.encode()})
    refused(door, answer, "token-malformed")


async def test_a_token_beyond_all_bounds_is_malformed(
    door: Any, key: ECKey, claims: dict[str, Any]
) -> None:
    long = signed(claims | {"roles": ["agent"] * 5000}, key)
    refused(door, await asked_with(door, long), "token-malformed")


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "exp", "iat"])
async def test_a_token_without_a_claim_is_malformed(
    door: Any, key: ECKey, claims: dict[str, Any], claim: str
) -> None:
    del claims[claim]
    refused(door, await asked_with(door, signed(claims, key)), "token-malformed")


@pytest.mark.parametrize(
    ("claim", "value"), [("exp", "later"), ("sub", 7), ("aud", {"a": 1}), ("iss", ["x"])]
)
async def test_a_claim_of_a_wrong_type_is_refused(
    door: Any, key: ECKey, claims: dict[str, Any], claim: str, value: Any
) -> None:
    answer = await asked_with(door, signed(claims | {claim: value}, key))
    assert answer.status_code == 401


async def test_an_expired_token_is_refused(door: Any, key: ECKey, claims: dict[str, Any]) -> None:
    token = signed(claims | {"exp": claims["iat"] - 60}, key)
    refused(door, await asked_with(door, token), "token-expired")


async def test_a_token_that_was_let_in_expires_all_the_same(
    door: Any, services: Any, key: ECKey, claims: dict[str, Any]
) -> None:
    token = signed(claims, key)
    assert (await asked_with(door, token)).status_code == 200
    door.clock.ahead = timedelta(seconds=606)
    refused(door, await asked_with(door, token), "token-expired")


async def test_a_token_of_tomorrow_is_refused(
    door: Any, key: ECKey, claims: dict[str, Any]
) -> None:
    token = signed(claims | {"nbf": claims["iat"] + 3600}, key)
    refused(door, await asked_with(door, token), "token-not-yet-valid")


@pytest.mark.parametrize("claim", ["iss", "aud"])
async def test_a_token_for_somewhere_else_is_refused(
    door: Any, key: ECKey, claims: dict[str, Any], claim: str
) -> None:
    token = signed(claims | {claim: "https://elders.example"}, key)
    refused(door, await asked_with(door, token), "token-foreign")


async def test_the_portals_own_id_token_is_no_access_token(
    door: Any, key: ECKey, claims: dict[str, Any]
) -> None:
    token = signed(claims | {"aud": door.app.state.settings.oidc_client_id}, key)
    refused(door, await asked_with(door, token), "token-foreign")


async def test_a_token_signed_by_another_key_is_forged(
    door: Any, key: ECKey, claims: dict[str, Any]
) -> None:
    other = ECKey.generate_key("P-256", {"kid": key.kid})
    refused(door, await asked_with(door, signed(claims, other)), "token-forged")


async def test_a_token_with_changed_claims_is_forged(
    door: Any, key: ECKey, claims: dict[str, Any]
) -> None:
    header, _, signature = signed(claims, key).split(".")
    token = f"{header}.{encoded(claims | {'sub': 'controller'})}.{signature}"
    refused(door, await asked_with(door, token), "token-forged")


async def test_a_token_without_signature_is_forged(door: Any, claims: dict[str, Any]) -> None:
    token = f"{encoded({'alg': 'none', 'typ': 'JWT'})}.{encoded(claims)}."
    refused(door, await asked_with(door, token), "token-forged")


async def test_the_public_key_as_a_shared_secret_is_forged(
    door: Any, key: ECKey, claims: dict[str, Any]
) -> None:
    parts = [{"alg": "HS256", "kid": key.kid}, claims]
    message = ".".join(encoded(part) for part in parts)
    digest = hmac.digest(key.as_pem(private=False), message.encode(), "sha256")
    token = f"{message}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"
    refused(door, await asked_with(door, token), "token-forged")


async def test_a_key_inside_the_token_is_not_believed(door: Any, claims: dict[str, Any]) -> None:
    other = ECKey.generate_key("P-256", {"kid": "own"})
    header = {"alg": "ES256", "kid": "own", "jwk": other.as_dict(private=False)}
    token = jws.serialize_compact(header, json.dumps(claims), other, algorithms=["ES256"])
    refused(door, await asked_with(door, token), "token-forged")


@pytest.mark.parametrize("role", ["operator", "root"])
async def test_a_role_that_never_comes_through_http_opens_nothing(
    door: Any, key: ECKey, claims: dict[str, Any], role: str
) -> None:
    token = signed(claims | {"roles": [role], "partners": ["alfa"]}, key)
    door.problem(await asked_with(door, token), 403, "role-forbidden")


def test_an_asterisk_does_not_make_a_partner_role_see_all(
    door: Any, claims: dict[str, Any]
) -> None:
    person = person_of(
        claims | {"roles": ["contract-manager"], "partners": ["*"]}, door.app.state.settings
    )
    assert not person.sees("alfa")


def test_a_pseudonym_is_stable_and_differs_per_issuer_and_secret(
    gateway_settings: Any, claims: dict[str, Any]
) -> None:
    one, other = gateway_settings(), gateway_settings(pseudonym_secret="q" * 32)
    known = person_of(claims, one).pseudonym
    assert person_of(claims, one).pseudonym == known
    assert person_of(claims, other).pseudonym != known
    assert person_of(claims | {"iss": "https://elders.example"}, one).pseudonym != known
    assert "agent" not in known


class Provider:
    """An OpenID provider whose keys a test changes; counts what is asked of it."""

    def __init__(self, issuer: str, *keys: RSAKey) -> None:
        self.issuer = issuer
        self.keys = keys
        self.asked = 0
        self.away = False

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked += 1
        if self.away:
            return httpx.Response(503)
        if request.url.path.endswith("openid-configuration"):
            return httpx.Response(200, json={"issuer": self.issuer, "jwks_uri": f"{self.issuer}/k"})
        public = [key.as_dict(private=False) for key in self.keys]
        shared = OctKey.generate_key(256, {"kid": "shared"}).as_dict(private=True)
        return httpx.Response(200, json={"keys": [*public, shared]})


@pytest.fixture
def old_key() -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": "old"})


async def test_a_new_key_of_the_issuer_is_fetched_but_not_at_every_unknown_one(
    door: Any, gateway_settings: Any, claims: dict[str, Any], old_key: RSAKey
) -> None:
    issuer = "https://inloggen.example"
    new = RSAKey.generate_key(2048, {"kid": "new"})
    provider = Provider(issuer, old_key)
    oidc = provider_client(gateway_settings(oidc_issuer=issuer), provider, door.clock)
    claims |= {"iss": issuer}

    def token(key: RSAKey, alg: str) -> str:
        return jwt.encode({"alg": alg, "kid": key.kid}, dict(claims), key, [alg])

    assert (await oidc.person(token(old_key, "RS256"))).roles == {"agent"}
    asked = provider.asked
    provider.keys = (new,)
    for _ in range(5):
        with pytest.raises(TokenForged):
            await oidc.person(token(new, "PS256"))
    assert provider.asked == asked
    door.clock.ahead = timedelta(seconds=11)
    assert (await oidc.person(token(new, "PS256"))).roles == {"agent"}


async def test_when_the_issuer_is_away_nobody_is_blamed(
    door: Any, gateway_settings: Any, claims: dict[str, Any], old_key: RSAKey
) -> None:
    issuer = "https://inloggen.example"
    provider = Provider(issuer, old_key)
    provider.away = True
    oidc = provider_client(gateway_settings(oidc_issuer=issuer), provider, door.clock)
    token = jwt.encode({"alg": "RS256", "kid": "old"}, claims | {"iss": issuer}, old_key)
    with pytest.raises(IssuerUnavailable):
        await oidc.person(token)
    provider.away = False
    assert (await oidc.person(token)).roles == {"agent"}


def provider_client(settings: Any, provider: Provider, clock: Any) -> Oidc:
    return Oidc(settings, httpx.AsyncClient(transport=httpx.MockTransport(provider)), clock)


async def test_a_known_token_costs_next_to_nothing(door: Any, services: Any) -> None:
    token = await door.token("agent")
    oidc = door.app.state.oidc
    await oidc.person(token)
    best = min([await _timed(oidc, token) for _ in range(200)])
    assert best < 50e-6


async def _timed(oidc: Oidc, token: str) -> float:
    started = perf_counter()
    await oidc.person(token)
    return perf_counter() - started
