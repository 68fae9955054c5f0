"""Provisioning: made once, the same ever after, and what differs is told, not rewritten."""

from collections.abc import Awaitable, Callable
from pathlib import Path

import psycopg
import pytest
from nats.aio.client import Client as Connection
from nats.js.errors import APIError

from chassis.credentials import Credentials
from chassis.databases import DatabaseUrls, create_databases, drop_database
from chassis.provisioning import Drift, check, domain_stream, durable_consumers, provision
from chassis.testing.broker import remove_stream
from contracts.topology import DOMAIN_STREAM

ConnectAs = Callable[[str], Awaitable[Connection]]


async def configuration(connection: Connection) -> dict[str, object]:
    jetstream = connection.jetstream()
    stream = await jetstream.stream_info(DOMAIN_STREAM)
    consumers = [await jetstream.consumer_info(DOMAIN_STREAM, c.name) for c in durable_consumers()]
    return {
        "stream": stream.config.as_dict(),
        "created": stream.created,
        "consumers": [(c.config.as_dict(), c.created) for c in consumers],
    }


async def test_the_provisioner_makes_everything_and_a_second_time_changes_nothing(
    stream: Connection, connect_as: ConnectAs
) -> None:
    await remove_stream(stream)
    provisioner = await connect_as("provisioner")
    await provision(provisioner)
    before = await configuration(stream)
    await provision(provisioner)
    assert await configuration(stream) == before


async def test_the_stream_keeps_everything_and_takes_atomic_batches(stream: Connection) -> None:
    found = (await stream.jetstream().stream_info(DOMAIN_STREAM)).config
    assert (found.deny_delete, found.deny_purge, found.allow_atomic) == (True, True, True)
    assert (found.max_age, found.max_msgs, found.max_bytes) == (0, -1, -1)
    assert found.duplicate_window >= 2 * 3600


async def test_not_even_an_administrator_deletes_or_purges_events(stream: Connection) -> None:
    jetstream = stream.jetstream()
    stored = await jetstream.publish("evt.tickets.ticket-opened", b"{}")
    with pytest.raises(APIError, match="delete not permitted"):
        await jetstream.delete_msg(DOMAIN_STREAM, stored.seq)
    with pytest.raises(APIError, match="purge not permitted"):
        await jetstream.purge_stream(DOMAIN_STREAM)


async def test_each_differing_setting_is_named_and_left_as_it_is(stream: Connection) -> None:
    changed = domain_stream().evolve(duplicate_window=120.0, max_msgs=10)
    await stream.jetstream().update_stream(changed)
    with pytest.raises(Drift) as drift:
        await provision(stream)
    assert drift.value.differences == (
        "stream DOMAIN: max_msgs is 10 and must be -1",
        "stream DOMAIN: duplicate_window is 120000000000 and must be 21600000000000",
    )
    assert (await stream.jetstream().stream_info(DOMAIN_STREAM)).config.max_msgs == 10


async def test_a_missing_consumer_is_drift(stream: Connection) -> None:
    await stream.jetstream().delete_consumer(DOMAIN_STREAM, "tickets-catalogue")
    with pytest.raises(Drift, match="consumer tickets-catalogue is missing"):
        await check(stream)


async def test_a_consumer_that_would_reorder_is_drift(stream: Connection) -> None:
    wanted = next(iter(durable_consumers()))
    await stream.jetstream().add_consumer(DOMAIN_STREAM, wanted.evolve(max_ack_pending=100))
    with pytest.raises(Drift, match="max_ack_pending is 100 and must be 1"):
        await check(stream)


@pytest.fixture
async def urls(postgres_url: str, credentials: Credentials) -> DatabaseUrls:
    await drop_database(postgres_url, "catalog")
    return (await create_databases(postgres_url, credentials, ["catalog"]))["catalog"]


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(statement.encode())


async def test_databases_are_made_once(
    urls: DatabaseUrls, postgres_url: str, credentials: Credentials
) -> None:
    execute(urls.owner, "CREATE TABLE kept (id int)")
    assert (await create_databases(postgres_url, credentials, ["catalog"]))["catalog"] == urls
    execute(urls.runtime, "INSERT INTO kept VALUES (1)")


async def test_a_new_password_takes_effect(
    urls: DatabaseUrls, postgres_url: str, credentials: Credentials, tmp_path: Path
) -> None:
    others = Credentials(tmp_path / "others")
    renewed = (await create_databases(postgres_url, others, ["catalog"]))["catalog"]
    try:
        execute(renewed.runtime, "SELECT 1")
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            execute(urls.runtime, "SELECT 1")
    finally:
        await create_databases(postgres_url, credentials, ["catalog"])


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TABLE sneaky (id int)",
        "CREATE SCHEMA sneaky",
        "ALTER TABLE kept ADD COLUMN sneaky int",
        "DROP TABLE kept",
        "TRUNCATE kept",
    ],
)
async def test_the_runtime_role_reads_and_writes_rows_and_defines_nothing(
    urls: DatabaseUrls, statement: str
) -> None:
    execute(urls.owner, "CREATE TABLE kept (id int GENERATED ALWAYS AS IDENTITY, text text)")
    execute(urls.runtime, "INSERT INTO kept (text) VALUES ('a'); UPDATE kept SET text = 'b'")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        execute(urls.runtime, statement)


async def test_one_service_cannot_enter_the_database_of_another(
    urls: DatabaseUrls, postgres_url: str, credentials: Credentials
) -> None:
    await create_databases(postgres_url, credentials, ["tickets"])
    foreign = urls.runtime.replace(
        f"catalog:{credentials.password('catalog')}", f"tickets:{credentials.password('tickets')}"
    )
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        execute(foreign, "SELECT 1")
