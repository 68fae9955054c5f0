"""The doctor finds what is wrong, one thing at a time, and says what to do about it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from subprocess import CompletedProcess
from uuid import uuid4

import asyncpg
import orjson
import pytest

from bodemplaat.operations.doctor.examination import examine
from bodemplaat.operations.doctor.finding import Finding
from bodemplaat.operator import OPERATOR
from bodemplaat.system import System
from chassis.client import Client
from chassis.database import driver_url
from chassis.databases import database_urls
from chassis.testing.stream import eventually

pytestmark = pytest.mark.slow

Command = Callable[..., CompletedProcess[str]]
PATIENCE_SECONDS = 30.0


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


async def tell_something(client: Client) -> None:
    """An event that others take in, and nothing in the case rests on."""
    calendar = {
        "calendar": f"calendar-{uuid4().hex[:8]}",
        "name": "Maandagen",
        "valid_from": "2020-01-01",
        "hours": [{"weekday": 1, "opens": "08:00", "closes": "17:00"}],
    }
    await client.command(
        "catalog", "define-calendar", calendar, OPERATOR, command_id=str(uuid4()), timeout=30
    )


def test_a_system_that_is_well_gives_exit_code_0(healthy: System, command: Command) -> None:
    done = command(healthy.installation.folder, "doctor")
    assert (done.returncode, done.stdout.strip()) == (0, "Nothing is wrong.")


async def test_a_service_that_hangs(healthy: System) -> None:
    with paused(healthy, "gateway"):
        finding = await found(healthy, "service gateway")
    assert finding.what == "Not ready: it does not answer."
    assert "gateway.log" in finding.do


async def test_a_projection_that_hangs(healthy: System) -> None:
    with paused(healthy, "projection"):
        assert (await found(healthy, "read models")).what == "Nobody tells how far they are."


async def test_read_models_of_another_stream(
    healthy: System, system_client: Client, command: Command
) -> None:
    await execute(healthy, "projection", "UPDATE generation SET stream = 'DOMAIN of old'")
    await tell_something(system_client)
    finding = await found(healthy, "service projection")
    assert "was folded from DOMAIN of old" in finding.what
    assert finding.do == "Run `bodemplaat rebuild`."
    rebuilt = await asyncio.to_thread(command, healthy.installation.folder, "rebuild")
    assert rebuilt.returncode == 0


async def test_events_that_do_not_reach_the_stream(healthy: System, system_client: Client) -> None:
    await tell_something(system_client)
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


async def test_a_consumer_that_is_stuck(healthy: System, system_client: Client) -> None:
    with paused(healthy, "tickets"):
        await tell_something(system_client)
        finding = await found(healthy, "consumer tickets-catalogue")
    assert "none gets through" in finding.what


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
