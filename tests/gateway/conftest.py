"""The gateway on the real NATS, with stand-ins that answer for the services behind it.

The stand-ins log in as those services and hear exactly what the gateway sends; the journeys are
tested elsewhere with the services themselves.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import pytest_asyncio
import uvicorn
from fastapi import FastAPI
from nats.aio.client import Client as Connection
from nats.aio.msg import Msg
from starlette.responses import Response

from chassis import telemetry
from chassis.client import Client
from chassis.clock import utc_now
from chassis.credentials import Credentials
from chassis.health import Server
from chassis.testing.broker import connected
from services.gateway.live import LiveHub
from services.gateway.service import create_app
from services.gateway.settings import GatewaySettings

PARTNERS = ("alfa", "beta")
PARTNER_ROLES = ("user", "functional-administrator", "contract-manager", "client", "owner")
CENTRE_ROLES = ("agent", "catalogue-manager", "controller", "privacy-officer")
FACT: dict[str, Any] = {
    "ticket": "INC-2026-000001",
    "version": 1,
    "partner": "alfa",
    "kind": "incident",
    "status": "new",
    "priority": 3,
    "impact": 2,
    "urgency": 2,
    "item": "ICT-WP-01",
    "item_name": "Werkplek",
    "domain": "ict",
    "tier": "basic",
    "out_of_catalogue": False,
    "channel": "api",
    "team": None,
    "line": None,
    "waiting_on": None,
    "requester": "0" * 32,
    "opened_at": "2026-03-02T08:00:00Z",
    "responded_at": None,
    "resolved_at": None,
    "closed_at": None,
    "cancelled_at": None,
    "response_due": "2026-03-02T09:00:00Z",
    "resolution_due": "2026-03-02T16:00:00Z",
    "response_minutes": 60,
    "resolution_minutes": 480,
    "target_percentage": "90.00",
    "norm_source": "item",
    "agreement": None,
    "calendar": "kantooruren",
    "response_seconds": None,
    "resolution_seconds": None,
    "paused": False,
    "at_risk": {"response": None, "resolution": None},
    "breached": {"response": None, "resolution": None},
    "within_response": None,
    "within_resolution": None,
    "reopened": 0,
    "reassignments": 0,
    "external": None,
    "generated": False,
    "minutes": 0,
    "billable_minutes": 0,
    "quality": None,
    "speed": None,
    "communication": None,
    "tasks": [],
    "change": {},
    "updated_at": "2026-03-02T08:00:00Z",
}
ITEM: dict[str, Any] = {
    "item": "ICT-WP-01",
    "version": 1,
    "name": "Werkplek",
    "description": "",
    "domain": "ict",
    "tier": "basic",
    "included": [],
    "excluded": [],
    "preconditions": [],
    "unit": "workplace",
    "tariff": "100.00",
    "agreed": True,
    "retired_from": None,
    "aggregate_version": 3,
}
RECORD: dict[str, Any] = {
    **{name: ITEM[name] for name in ("item", "name", "domain", "tier", "unit", "retired_from")},
    "aggregate_version": 3,
    "status": "published",
    "version": 1,
    "valid_from": "2026-01-01",
    "owner": "ICT",
}
INVOICE: dict[str, Any] = {
    "invoice": "F2026-00001",
    "partner": "alfa",
    "kind": "invoice",
    "run": "2026-q1",
    "issued_on": "2026-01-05",
    "due_on": "2026-02-04",
    "advanced": "0.00",
    "total": "52569.86",
    "corrects": None,
    "replaces": None,
    "reason": None,
    "credited_by": None,
    "aggregate_version": 1,
    "lines": [
        {
            "partner": "alfa",
            "pool": "ict",
            "method": "fixed-key",
            "first": "2026-01-01",
            "last": "2026-03-31",
            "amount": "52569.86",
            "of_amount": "101095.89",
            "price": None,
            "driver": "key",
            "count": "52",
            "of_count": "100",
            "days": 90,
            "of_days": 90,
            "sources": [{"aggregate": "pool/2026-ict", "first_version": 1, "last_version": 2}],
        }
    ],
}
SET: dict[str, Any] = {
    "aggregate_version": 3,
    "versions": [],
    "calendar": "kantoor",
    "domain": "ict",
    "item": None,
    "kind": "incident",
    "priority": 1,
    "partner": "alfa",
    "agreement": "DVO-2026",
    "ends_on": None,
    "ended": False,
}
"""A calendar, norm, experience target and agreement in one."""
DASHBOARD: dict[str, Any] = {
    "partner": "alfa",
    "period": {"from": "2026-02-03", "to": "2026-03-02"},
    "open": {"total": 0, "by_kind": {}, "by_priority": {}, "by_age": []},
    "due_today": 0,
    "at_risk": 0,
    "overdue": 0,
    "inflow": 0,
    "resolved": 0,
    "per_day": [{"date": "2026-03-02", "opened": 0, "resolved": 0}],
    "response": {"counted": 0, "within": 0, "percentage": None},
    "resolution": {
        "counted": 0,
        "within": 0,
        "percentage": None,
        "median_seconds": None,
        "p90_seconds": None,
    },
    "out_of_catalogue": {"count": 0, "open": 0, "percentage": None},
    "breaches": [],
    "generated": 0,
}
PREVIEW: dict[str, Any] = {
    "item": "ICT-WP-01",
    "aggregate_version": 3,
    "valid_from": "2027-01-01",
    "unit": "workplace",
    "changes": [],
    "partners": [],
}
PROBLEM: dict[str, Any] = {
    "ticket": "PRB-2026-000001",
    "version": 4,
    "status": "in-progress",
    "root_cause": None,
    "summary": "Scherm zwart",
    "workaround": "Kabel opnieuw aansluiten",
    "known_since": "2026-03-02T08:00:00Z",
}
KNOWN_ERROR: dict[str, Any] = {
    "problem": "PRB-2026-000001",
    "item": "ICT-WP-01",
    "item_name": "Werkplek",
    "domain": "ict",
    "summary": "Scherm zwart",
    "workaround": "Kabel opnieuw aansluiten",
    "root_cause": None,
    "known_since": "2026-03-02T08:00:00Z",
}
MAJOR: dict[str, Any] = {
    "major_incident": "MAJ-2026-000001",
    "aggregate_version": 3,
    "title": "E-mail ligt eruit",
    "status": "ongoing",
    "incident": None,
    "partners": ["alfa"],
    "updates": [{"at": "2026-03-02T08:00:00Z", "message": "Wij zoeken", "partners": []}],
    "attached": 1,
    "declared_at": "2026-03-02T08:00:00Z",
    "ended_at": None,
}
SIGNALS: dict[str, Any] = {
    "aggregate_version": 2,
    "partner": "alfa",
    "month": "2026-03",
    "counts": {"phishing-mail": 12},
    "counted_at": "2026-03-31T20:00:00Z",
}
AT = {"sequence": 7}
PAGED = {"page": 1, "size": 25} | AT
LIST = {"tickets": [FACT], "total": 1, "page": 1, "size": 25, "sequence": 7}


@dataclass
class Sent:
    """What the gateway sent to a service."""

    subject: str
    headers: Mapping[str, str]
    body: Any


@dataclass
class Services:
    """Stand-ins for the services: what each request is answered with, and what was received.

    An answer is a reply, a list of faults, or `None` for silence.
    """

    answers: dict[str, Any] = field(default_factory=dict)
    received: list[Sent] = field(default_factory=list)

    @property
    def last(self) -> Sent:
        return self.received[-1]

    async def hear(self, message: Msg) -> None:
        headers = message.headers or {}
        self.received.append(Sent(message.subject, headers, orjson.loads(message.data)))
        answer = self.answers.get(message.subject, {"version": 1})
        if callable(answer):
            answer = answer(self.received[-1])
        if isinstance(answer, list):
            await message.respond(orjson.dumps({"faults": answer}))
        elif answer is not None:
            await message.respond(orjson.dumps({"ok": answer}))


@dataclass
class Moment:
    """A clock that a test can move on."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> Any:
        return utc_now() + self.ahead


@dataclass
class Door:
    """A gateway that runs, and a client that can log in as anybody of the case."""

    app: FastAPI
    http: httpx.AsyncClient
    clock: Moment
    tokens: dict[str, str] = field(default_factory=dict)

    async def token(self, person: str) -> str:
        if person not in self.tokens:
            form = {"grant_type": "person", "person": person}
            answer = await self.http.post("/dev-issuer/token", data=form)
            self.tokens[person] = answer.json()["access_token"]
        return self.tokens[person]

    async def session(self, person: str) -> dict[str, str]:
        """A session of the portal, as logging in would have left it: the header with its cookie."""
        known = await self.app.state.oidc.person(await self.token(person))
        response = Response()
        self.app.state.sessions.begin(response, known, utc_now() + timedelta(minutes=5))
        return {"Cookie": response.headers["set-cookie"].split(";")[0]}

    async def request(
        self, method: str, path: str, person: str | None = None, **options: Any
    ) -> httpx.Response:
        headers = dict(options.pop("headers", {}))
        if person is not None:
            headers["Authorization"] = f"Bearer {await self.token(person)}"
        return await self.http.request(method, path, headers=headers, **options)

    async def get(self, path: str, person: str | None = None, **options: Any) -> httpx.Response:
        return await self.request("GET", path, person, **options)

    async def post(self, path: str, person: str | None = None, **options: Any) -> httpx.Response:
        return await self.request("POST", path, person, **options)

    @staticmethod
    def problem(answer: httpx.Response, status: int, slug: str) -> dict[str, Any]:
        """The answer's problem, which must be this one."""
        told = (answer.status_code, answer.headers.get("content-type"))
        assert told == (status, "application/problem+json"), answer.text
        body: dict[str, Any] = answer.json()
        assert body["type"] == f"https://bodemplaat.example/problems/{slug}"
        assert body["status"] == status
        assert body["title"]
        assert body["detail"]
        return body


@pytest.fixture(scope="session")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with two partners: somebody in every role, named `<role>-<partner>` or `<role>`."""
    folder = tmp_path_factory.mktemp("case")
    people = [
        (f"{role}-{partner}", role, partner) for partner in PARTNERS for role in PARTNER_ROLES
    ]
    people += [(role, role, "*") for role in CENTRE_ROLES]
    folder.joinpath("people.toml").write_text("".join(map(_entry, people)))
    return folder


def _entry(person: tuple[str, str, str]) -> str:
    name, role, partner = person
    return (
        f'[[people]]\nid = "{name}"\ntitle = "{name}"\ndescription = "{role}"\n'
        f'roles = ["{role}"]\npartners = ["{partner}"]\n'
    )


@pytest_asyncio.fixture(scope="module")
async def as_user(
    nats_url: str, credentials: Credentials
) -> AsyncIterator[Callable[[str], Awaitable[Connection]]]:
    async with AsyncExitStack() as stack:
        yield lambda user: stack.enter_async_context(connected(nats_url, credentials, user))


@pytest_asyncio.fixture(scope="module")
async def stand_ins(as_user: Callable[[str], Awaitable[Connection]]) -> Services:
    """Answer on NATS for as long as a module's tests run."""
    desk = Services()
    for name, kinds in (("catalog", "c"), ("tickets", "cq"), ("finance", "c"), ("projection", "q")):
        connection = await as_user(name)
        for kind in kinds:
            subject = {"c": f"cmd.{name}.*", "q": f"qry.{name}.*"}[kind]
            await connection.subscribe(subject, queue=name, cb=desk.hear)
        await connection.flush()
    return desk


@pytest.fixture
def services(stand_ins: Services) -> Services:
    """The stand-ins, with usual answers and nothing received yet."""
    stand_ins.received.clear()
    stand_ins.answers = {
        "qry.projection.partners": {"partners": [*map(_partner, PARTNERS)], "sequence": 7},
        "qry.projection.tickets": LIST,
        "qry.projection.ticket": {"ticket": FACT, "sequence": 7},
        "qry.projection.timeline": {"timeline": [], "sequence": 7},
        "qry.projection.catalogue": {"items": [ITEM], "total": 1, "page": 1, "size": 25} | AT,
        "qry.projection.catalogue-item": {"item": ITEM | {"norms": [], "versions": []}} | AT,
        "qry.projection.catalogue-keeping": {"items": [RECORD], "total": 1} | PAGED,
        "qry.projection.catalogue-keeping-item": {
            "item": RECORD | {"draft": None, "versions": [], "history": [], "agreements": []}
        },
        "qry.projection.revision-preview": PREVIEW | AT,
        **{
            f"qry.projection.{name}": {"items": [SET], "total": 1} | PAGED
            for name in ("calendars", "service-levels", "experience-targets", "agreements")
        },
        **orjson.loads((Path(__file__).parent / "disputes.json").read_bytes()),
        **orjson.loads((Path(__file__).parent / "reports.json").read_bytes()),
        **orjson.loads((Path(__file__).parent / "finance.json").read_bytes()),
        "qry.projection.invoices": {"items": [INVOICE], "total": 1} | PAGED,
        **{
            f"cmd.finance.{name}": {"invoice": "F2026-00001", "version": 1}
            for name in ("issue-invoice", "credit-invoice")
        },
        "qry.projection.problem": {"problem": PROBLEM, "incidents": [FACT], "total": 1} | PAGED,
        "qry.projection.known-errors": {"items": [KNOWN_ERROR], "total": 1} | PAGED,
        "qry.projection.major-incidents": {"items": [MAJOR], "total": 1} | PAGED,
        "qry.projection.security-signals": {"items": [SIGNALS], "total": 1} | PAGED,
        "cmd.tickets.declare-major-incident": {"major_incident": MAJOR["major_incident"]}
        | {"version": 2},
        "qry.projection.maintenance": {"windows": [], "changes": []} | AT,
        "qry.projection.dashboard": DASHBOARD | AT,
        "qry.tickets.texts": {"texts": {}},
        **orjson.loads((Path(__file__).parent / "privacy.json").read_bytes()),
        **orjson.loads((Path(__file__).parent / "corrections.json").read_bytes()),
        "qry.tickets.clock": {
            "ticket": "INC-2026-000001",
            "until": "2026-03-02T09:00:00Z",
            "uncorrected": False,
            "corrections": [],
            "response_seconds": 0,
            "resolution_seconds": 0,
            "omitted": 0,
            "intervals": [],
        },
        **{
            f"cmd.tickets.{name}": {"window": "MNT-2026-000001", "version": 1}
            for name in (
                "plan-maintenance",
                "announce-maintenance",
                "complete-maintenance",
                "cancel-maintenance",
                "declare-change-freeze",
                "lift-change-freeze",
            )
        },
        "cmd.tickets.open-ticket": {"ticket": "INC-2026-000001", "version": 1},
    }
    return stand_ins


def _partner(slug: str) -> dict[str, Any]:
    return {
        "slug": slug,
        "name": slug.capitalize(),
        "kind": "municipality",
        "oin": "0" * 20,
        "joined_on": "2020-01-01",
        "leaves_on": None,
        "theme": "neutraal",
        "statistics": [],
        "version": 1,
    }


@contextmanager
def free_port() -> Iterator[socket.socket]:
    # Named as TCP, or asyncio leaves Nagle's algorithm on and each answer waits 40 ms.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as listening:
        listening.bind(("127.0.0.1", 0))
        yield listening


@pytest.fixture(scope="session")
def issuer_keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("keys")


@pytest.fixture(scope="module")
def gateway_settings(
    case: Path, issuer_keys: Path, nats_url: str
) -> Callable[..., GatewaySettings]:
    def make(**overrides: Any) -> GatewaySettings:
        return GatewaySettings(
            **{
                "nats_url": nats_url,
                "pseudonym_secret": "p" * 32,
                "session_secret": "s" * 32,
                "dev_issuer": True,
                "dev_issuer_case": case,
                "dev_issuer_keys": issuer_keys,
                "requests_per_minute": 100_000,
                "reply_timeout_seconds": 5.0,
            }
            | overrides
        )

    return make


OpenDoor = Callable[..., Awaitable[Door]]


@pytest_asyncio.fixture(scope="module")
async def open_door(
    as_user: Callable[[str], Awaitable[Connection]],
    gateway_settings: Callable[..., GatewaySettings],
) -> AsyncIterator[OpenDoor]:
    """Gateways with settings of a test's own, such as `requests_per_minute=5`."""
    async with AsyncExitStack() as stack:

        async def make(**overrides: Any) -> Door:
            connection = await as_user("gateway")
            return await stack.enter_async_context(_door(connection, gateway_settings, overrides))

        yield make


@pytest_asyncio.fixture(scope="module")
async def shared_door(open_door: OpenDoor) -> Door:
    return await open_door()


@pytest.fixture
def door(shared_door: Door) -> Door:
    """A gateway with the usual settings, shared by the tests of a module; the clock is right."""
    shared_door.clock.ahead = timedelta(0)
    return shared_door


@asynccontextmanager
async def _door(
    connection: Connection, make: Callable[..., GatewaySettings], overrides: Mapping[str, Any]
) -> AsyncIterator[Door]:
    with free_port() as listening:
        origin = f"http://127.0.0.1:{listening.getsockname()[1]}"
        settings = make(**{"public_url": origin} | dict(overrides))
        telemetry.setup("gateway", settings)
        live = LiveHub(connection)
        await live.start()
        await connection.flush()
        clock = Moment()
        async with httpx.AsyncClient(base_url=origin, timeout=10.0) as http:
            app = create_app(settings, Client(connection), live, http, clock=clock)
            async with _served(app, listening):
                yield Door(app, http, clock)
            live.close()


@asynccontextmanager
async def _served(app: FastAPI, listening: socket.socket) -> AsyncIterator[None]:
    config = uvicorn.Config(
        app, log_config=None, lifespan="off", timeout_graceful_shutdown=1, server_header=False
    )
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110  uvicorn tells nothing
        await asyncio.sleep(0.01)
    yield
    server.should_exit = True
    app.state.live.close()
    await serving
