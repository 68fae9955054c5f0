"""The doctor finds what is wrong, one thing at a time, and says what to do about it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from subprocess import CompletedProcess
from uuid import uuid4

import asyncpg
import orjson
import pytest
from nats.aio.client import Client as Connection

from bodemplaat.engines.state import is_free
from bodemplaat.installation import Addresses, Installation
from bodemplaat.operations.doctor import broker, databases, machine, services
from bodemplaat.operations.doctor.examination import examine
from bodemplaat.operations.doctor.finding import Finding, lasting
from bodemplaat.operator import OPERATOR
from bodemplaat.system import System
from chassis.client import Client
from chassis.condition import (
    Backlog,
    Condition,
    DatabaseMissing,
    DatabaseUnreachable,
    LoginRefused,
    TablesMissing,
    condition,
)
from chassis.credentials import Credentials, accounts_config
from chassis.database import driver_url
from chassis.databases import DatabaseUrls, database_urls, stateful
from chassis.testing.stream import eventually
from contracts.topology import DOMAIN_STREAM

Command = Callable[..., CompletedProcess[str]]
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG_AGO = timedelta(hours=1)
PATIENCE_SECONDS = 30.0
WELL = Condition(NOW, 0, None, NOW, 0, None, ())


def place(system: System, service: str) -> str:
    """The owner role's address of this service's database."""
    urls = database_urls(
        system.addresses.database_url, system.installation.credentials, service, name=service
    )
    return driver_url(urls.owner, "")


async def execute(system: System, service: str, *statements: str) -> None:
    database = await asyncpg.connect(place(system, service))
    for statement in statements:
        await database.execute(statement)
    await database.close()


@contextmanager
def paused(system: System, service: str) -> Iterator[None]:
    pid = system.services[service].pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


async def found(system: System, check: str) -> Finding:
    """The finding of this check, as soon as there is one."""

    async def look() -> Finding | None:
        findings = await examine(system.installation)
        return next((each for each in findings if each.check == check), None)

    return await eventually(look, seconds=PATIENCE_SECONDS)


async def well(system: System) -> None:
    """Returns when nothing is wrong."""

    async def nothing() -> bool:
        return await examine(system.installation) == []

    await eventually(nothing, seconds=PATIENCE_SECONDS)


@pytest.fixture
async def healthy(system: System) -> AsyncIterator[System]:
    """A system that is well, and must be well again after the test."""
    await well(system)
    yield system
    await well(system)


async def register(client: Client) -> None:
    partner = {
        "partner": f"partner-{uuid4().hex[:8]}",
        "name": "Zevenaar",
        "kind": "municipality",
        "oin": f"{uuid4().int % 10**20:020d}",
        "joined_on": "2020-01-01",
    }
    await client.command(
        "catalog", "register-partner", partner, OPERATOR, command_id=str(uuid4()), timeout=30
    )


@pytest.mark.slow
def test_a_system_that_is_well_gives_exit_code_0(healthy: System, command: Command) -> None:
    done = command(healthy.installation.folder, "doctor")
    assert (done.returncode, done.stdout.strip()) == (0, "Nothing is wrong.")


@pytest.mark.slow
async def test_a_service_that_hangs(healthy: System) -> None:
    with paused(healthy, "gateway"):
        finding = await found(healthy, "service gateway")
    assert finding.what == "Not ready: it does not answer."
    assert "gateway.log" in finding.do


@pytest.mark.slow
async def test_a_projection_that_hangs(healthy: System) -> None:
    with paused(healthy, "projection"):
        assert (await found(healthy, "read models")).what == "Nobody tells how far they are."


@pytest.mark.slow
async def test_read_models_of_another_stream(
    healthy: System, system_client: Client, command: Command
) -> None:
    await execute(healthy, "projection", "UPDATE generation SET stream = 'DOMAIN of old'")
    await register(system_client)
    finding = await found(healthy, "service projection")
    assert "was folded from DOMAIN of old" in finding.what
    assert finding.do == "Run `bodemplaat rebuild`."
    rebuilt = await asyncio.to_thread(command, healthy.installation.folder, "rebuild")
    assert rebuilt.returncode == 0


@pytest.mark.slow
async def test_events_that_do_not_reach_the_stream(healthy: System, system_client: Client) -> None:
    await register(system_client)
    await well(healthy)
    with paused(healthy, "catalog"):
        await execute(
            healthy,
            "catalog",
            "UPDATE event_log SET published_at = NULL, recorded_at = now() - interval '1 hour'"
            " WHERE id = (SELECT max(id) FROM event_log)",
        )
        finding = await found(healthy, "relay of catalog")
    assert finding.what == "1 events are not in the stream, the oldest for 1 hour."


@pytest.mark.slow
async def test_a_timer_that_fails(healthy: System) -> None:
    await execute(
        healthy,
        "catalog",
        "INSERT INTO timer (kind, key, due_at, trace)"
        " VALUES ('unheard-of', 'x', now() - interval '1 day', '{}')",
    )
    try:
        finding = await found(healthy, "timers of catalog")
    finally:
        await execute(healthy, "catalog", "DELETE FROM timer WHERE kind = 'unheard-of'")
    assert finding.what.startswith("1 timers are due and have not fired, the oldest for 1 day")


@pytest.mark.slow
async def test_a_parked_event(healthy: System) -> None:
    await execute(
        healthy,
        "tickets",
        "INSERT INTO parked VALUES ('tickets-catalogue', gen_random_uuid(), 'partner/x', 1, 1,"
        " '{}', 'KeyError(''norm'')', now())",
    )
    try:
        finding = await found(healthy, "parked events")
    finally:
        await execute(healthy, "tickets", "DELETE FROM parked")
    assert finding.what == "1 of partner/x wait for tickets-catalogue: KeyError('norm')"
    assert "`bodemplaat parked retry tickets-catalogue partner/x`" in finding.do


@pytest.mark.slow
async def test_a_consumer_that_is_stuck(healthy: System, system_client: Client) -> None:
    with paused(healthy, "tickets"):
        await register(system_client)
        finding = await found(healthy, "consumer tickets-catalogue")
    assert "none gets through" in finding.what


@pytest.mark.slow
async def test_tables_of_another_release(healthy: System) -> None:
    await execute(healthy, "tickets", "UPDATE alembic_version SET version_num = 'x' || version_num")
    try:
        finding = await found(healthy, "database of tickets")
    finally:
        await execute(
            healthy, "tickets", "UPDATE alembic_version SET version_num = substr(version_num, 2)"
        )
    assert finding.what == "Its tables are not those of this release."
    assert "`bodemplaat provision`" in finding.do


@pytest.mark.slow
async def test_a_secret_that_others_can_read(healthy: System, command: Command) -> None:
    secret = healthy.installation.credentials.folder / "tickets.password"
    secret.chmod(0o644)
    try:
        (finding,) = await examine(healthy.installation)
        told = await asyncio.to_thread(command, healthy.installation.folder, "doctor", "--json")
    finally:
        secret.chmod(0o600)
    assert (finding.check, "mode 644" in finding.what) == ("credentials", True)
    assert f"`chmod 600 {secret}`" in finding.do
    assert told.returncode == 1
    assert orjson.loads(told.stdout) == {"healthy": False, "findings": [finding.as_json()]}


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    """One that has its secrets and nothing else."""
    made = Installation(tmp_path)
    accounts_config(made.credentials)
    database_urls_of_all(made)
    return made


def database_urls_of_all(installation: Installation) -> None:
    for service in stateful():
        database_urls("postgresql://x@y/z", installation.credentials, service, name=service)


def closed_port() -> int:
    return next(port for port in range(20_000, 30_000) if is_free(port))


async def test_engines_that_are_away(installation: Installation) -> None:
    port = closed_port()
    installation.remember(
        Addresses(f"nats://127.0.0.1:{port}", f"postgresql://x@127.0.0.1:{port}/x")
    )
    findings = await examine(installation)
    assert [finding.check for finding in findings] == ["postgresql", "nats"]
    assert all("`bodemplaat run`" in finding.do for finding in findings)


async def test_a_system_that_never_ran(installation: Installation) -> None:
    (finding,) = await examine(installation)
    assert "No system was ever started" in finding.what


async def test_secrets_that_are_missing_are_not_made_by_looking(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    installation.remember(Addresses("nats://127.0.0.1:1", "postgresql://x@127.0.0.1:1/x"))
    (finding,) = await examine(installation)
    assert "lacks catalog.nk" in finding.what
    assert not installation.credentials.folder.exists()


async def test_a_consumer_that_is_gone_or_differs(
    stream: Connection, nats_url: str, credentials: Credentials, tmp_path: Path
) -> None:
    installation = Installation(tmp_path)
    installation.credentials = credentials
    await stream.jetstream().delete_consumer(DOMAIN_STREAM, "tickets-catalogue")
    findings = await broker.examine(installation, Addresses(nats_url, ""), replicas=1)
    assert [finding.what for finding in findings] == ["Consumer tickets-catalogue is missing."]
    assert "`bodemplaat provision`" in findings[0].do


async def test_a_stream_that_differs(
    stream: Connection, nats_url: str, credentials: Credentials, tmp_path: Path
) -> None:
    installation = Installation(tmp_path)
    installation.credentials = credentials
    findings = await broker.examine(installation, Addresses(nats_url, ""), replicas=3)
    assert [finding.what for finding in findings] == [
        "Stream DOMAIN: num_replicas is 1 and must be 3."
    ]


async def test_what_keeps_from_looking_into_a_database_is_told_apart(
    service_databases: Callable[..., object], postgres_url: str
) -> None:
    urls: dict[str, DatabaseUrls] = await service_databases("catalog")  # type: ignore[misc]
    right = urls["catalog"].runtime
    name = right.rpartition("/")[2]
    with pytest.raises(LoginRefused):
        await condition(right.replace("://catalog:", "://catalog:wrong"))
    with pytest.raises(DatabaseMissing):
        await condition(right.removesuffix(name) + "nowhere")
    with pytest.raises(TablesMissing):
        await condition(postgres_url)
    with pytest.raises(DatabaseUnreachable):
        await condition(f"postgresql://x:y@127.0.0.1:{closed_port()}/x")
    assert (await condition(right)).parked == ()


def test_a_disk_that_fills_up() -> None:
    (finding,) = machine.room(Path("/data"), 300 * 2**20)
    assert finding.what == "/data has 0.29 GiB left."
    assert list(machine.room(Path("/data"), 2**31)) == []


@pytest.mark.parametrize("apart", [timedelta(minutes=5), timedelta(minutes=-5)])
def test_clocks_that_differ(apart: timedelta) -> None:
    (finding,) = databases.clock(WELL, NOW + apart)
    assert finding.what == "The clocks of this machine and of PostgreSQL are 5 minutes apart."
    assert list(databases.clock(WELL, NOW)) == []


def test_a_clock_that_was_set_back() -> None:
    ahead = Condition(NOW, 0, None, NOW + LONG_AGO, 0, None, ())
    (finding,) = databases.clock(ahead, NOW)
    assert finding.what == "The last event was recorded 1 hour from now."


def test_a_consumer_that_gets_on_is_not_stuck() -> None:
    before = {"a": Backlog(5, 10), "b": Backlog(5, 10), "c": Backlog(5, 10)}
    after = {"a": Backlog(5, 11), "b": Backlog(0, 15), "c": Backlog(6, 10)}
    assert [finding.check for finding in broker.stuck(before, after)] == ["consumer c"]


def test_read_models_that_get_on_are_not_behind() -> None:
    behind = {"sequence": 10, "lag": 5}
    assert list(services.standstill(behind, {"sequence": 11, "lag": 5})) == []
    assert list(services.standstill(behind, {"sequence": 15, "lag": 0})) == []
    (finding,) = services.standstill(behind, behind)
    assert finding.what.startswith("5 events of the stream are not folded")


def test_spans_are_told_in_their_largest_unit() -> None:
    spans = [timedelta(seconds=9), timedelta(seconds=60), timedelta(hours=49)]
    assert [lasting(span) for span in spans] == ["9 s", "1 minute", "2 days"]
