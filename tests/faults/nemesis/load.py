"""People and systems that go on working while everything breaks, and remember every answer."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from random import Random
from typing import Any
from uuid import UUID

import httpx
from world import CASE, World

from bodemplaat.cases.loader import load
from bodemplaat.cases.player import set_up
from bodemplaat.cases.telling import until_heard
from bodemplaat.operator import OPERATOR
from bodemplaat.people import pseudonyms
from chassis.client import Client
from chassis.clock import utc_now
from chassis.errors import Refused
from chassis.testing.broker import connected
from chassis.testing.invariants import Sent
from services.gateway.backend import command_id
from services.gateway.identity import Person

USER, AGENT = "gebruiker-zevenaar", "servicedeskmedewerker"
DESKS = 4
SHORTEST_PAUSE, LONGEST_PAUSE = 0.05, 0.3
ANSWER_SECONDS = 6.0
UNKNOWN = frozenset({"unavailable", "internal"})
"""Slugs after which nobody knows whether the command had its effect."""
REFUSED = frozenset({403, 409, 412, 422})
LIFE: tuple[tuple[str, dict[str, str]], ...] = (
    ("assign", {"team": "Werkplek"}),
    ("start", {}),
    ("pause", {"waitingOn": "user"}),
    ("resume", {}),
    ("resolve", {}),
    ("close", {}),
)


class Load:
    """Commands through the door and from the operator; `sent` is what came of them."""

    def __init__(self, world: World, seed: int) -> None:
        self._world = world
        self._random = Random(seed)  # noqa: S311  repeatable on purpose
        self._tokens: dict[str, dict[str, str]] = {}
        self._people: Mapping[str, str] = {}
        self._stopped = asyncio.Event()
        self.sent: list[Sent] = []

    def __str__(self) -> str:
        outcomes = Counter(
            "acknowledged" if one.reply is not None else "refused" if one.refused else "unanswered"
            for one in self.sent
        )
        told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(outcomes.items()))
        return f"{len(self.sent)} commands: {told}"

    async def prepare(self) -> None:
        """Tell the case, wait until it is known, and log in."""
        world = self._world
        async with self._operator() as client:
            case = load(CASE)
            await set_up(case, client)
            await until_heard(client, "catalog", ["tickets"])
        self._people = pseudonyms(world.installation, world.door, CASE)
        async with self._http() as http:
            for person in (USER, AGENT):
                form = {"grant_type": "person", "person": person}
                answer = await http.post("/dev-issuer/token", data=form)
                answer.raise_for_status()
                token = answer.json()["access_token"]
                self._tokens[person] = {"Authorization": f"Bearer {token}"}

    async def run(self) -> None:
        """Work until `stop`. Raises when the door answers what it never should."""
        async with self._http() as http, self._operator() as client:
            await asyncio.gather(
                *(self._desk(http) for _ in range(DESKS)),
                self._figures(client),
                self._late(client),
            )

    def stop(self) -> None:
        """Let everybody finish what they are doing."""
        self._stopped.set()

    async def _desk(self, http: httpx.AsyncClient) -> None:
        """Tickets, each through its life, as far as answers come."""
        while not self._stopped.is_set():
            report = {"kind": "incident", "title": "Beeldscherm zwart", "domain": "ict"}
            opened = await self._post(http, USER, "/v1/tickets", report)
            if opened.reply is None:
                continue
            for move, body in LIFE[: self._random.randint(1, len(LIFE))]:
                path = f"/v1/tickets/{opened.reply['ticket']}/_{move}"
                await self._post(http, AGENT, path, body)

    async def _figures(self, client: Client) -> None:
        """The operator tells a partner's figures: events for those who follow the catalogue."""
        while not self._stopped.is_set():
            figures = {
                "partner": "zevenaar",
                "year": self._random.randint(2000, 2030),
                "residents": self._random.randint(1, 100_000),
                "workplaces": self._random.randint(1, 1000),
            }
            await self._command(client, "catalog", "update-partner-statistics", figures)

    async def _late(self, client: Client) -> None:
        """Tickets of long ago, whose clocks have everything to tell at once."""
        report = {
            "partner": "zevenaar",
            "kind": "incident",
            "title": "Nagekomen",
            "impact": 2,
            "urgency": 2,
            "channel": "import",
            "requester": {"id": "p-1", "name": "A. de Vries"},
        }
        while not self._stopped.is_set():
            await self._command(client, "tickets", "open-ticket", report, days_ago=60)

    async def _post(
        self, http: httpx.AsyncClient, person: str, path: str, body: Mapping[str, str]
    ) -> Sent:
        """One command over HTTP, repeated under its key as long as patience lasts."""
        key = self._key()
        sent = self._remember("tickets", command_id(self._person(person), key))
        headers = {**self._tokens[person], "Idempotency-Key": key}
        for _ in range(self._patience()):
            try:
                answer = await http.post(path, json=dict(body), headers=headers)
            except httpx.HTTPError:
                await asyncio.sleep(LONGEST_PAUSE)
                continue
            if answer.is_success:
                sent.reply = {k: v for k, v in answer.json().items() if k in {"ticket", "version"}}
                break
            if answer.status_code in REFUSED:
                sent.refused = frozenset({str(answer.json().get("type"))})
                break
            if not answer.is_server_error:
                raise RuntimeError(f"{path}: {answer.status_code} {answer.text}")
            await asyncio.sleep(LONGEST_PAUSE)
        await self._pause()
        return sent

    async def _command(
        self, client: Client, service: str, command: str, body: dict[str, Any], days_ago: int = 0
    ) -> None:
        """One command of the operator, as above."""
        sent = self._remember(service, self._key())
        now = utc_now() - timedelta(days=days_ago) if days_ago else None
        for _ in range(self._patience()):
            try:
                sent.reply = await client.command(
                    service, command, body, OPERATOR, command_id=sent.command_id, now=now
                )
                break
            except Refused as refused:
                slugs = frozenset(fault.slug for fault in refused.faults)
                if not slugs <= UNKNOWN:
                    sent.refused = slugs
                    break
            await asyncio.sleep(LONGEST_PAUSE)
        await self._pause()

    def _remember(self, service: str, command: str) -> Sent:
        self.sent.append(Sent(service, command))
        return self.sent[-1]

    def _person(self, person: str) -> Person:
        nobody = frozenset[str]()
        return Person(self._people[person], person, None, nobody, nobody)

    def _key(self) -> str:
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def _patience(self) -> int:
        """Some give up at once, and never learn what came of it; most do not."""
        return 1 if self._random.random() < 0.2 else 10

    async def _pause(self) -> None:
        await asyncio.sleep(self._random.uniform(SHORTEST_PAUSE, LONGEST_PAUSE))

    def _http(self) -> httpx.AsyncClient:
        return httpx.AsyncClient(base_url=self._world.door.url, timeout=ANSWER_SECONDS)

    @asynccontextmanager
    async def _operator(self) -> AsyncIterator[Client]:
        credentials = self._world.installation.credentials
        async with connected(self._world.nats_url, credentials, OPERATOR.actor) as connection:
            yield Client(connection)
