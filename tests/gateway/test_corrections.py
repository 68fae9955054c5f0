"""A norm that was wrong, put right over HTTP and in the portal, with the services behind it."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.credentials import Credentials
from chassis.service import running
from chassis.settings import Settings
from chassis.testing.databases import Databases
from services.catalog.service import definition as catalog
from services.projection.service import compose as projection
from services.tickets.service import define as tickets

KEEPER = "catalogue-manager"
PARTNERS = {"alfa": "00000001001111111000", "beta": "00000001002222222000"}
NORM = {
    "responseMinutes": 60,
    "resolutionMinutes": 480,
    "calendar": None,
    "targetPercentage": "90.00",
}
LEVEL = "/v1/service-levels/ict/-/incident/3"
RIGHT = {
    "norm": NORM | {"resolutionMinutes": 960},
    "validFrom": "2026-01-01",
    "reason": "Acht uur ingevoerd, zestien afgesproken",
}
CORRECTION = "/v1/corrections/COR-2026-000001"
FEBRUARY = "?from=2026-02-01&to=2026-02-28"


@pytest_asyncio.fixture(scope="module")
async def everything(
    nats_url: str, credentials: Credentials, databases: Databases, module_stream: Connection
) -> AsyncIterator[None]:
    """Catalog, tickets and projection, each on a database of its own."""
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases.fresh("catalog", "tickets", "projection"))
        for definition in (catalog, tickets(), projection()):
            settings = Settings(
                nats_url=nats_url,
                nats_seed_file=credentials.seed_file(definition.name),
                database_url=urls[definition.name].runtime,
                relay_poll_seconds=0.2,
                timer_poll_seconds=0.1,
                stop_seconds=3.0,
            )
            await stack.enter_async_context(running(definition, settings))
        yield


@pytest_asyncio.fixture(scope="module")
async def centre(
    everything: None, open_door: Any, as_user: Callable[[str], Awaitable[Connection]]
) -> Any:
    """An incident of each partner that was resolved after ten hours under a norm of eight."""
    door = await open_door()
    level = {"domain": "ict", "kind": "incident", "priority": 3, "norm": NORM}
    await _made(door, "/v1/service-levels", level | {"validFrom": "2026-01-01"})
    for slug, oin in PARTNERS.items():
        partner = {"partner": slug, "name": slug.title(), "kind": "municipality", "oin": oin}
        await _made(door, "/v1/partners", partner | {"joinedOn": "2020-01-01"})
    client = Client(await as_user("operator"))
    door.numbers = {slug: await _imported(client, slug) for slug in PARTNERS}
    for slug, number in door.numbers.items():
        await eventually(door, f"/v1/tickets/{number}", lambda told: told["status"] == "closed")
        assert (await figures(door, slug))["resolution"]["percentage"] == "0.0"
    return door


async def _made(door: Any, path: str, body: dict[str, Any]) -> None:
    answer = await door.post(path, KEEPER, json=body)
    assert answer.status_code == 201, answer.text


async def _imported(client: Client, partner: str) -> str:
    """Once the ticket service has heard of the partner, and so of the norm before it."""
    opening = {
        "partner": partner,
        "kind": "incident",
        "title": "Printer stuk",
        "impact": 2,
        "urgency": 2,
        "channel": "phone",
        "requester": {"id": "p-1", "name": "A. de Vries"},
    }
    steps = [
        {"at": "2026-02-02T08:00:00Z", "do": "open", "with": opening},
        {"at": "2026-02-02T08:10:00Z", "do": "assign", "with": {"team": "Servicedesk"}},
        {"at": "2026-02-02T08:30:00Z", "do": "start"},
        {"at": "2026-02-02T18:00:00Z", "do": "resolve"},
    ]
    operator = Caller("operator", frozenset({"operator"}), None)
    async with asyncio.timeout(10):
        while True:
            history = {"external": f"{partner}-1", "row": 1, "steps": steps}
            body = {"source": "elders", "histories": [history]}
            sent = {"command_id": str(uuid4())}
            reply = await client.command("tickets", "import-tickets", body, operator, **sent)
            if number := reply["results"][0]["ticket"]:
                return str(number)
            await asyncio.sleep(0.05)


async def eventually(
    door: Any, path: str, holds: Callable[[dict[str, Any]], bool], person: str = "agent"
) -> dict[str, Any]:
    """What stands at an address, once it is so."""
    async with asyncio.timeout(15):
        while True:
            answer = await door.get(path, person)
            if answer.status_code == 200 and holds(answer.json()):
                return dict(answer.json())
            await asyncio.sleep(0.05)


async def figures(door: Any, partner: str) -> dict[str, Any]:
    answer = await door.get(f"/v1/dashboards/{partner}{FEBRUARY}", "agent")
    return dict(answer.json())


async def page(
    door: Any, path: str, person: str, status: int = 200, session: dict[str, str] | None = None
) -> str:
    answer = await door.http.get(path, headers=session or await door.session(person))
    assert answer.status_code == status, answer.text
    return str(answer.text)


async def test_from_what_was_wrong_to_clocks_that_are_right(centre: Any) -> None:
    ahead = RIGHT | {"validFrom": "2999-01-01"}
    answer = await centre.post(f"{LEVEL}/_correct", KEEPER, json=ahead)
    centre.problem(answer, 400, "correction-ahead")
    answer = await centre.post(f"{LEVEL}/_correct", KEEPER, json=RIGHT)
    assert answer.status_code == 200, answer.text
    told = await eventually(centre, LEVEL, lambda told: len(told["versions"]) == 2)
    assert [each["reason"] for each in told["versions"]] == [None, RIGHT["reason"]]

    ready = await eventually(centre, CORRECTION, lambda told: told["status"] == "ready")
    assert (ready["concerned"], ready["resolution"]["after"]["percentage"]) == (2, "100.0")
    alfa, beta = centre.numbers["alfa"], centre.numbers["beta"]
    await sees_its_own_only(centre, alfa, beta)

    desk = Keeper(centre, await centre.session(KEEPER))
    shown = await desk.opens()
    assert all(number in shown for number in (alfa, beta))
    assert (await desk.decides("accept", reason="")).status_code == 400
    answer = await desk.decides("refresh")
    assert answer.headers["location"] == "/correcties/COR-2026-000001?gedaan=refresh"
    await desk.opens()
    answer = await desk.decides("accept", reason="Besproken")
    assert answer.status_code == 303, answer.text
    await eventually(centre, CORRECTION, lambda told: told["status"] == "completed")
    await follows_everywhere(centre, alfa)
    answer = await centre.post(f"{CORRECTION}/_drop", KEEPER, json={"reason": "Toch niet"})
    centre.problem(answer, 409, "correction-settled")


@dataclass
class Keeper:
    """Who decides, on the page of the correction."""

    door: Any
    session: dict[str, str]
    hidden: dict[str, str] = field(default_factory=dict)

    async def opens(self) -> str:
        shown = await page(self.door, "/correcties/COR-2026-000001", KEEPER, session=self.session)
        self.hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown))
        return shown

    async def decides(self, decision: str, **given: str) -> Any:
        form = self.hidden | {"decision": decision} | given
        address = "/correcties/COR-2026-000001"
        return await self.door.http.post(address, data=form, headers=self.session)


async def sees_its_own_only(centre: Any, alfa: str, beta: str) -> None:
    """A partner's people, in every view of a correction."""
    manager = "contract-manager-alfa"
    listed = (await centre.get("/v1/corrections", manager)).json()
    assert [each["concerned"] for each in listed["items"]] == [1]
    shown = (await centre.get(CORRECTION, manager)).json()
    assert [each["name"] for each in shown["per"]["partner"]] == ["alfa"]
    for path in ("", "?partner=beta", "?changed=false"):
        rows = (await centre.get(f"{CORRECTION}/tickets{path}", manager)).json()["items"]
        assert beta not in [each["ticket"] for each in rows]
    for path in ("/correcties", "/correcties/COR-2026-000001"):
        seen = await page(centre, path, manager)
        assert beta not in seen
        assert "Beta" not in seen
    assert alfa in seen
    assert 'name="decision"' not in seen
    await page(centre, "/correcties/COR-2026-000009", manager, 404)


async def follows_everywhere(centre: Any, ticket: str) -> None:
    """The facts of the ticket, its timeline, its clock, and the figures of its partner."""
    fact = await eventually(
        centre, f"/v1/tickets/{ticket}", lambda told: told["withinResolution"] is True
    )
    assert fact["breached"]["resolution"] is None
    assert (await figures(centre, "alfa"))["resolution"]["percentage"] == "100.0"
    assert (await figures(centre, "alfa"))["breaches"] == []
    timeline = (await centre.get(f"/v1/tickets/{ticket}/timeline", "contract-manager-alfa")).json()
    last = timeline["timeline"][-1]
    assert (last["event"], last["details"]["reason"]) == ("clock-corrected", RIGHT["reason"])
    clock = (await centre.get(f"/v1/tickets/{ticket}/clock", "contract-manager-alfa")).json()
    (correction,) = clock["corrections"]
    before, after = correction["before"], correction["after"]
    assert (before["withinResolution"], after["withinResolution"]) == (False, True)
    assert sum(each["businessSeconds"] for each in clock["intervals"]) == clock["resolutionSeconds"]
    first = (
        await centre.get(f"/v1/tickets/{ticket}/clock?uncorrected=true", "contract-manager-alfa")
    ).json()
    assert {each["norm"]["resolutionMinutes"] for each in first["intervals"]} == {480}
    assert RIGHT["reason"] in await page(centre, f"/meldingen/{ticket}", "contract-manager-alfa")
    explained = await page(centre, f"/meldingen/{ticket}/klok", "contract-manager-alfa")
    assert RIGHT["reason"] in explained
    assert "zonder correctie" in await page(
        centre, f"/meldingen/{ticket}/klok?eerst=ja", "contract-manager-alfa"
    )
    assert RIGHT["reason"] in await page(centre, "/beheer/normen", KEEPER)
    opened = await page(centre, "/beheer/normen/ict/-/incident/3/corrigeren", KEEPER)
    assert 'name="norm.resolution_minutes"' in opened
