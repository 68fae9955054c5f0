"""The development issuer: a strict provider, for this machine only."""

import base64
import hashlib
import stat
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from chassis.clock import utc_now
from services.gateway.devissuer import NotOnLoopback
from services.gateway.devissuer.grants import ASSERTION_TYPE
from services.gateway.devissuer.keys import system_key
from services.gateway.devissuer.loopback import is_loopback, require_loopback
from services.gateway.devissuer.people import SYSTEM

VERIFIER = "v" * 64
CHALLENGE = (
    base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
)


@pytest.fixture
def wanted(door: Any) -> dict[str, str]:
    settings = door.app.state.settings
    return {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": f"{settings.public_url}/inloggen/terug",
        "scope": "openid profile",
        "state": "s1",
        "nonce": "n1",
        "code_challenge": CHALLENGE,
        "code_challenge_method": "S256",
    }


async def logged_in(door: Any, wanted: dict[str, str], person: str = "user-alfa") -> dict[str, str]:
    """The form that redeems the code of somebody who logged in."""
    answer = await door.post("/dev-issuer/authorize", data=wanted | {"person": person})
    assert answer.status_code == 303, answer.text
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    assert query["state"] == ["s1"]
    return {
        "grant_type": "authorization_code",
        "code": query["code"][0],
        "code_verifier": VERIFIER,
        "client_id": wanted["client_id"],
        "redirect_uri": wanted["redirect_uri"],
    }


async def redeemed(door: Any, form: dict[str, str]) -> httpx.Response:
    return await door.post("/dev-issuer/token", data=form)


def refused(answer: httpx.Response, error: str) -> None:
    assert (answer.status_code, answer.json()["error"]) == (400, error)


async def test_it_describes_itself_as_a_provider_should(door: Any) -> None:
    issuer = door.app.state.settings.issuer
    metadata = (await door.get("/dev-issuer/.well-known/openid-configuration")).json()
    assert metadata["issuer"] == issuer
    assert metadata["code_challenge_methods_supported"] == ["S256"]
    (key,) = (await door.get("/dev-issuer/jwks")).json()["keys"]
    assert "d" not in key
    assert key["kty"] == "EC"


async def test_the_login_page_lists_everybody_in_dutch(
    door: Any, wanted: dict[str, str], case: Path
) -> None:
    answer = await door.get("/dev-issuer/authorize", params=wanted)
    assert '<html lang="nl">' in answer.text
    assert answer.text.count("<button") == 14
    assert "contract-manager-beta" in answer.text


async def test_a_code_gives_tokens_that_tell_who_logged_in(
    door: Any, services: Any, wanted: dict[str, str]
) -> None:
    tokens = (await redeemed(door, await logged_in(door, wanted))).json()
    oidc = door.app.state.oidc
    person = await oidc.person(tokens["access_token"])
    assert (person.name, person.roles, person.partners) == ("user-alfa", {"user"}, {"alfa"})
    await oidc.require_nonce(tokens["id_token"], "n1")


async def test_the_portals_side_of_it(door: Any, wanted: dict[str, str]) -> None:
    form = await logged_in(door, wanted)
    oidc = door.app.state.oidc
    tokens = await oidc.redeem(form["code"], VERIFIER, form["redirect_uri"])
    assert (await oidc.person(tokens.access_token)).roles == {"user"}
    assert tokens.expires_in == 3600


async def test_a_code_counts_once(door: Any, wanted: dict[str, str]) -> None:
    form = await logged_in(door, wanted)
    assert (await redeemed(door, form)).status_code == 200
    refused(await redeemed(door, form), "invalid_grant")


async def test_a_code_counts_for_a_minute(door: Any, wanted: dict[str, str]) -> None:
    form = await logged_in(door, wanted)
    door.clock.ahead += door.clock.ahead.resolution * 61_000_000
    refused(await redeemed(door, form), "invalid_grant")


@pytest.mark.parametrize(
    "change",
    [
        {"code_verifier": "w" * 64},
        {"code_verifier": ""},
        {"client_id": "another"},
        {"redirect_uri": "http://127.0.0.1:1/inloggen/terug"},
        {"code": "guessed"},
    ],
)
async def test_a_code_counts_for_who_asked_for_it(
    door: Any, wanted: dict[str, str], change: dict[str, Any]
) -> None:
    refused(await redeemed(door, await logged_in(door, wanted) | change), "invalid_grant")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"redirect_uri": "https://elders.example/"}, "invalid_client"),
        ({"client_id": "another"}, "invalid_client"),
        ({"response_type": "token"}, "invalid_request"),
        ({"scope": "profile"}, "invalid_request"),
        ({"code_challenge": ""}, "invalid_request"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"person": "nobody"}, "access_denied"),
    ],
)
async def test_a_wrong_request_to_log_in_leads_nowhere(
    door: Any, wanted: dict[str, str], change: dict[str, Any], error: str
) -> None:
    form = wanted | {"person": "user-alfa"} | change
    refused(await door.post("/dev-issuer/authorize", data=form), error)


@pytest.fixture
def assertion(door: Any, issuer_keys: Path) -> dict[str, Any]:
    now = int(utc_now().timestamp())
    return {
        "iss": SYSTEM,
        "sub": SYSTEM,
        "aud": f"{door.app.state.settings.issuer}/token",
        "exp": now + 60,
        "iat": now,
        "jti": str(uuid4()),
    }


def by_system(claims: dict[str, Any], key: RSAKey, algorithm: str = "PS256") -> dict[str, str]:
    return {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION_TYPE,
        "client_assertion": jwt.encode({"alg": algorithm}, dict(claims), key, [algorithm]),
    }


@pytest.mark.parametrize("algorithm", ["RS256", "PS256"])
async def test_a_system_logs_in_with_its_own_key(
    door: Any, services: Any, assertion: dict[str, Any], issuer_keys: Path, algorithm: str
) -> None:
    form = by_system(assertion, system_key(issuer_keys), algorithm)
    token = (await redeemed(door, form)).json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    assert (await door.get("/v1/tickets", headers=headers)).status_code == 200
    assert services.received[0].headers["Bodemplaat-Partners"] == "alfa"


async def test_an_assertion_counts_once(
    door: Any, assertion: dict[str, Any], issuer_keys: Path
) -> None:
    form = by_system(assertion, system_key(issuer_keys))
    assert (await redeemed(door, form)).status_code == 200
    refused(await redeemed(door, form), "invalid_client")


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "another"},
        {"sub": "another"},
        {"aud": "https://elders.example"},
        {"exp": 1},
        {"exp": 4_000_000_000},
        {"jti": None},
    ],
)
async def test_a_wrong_assertion_is_refused(
    door: Any, assertion: dict[str, Any], issuer_keys: Path, change: dict[str, Any]
) -> None:
    form = by_system(assertion | change, system_key(issuer_keys))
    refused(await redeemed(door, form), "invalid_client")


async def test_an_assertion_by_another_key_is_refused(door: Any, assertion: dict[str, Any]) -> None:
    refused(await redeemed(door, by_system(assertion, RSAKey.generate_key(2048))), "invalid_client")


async def test_other_grants_and_people_are_refused(door: Any) -> None:
    refused(await redeemed(door, {"grant_type": "password"}), "unsupported_grant_type")
    refused(await redeemed(door, {"grant_type": "person", "person": "nobody"}), "invalid_grant")


async def test_logging_out_leads_back_to_the_portal_only(door: Any) -> None:
    own = f"{door.app.state.settings.public_url}/uitgelogd"
    for wanted, expected in ((own, own), ("https://elders.example/", own.rsplit("/", 1)[0])):
        query = {"post_logout_redirect_uri": wanted}
        answer = await door.get("/dev-issuer/logout", params=query)
        assert answer.headers["location"] == expected


@pytest.mark.parametrize(
    "exposed",
    [
        {"gateway_host": "0.0.0.0"},  # noqa: S104  what must be refused
        {"gateway_host": "192.168.1.10"},
        {"gateway_host": "::"},
        {"listen_host": "0.0.0.0"},  # noqa: S104
        {"nats_url": "nats://127.0.0.1:4222,nats://10.0.0.5:4222"},
        {"database_url": "postgresql://catalog@db.example/catalog"},
        {"public_url": "https://portaal.example"},
        {"oidc_issuer": "https://inloggen.example"},
        {"public_url": "http://127.0.0.1.elders.example"},
        {"gateway_host": "localhost.elders.example"},
    ],
)
def test_it_refuses_to_run_where_others_can_reach_the_system(
    gateway_settings: Any, exposed: dict[str, str]
) -> None:
    with pytest.raises(NotOnLoopback, match=f"(?i){next(iter(exposed))}") as told:
        require_loopback(gateway_settings(**{"public_url": "http://127.0.0.1:8080"} | exposed))
    assert "loopback" in str(told.value)


async def test_a_gateway_that_others_can_reach_does_not_start_with_it(open_door: Any) -> None:
    with pytest.raises(NotOnLoopback):
        await open_door(gateway_host="0.0.0.0")  # noqa: S104


def test_loopback_means_this_machine() -> None:
    assert all(map(is_loopback, ("127.0.0.1", "127.8.8.8", "::1", "localhost")))
    assert not any(map(is_loopback, ("", "0.0.0.0", "10.0.0.1", "::", "example.org")))  # noqa: S104


async def test_a_page_under_another_name_gets_nothing(door: Any) -> None:
    """DNS rebinding: the browser is on this machine, the page that asks is not."""
    answer = await door.get("/dev-issuer/jwks", headers={"Host": "elders.example"})
    assert answer.status_code == 404


async def test_where_it_does_not_run_nobody_finds_it(open_door: Any) -> None:
    door = await open_door(dev_issuer=False, oidc_issuer="https://inloggen.example")
    assert (await door.post("/dev-issuer/token", data={})).status_code == 404


def test_its_keys_are_for_the_owner_only(issuer_keys: Path) -> None:
    system_key(issuer_keys)
    for path in issuer_keys.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
