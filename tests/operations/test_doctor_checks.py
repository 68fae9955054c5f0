"""Each check of the doctor, on what is away, differs or runs out."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nats.aio.client import Client as Connection

from bodemplaat.installation import Addresses, Installation
from bodemplaat.operations.doctor import broker, databases, machine, services
from bodemplaat.operations.doctor.examination import examine
from bodemplaat.operations.doctor.finding import lasting
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
from chassis.databases import DatabaseUrls, database_urls, stateful
from chassis.ports import is_free
from contracts.topology import DOMAIN_STREAM

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
LONG_AGO = timedelta(hours=1)
WELL = Condition(NOW, 0, None, NOW, 0, None, ())


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
        "Stream DOMAIN: num_replicas is 1 and must be 3.",
        "Stream PROCESSING: num_replicas is 1 and must be 3.",
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
