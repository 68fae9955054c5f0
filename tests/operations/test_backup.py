"""What a backup holds comes back whole, after everything else was lost."""

import asyncio
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio
from rich.console import Console

from bodemplaat.cases.loader import FOLDER, load
from bodemplaat.cases.player import set_up
from bodemplaat.cases.telling import until_heard
from bodemplaat.engines.state import State
from bodemplaat.environment import Door
from bodemplaat.installation import Addresses, Installation
from bodemplaat.operations.backup import backup
from bodemplaat.operations.engines import engines
from bodemplaat.operations.manifest import kept
from bodemplaat.operations.restore import restore
from bodemplaat.operator import OPERATOR, operator_client
from bodemplaat.system import System, running_system
from chassis.client import Client
from chassis.database import driver_url
from chassis.databases import database_urls, stateful
from chassis.testing import invariants
from chassis.testing.contents import tables
from chassis.testing.reports import past_reports
from chassis.testing.stream import event_log, eventually
from services.projection import generations, store
from services.projection.rebuild import fingerprint

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

Command = Callable[..., CompletedProcess[str]]

CASE = "de-liemers"
REPORT = {
    "partner": "zevenaar",
    "kind": "incident",
    "title": "Beeldscherm zwart",
    "domain": "ict",
    "impact": 2,
    "urgency": 2,
    "channel": "portal",
    "requester": {"id": "p-1", "name": "A. de Vries"},
}
SEQUENCES = (60, 150)
MONTH = {"report": "dashboard", "partner": "zevenaar"}
PATIENCE_SECONDS = 90.0


@dataclass(frozen=True)
class Lost:
    """Two backups of a system of which nothing else is left, and what it held at the second.

    `acknowledged` are the tickets that were opened before the first began. `places` are where
    events stood in the stream, `reports` documents of the past and `kept` one that was kept.
    """

    under_load: Path
    at_rest: Path
    acknowledged: frozenset[str]
    tables: dict[str, dict[str, str]]
    read_models: str
    places: dict[str, list[Any]]
    reports: list[bytes]
    kept: Any


def dsn(installation: Installation, service: str, addresses: Addresses) -> str:
    urls = database_urls(addresses.database_url, installation.credentials, service, name=service)
    return driver_url(urls.owner, "")


async def all_tables(installation: Installation, addresses: Addresses) -> dict[str, dict[str, str]]:
    return {service: await tables(dsn(installation, service, addresses)) for service in kept()}


async def read_models(installation: Installation, addresses: Addresses) -> str:
    connection = await store.connect(dsn(installation, "projection", addresses))
    try:
        return await fingerprint(connection, (await generations.live(connection)).schema)
    finally:
        await connection.close()


async def open_ticket(client: Client) -> str:
    reply = await client.command(
        "tickets", "open-ticket", REPORT, OPERATOR, command_id=str(uuid4()), timeout=30
    )
    return str(reply["ticket"])


async def stood(installation: Installation, addresses: Addresses) -> dict[str, list[Any]]:
    """Where the events of each service stand in the stream; false for what is not there."""
    logs = {each: await event_log(dsn(installation, each, addresses)) for each in kept()}
    return {name: [row.published and row.stream_seq for row in log] for name, log in logs.items()}


async def forget_past_reports(installation: Installation) -> None:
    """So that they are made again: those that were kept have come back."""
    database = await asyncpg.connect(dsn(installation, "projection", installation.addresses()))
    assert await database.execute("DELETE FROM kept_report WHERE as_of IS NOT NULL") == "DELETE 2"
    await database.close()


async def tell_figures(client: Client, year: int) -> None:
    """An event of the catalogue, which `tickets` takes in."""
    figures = {"partner": "zevenaar", "year": year, "residents": year, "workplaces": year}
    await client.command(
        "catalog",
        "update-partner-statistics",
        figures,
        OPERATOR,
        command_id=str(uuid4()),
        timeout=30,
    )


async def settled(installation: Installation, client: Client) -> None:
    """Everything is published, taken in and folded."""
    addresses = installation.addresses()

    async def quiet() -> bool:
        logs = [await event_log(dsn(installation, owner, addresses)) for owner in kept()]
        if not all(row.published for log in logs for row in log):
            return False
        database = await asyncpg.connect(dsn(installation, "tickets", addresses))
        taken_in = await database.fetchval("SELECT count(*) FROM inbox")
        await database.close()
        status = await client.query("projection", "status", {}, OPERATOR)
        return taken_in == len(logs[kept().index("catalog")]) and status["lag"] == 0

    await eventually(quiet, seconds=PATIENCE_SECONDS)


@asynccontextmanager
async def started(folder: Path) -> AsyncIterator[tuple[System, Client]]:
    installation = Installation(folder)
    door = Door(State(folder.with_name("ports.json")).port("gateway"), FOLDER / CASE)
    async with (
        running_system(installation, door) as system,
        operator_client(installation) as client,
    ):
        yield system, client


def quiet() -> Console:
    return Console(file=StringIO())


@pytest_asyncio.fixture(scope="module")
async def lost(tmp_path_factory: pytest.TempPathFactory, engines: str) -> Lost:
    if engines == "containers":
        pytest.skip("a system on servers of somebody else is not ours to lose")
    place = tmp_path_factory.mktemp("lost")
    installation = Installation(place / "run")
    async with started(place / "run") as (_, client):
        await set_up(load(CASE), client)
        await until_heard(client, "catalog", ["tickets"])
        acknowledged = frozenset([await open_ticket(client) for _ in range(20)])
        await _backup_under_load(installation, client, place / "under-load")
        await settled(installation, client)
        addresses = installation.addresses()
        held = await all_tables(installation, addresses)
        places = await stood(installation, addresses)
        reports = await past_reports(client, OPERATOR, MONTH, SEQUENCES)
        kept_now = await client.query("projection", "report", {**MONTH, "keep": True}, OPERATOR)
        models = await read_models(installation, addresses)
        await backup(installation, place / "at-rest", quiet())
    installation.forget()
    return Lost(
        place / "under-load",
        place / "at-rest",
        acknowledged,
        held,
        models,
        places,
        reports,
        kept_now,
    )


async def _backup_under_load(installation: Installation, client: Client, folder: Path) -> None:
    done = asyncio.Event()

    async def work() -> None:
        year = 2000
        while not done.is_set():
            year += 1
            await asyncio.gather(open_ticket(client), tell_figures(client, 2000 + year % 90))

    working = asyncio.create_task(work())
    await asyncio.sleep(1)
    await backup(installation, folder, quiet())
    done.set()
    await working


@pytest.fixture
async def installation(tmp_path: Path) -> AsyncIterator[Installation]:
    """An empty one."""
    fresh = Installation(tmp_path / "run")
    yield fresh
    fresh.forget()


async def test_everything_comes_back_as_it_was(lost: Lost, installation: Installation) -> None:
    await restore(installation, lost.at_rest, quiet())

    with installation.held():
        async with engines(installation) as addresses:
            assert await all_tables(installation, addresses) == lost.tables
            assert await read_models(installation, addresses) == lost.read_models
            assert await stood(installation, addresses) == lost.places
    async with started(installation.folder) as (_, client):
        await settled(installation, client)
        for service in kept():
            report = await client.administer(service, "reconcile", {}, OPERATOR)
            assert report["logged"] == report["streamed"]
            assert (report["missing"], report["doubled"], report["unknown"]) == (0, 0, [])
        assert await all_tables(installation, installation.addresses()) == lost.tables
        asked = {"id": lost.kept["kept"]}
        found = await client.query("projection", "kept-report", asked, OPERATOR)
        assert found["report"] == lost.kept["report"]
        await forget_past_reports(installation)
        assert await past_reports(client, OPERATOR, MONTH, SEQUENCES) == lost.reports
        assert await open_ticket(client) not in lost.acknowledged


async def test_the_operator_moves_a_stopped_system_elsewhere(
    lost: Lost, installation: Installation, tmp_path: Path, command: Command
) -> None:
    await restore(installation, lost.at_rest, quiet())

    backed_up = command(installation.folder, "backup", str(tmp_path / "again"))
    restored = command(tmp_path / "elsewhere", "restore", str(tmp_path / "again"))
    twice = command(tmp_path / "elsewhere", "restore", str(tmp_path / "again"))

    assert (backed_up.returncode, restored.returncode) == (0, 0), restored.stderr
    assert "Backed up as of" in backed_up.stdout
    assert "Everything is as of" in restored.stdout
    assert (twice.returncode, "holds a system" in twice.stderr) == (1, True)
    moved = Installation(tmp_path / "elsewhere")
    with moved.held():
        async with engines(moved) as addresses:
            assert await all_tables(moved, addresses) == lost.tables
    moved.forget()


async def test_a_backup_under_load_is_of_one_moment(lost: Lost, installation: Installation) -> None:
    await restore(installation, lost.under_load, quiet())

    async with started(installation.folder) as (_, client):
        await settled(installation, client)
        addresses = installation.addresses()
        logged: set[str] = set()
        for service in kept():
            place = dsn(installation, service, addresses)
            assert await invariants.versions(place) == []
            assert await invariants.states(place) == []
            logged |= {row.event_id for row in await event_log(place)}
        database = await asyncpg.connect(dsn(installation, "tickets", addresses))
        inbox = {str(row[0]) for row in await database.fetch("SELECT event_id FROM inbox")}
        effects = [
            str(row[0]) for row in await database.fetch("SELECT event_id FROM catalogue_event")
        ]
        tickets = {row[0] for row in await database.fetch("SELECT number FROM ticket")}
        await database.close()
        assert inbox <= logged
        assert sorted(effects) == sorted(inbox)
        assert lost.acknowledged <= tickets
        await _all_are_read(client, tickets)


async def _all_are_read(client: Client, tickets: set[str]) -> None:
    found: dict[str, Any] = await client.query("projection", "tickets", {"size": 1}, OPERATOR)
    assert found["total"] == len(tickets)


def test_nobody_else_can_read_a_backup(lost: Lost) -> None:
    assert stat.S_IMODE(lost.at_rest.stat().st_mode) == 0o700
    files = [path for path in lost.at_rest.rglob("*") if path.is_file()]
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert {path.name for path in files} >= {"manifest.json", "state.json", "tickets.dump"}


def test_only_read_models_are_left_out() -> None:
    assert set(stateful()) - set(kept()) == {"projection"}
