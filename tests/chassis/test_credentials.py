"""What each user of NATS may say and hear: exactly what the topology says."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from pathlib import Path
from typing import Any

import nats
import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection
from nats.js.api import AckPolicy, ConsumerConfig

from chassis.credentials import Credentials, accounts_config
from chassis.permissions import inbox
from contracts.topology import DOMAIN_STREAM, SERVICES, command_subject, query_subject


class Probe:
    """A connection that keeps what the server forbade it."""

    def __init__(self) -> None:
        self.connection = Connection()
        self.forbidden: list[str] = []

    async def note(self, error: Exception) -> None:
        self.forbidden.append(str(error))

    async def settle(self) -> None:
        """Wait for what the server says of everything before.

        Twice: nats-py sends the first ping ahead of what it still holds.
        """
        await self.connection.flush()
        await self.connection.flush()

    async def publish(self, subject: str, body: bytes = b"{}") -> bool:
        """Whether the server took it."""
        before = len(self.forbidden)
        await self.connection.publish(subject, body)
        await self.settle()
        return len(self.forbidden) == before

    async def subscribe(self, subject: str, queue: str = "") -> bool:
        before = len(self.forbidden)
        subscription = await self.connection.subscribe(subject, queue=queue)
        await self.settle()
        if allowed := len(self.forbidden) == before:
            await subscription.unsubscribe()
        return allowed


ProbeAs = Callable[[str], Awaitable[Probe]]


@pytest_asyncio.fixture
async def probe_as(nats_url: str, credentials: Credentials) -> AsyncIterator[ProbeAs]:
    async with AsyncExitStack() as stack:

        async def connect(user: str) -> Probe:
            probe = Probe()
            await probe.connection.connect(
                nats_url,
                nkeys_seed=str(credentials.seed_file(user)),
                inbox_prefix=inbox(user),
                error_cb=probe.note,
            )
            stack.push_async_callback(probe.connection.close)
            return probe

        yield connect


FORBIDDEN_TO_SAY = [
    ("catalog", "evt.tickets.ticket-opened"),
    ("tickets", "evt.catalog.partner-joined"),
    ("tickets", "cmd.catalog.register-partner"),
    ("projection", "evt.tickets.ticket-opened"),
    ("projection", "cmd.tickets.open-ticket"),
    ("gateway", "evt.tickets.ticket-opened"),
    ("gateway", "cmd.tickets.no-such-command"),
    ("gateway", "adm.tickets.reconcile"),
    ("gateway", "live.tickets.zevenaar"),
    ("operator", "evt.catalog.partner-joined"),
    ("tickets", "live.tickets.zevenaar"),
    ("tickets", "_INBOX_gateway.abc"),
    ("tickets", "qry.projection.dashboard"),
    ("tickets", f"$JS.API.STREAM.PURGE.{DOMAIN_STREAM}"),
    ("tickets", f"$JS.API.STREAM.DELETE.{DOMAIN_STREAM}"),
    ("tickets", f"$JS.API.STREAM.UPDATE.{DOMAIN_STREAM}"),
    ("tickets", f"$JS.API.STREAM.MSG.DELETE.{DOMAIN_STREAM}"),
    ("tickets", f"$JS.API.CONSUMER.CREATE.{DOMAIN_STREAM}.eavesdropper"),
    ("tickets", f"$JS.API.CONSUMER.CREATE.{DOMAIN_STREAM}.tickets-reconcile.evt.catalog.>"),
    ("tickets", f"$JS.API.CONSUMER.DELETE.{DOMAIN_STREAM}.tickets-catalogue"),
    ("tickets", f"$JS.API.DIRECT.GET.{DOMAIN_STREAM}"),
    ("catalog", f"$JS.API.CONSUMER.MSG.NEXT.{DOMAIN_STREAM}.tickets-catalogue"),
    ("catalog", f"$JS.ACK.{DOMAIN_STREAM}.tickets-catalogue.1.1.1.1.1"),
    ("projection", f"$JS.API.CONSUMER.DELETE.{DOMAIN_STREAM}.tickets-catalogue"),
    ("projection", f"$JS.API.CONSUMER.CREATE.{DOMAIN_STREAM}.projection-other"),
    ("provisioner", "evt.tickets.ticket-opened"),
    ("provisioner", f"$JS.API.STREAM.DELETE.{DOMAIN_STREAM}"),
    ("provisioner", f"$JS.API.STREAM.UPDATE.{DOMAIN_STREAM}"),
    ("provisioner", f"$JS.API.STREAM.PURGE.{DOMAIN_STREAM}"),
    ("provisioner", "$JS.API.STREAM.CREATE.OTHER"),
    ("gateway", "$SYS.REQ.SERVER.PING"),
]

FORBIDDEN_TO_HEAR = [
    ("tickets", "_INBOX_gateway.>", ""),
    ("tickets", "_INBOX.>", ""),
    ("tickets", ">", ""),
    ("tickets", "evt.>", ""),
    ("tickets", "cmd.catalog.*", "catalog"),
    ("tickets", "cmd.tickets.*", ""),
    ("tickets", "cmd.tickets.*", "eavesdropper"),
    ("gateway", "cmd.tickets.*", "tickets"),
    ("gateway", "evt.>", ""),
    ("projection", "evt.>", ""),
    ("projection", "live.>", ""),
    ("operator", "_INBOX_gateway.>", ""),
    ("provisioner", "evt.>", ""),
]


@pytest.mark.parametrize(("user", "subject"), FORBIDDEN_TO_SAY)
async def test_what_the_topology_does_not_name_cannot_be_said(
    probe_as: ProbeAs, stream: Connection, user: str, subject: str
) -> None:
    probe = await probe_as(user)
    assert not await probe.publish(subject)
    assert (await stream.jetstream().stream_info(DOMAIN_STREAM)).state.messages == 0


@pytest.mark.parametrize(("user", "subject", "queue"), FORBIDDEN_TO_HEAR)
async def test_what_the_topology_does_not_name_cannot_be_heard(
    probe_as: ProbeAs, user: str, subject: str, queue: str
) -> None:
    assert not await (await probe_as(user)).subscribe(subject, queue)


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
async def test_each_service_says_and_hears_all_that_the_topology_names(
    probe_as: ProbeAs, stream: Connection, service: Any
) -> None:
    probe = await probe_as(service.name)
    said = [
        *(
            command_subject(other.name, command)
            for other in SERVICES
            if other.name in service.sends
            for command in other.commands
        ),
        *(
            query_subject(other.name, query)
            for other in SERVICES
            if other.name in service.asks
            for query in other.queries
        ),
        *([f"evt.{service.name}.something"] if service.publishes else []),
        *(["live.tickets.zevenaar"] if service.live else []),
        *(["adm.catalog.reconcile", "adm.projection.parked"] if service.administers else []),
    ]
    heard = [
        *([(f"cmd.{service.name}.*", service.name)] if service.commands else []),
        *([(f"qry.{service.name}.*", service.name)] if service.queries else []),
        *([(f"adm.{service.name}.*", service.name)] if service.answers else []),
        *([("live.>", "")] if service.watches else []),
        (f"{inbox(service.name)}.>", ""),
    ]
    for subject in said:
        assert await probe.publish(subject), probe.forbidden
    for subject, queue in heard:
        assert await probe.subscribe(subject, queue), probe.forbidden


async def test_an_answer_goes_to_who_asked_and_only_once(
    probe_as: ProbeAs, stream: Connection
) -> None:
    tickets, gateway = await probe_as("tickets"), await probe_as("gateway")

    async def answer_twice(message: Any) -> None:
        await message.respond(b"first")
        await message.respond(b"second")

    await tickets.connection.subscribe("cmd.tickets.*", queue="tickets", cb=answer_twice)
    await tickets.settle()
    answer = await gateway.connection.request("cmd.tickets.open-ticket", b"{}", timeout=2)
    await tickets.settle()
    assert answer.data == b"first"
    assert len(tickets.forbidden) == 1


async def test_a_durable_consumer_is_fetched_from_and_acknowledged(
    probe_as: ProbeAs, stream: Connection
) -> None:
    catalog, tickets = await probe_as("catalog"), await probe_as("tickets")
    await catalog.connection.jetstream().publish("evt.catalog.partner-joined", b"{}")
    subscription = await tickets.connection.jetstream().pull_subscribe_bind(
        "tickets-catalogue", DOMAIN_STREAM
    )
    (message,) = await subscription.fetch(1, timeout=2)
    await message.ack_sync()
    info = await subscription.consumer_info()
    assert (info.num_pending, info.num_ack_pending) == (0, 0)
    assert tickets.forbidden == []


@pytest.mark.parametrize(
    ("user", "consumer", "filtered"),
    [
        ("projection", "projection-live", None),
        ("projection", "projection-rebuild", "evt.>"),
        ("operator", "operator-live", None),
        ("tickets", "tickets-reconcile", "evt.tickets.>"),
    ],
)
async def test_a_reader_makes_uses_and_removes_its_own_consumer(
    probe_as: ProbeAs, stream: Connection, user: str, consumer: str, filtered: str | None
) -> None:
    await stream.jetstream().publish("evt.tickets.ticket-opened", b"{}")
    probe = await probe_as(user)
    jetstream = probe.connection.jetstream()
    config = ConsumerConfig(name=consumer, ack_policy=AckPolicy.NONE, filter_subject=filtered)
    await jetstream.add_consumer(DOMAIN_STREAM, config)
    subscription = await jetstream.pull_subscribe_bind(consumer, DOMAIN_STREAM)
    assert len(await subscription.fetch(1, timeout=2)) == 1
    await jetstream.delete_consumer(DOMAIN_STREAM, consumer)
    assert probe.forbidden == []


@pytest.mark.parametrize("proof", ["nothing", "a strange key", "a password"])
async def test_nobody_enters_without_a_key_of_ours(
    nats_url: str, tmp_path: Path, proof: str
) -> None:
    options = {
        "nothing": {},
        "a strange key": {"nkeys_seed": str(Credentials(tmp_path).seed_file("gateway"))},
        "a password": {"user": "gateway", "password": "gateway"},
    }
    probe = Probe()
    with pytest.raises(nats.errors.Error, match=r"(?i)authorization"):
        await probe.connection.connect(
            nats_url, allow_reconnect=False, error_cb=probe.note, **options[proof]
        )
    probe.connection._transport.close()
    with suppress(ConnectionError):
        await probe.connection._transport.wait_closed()


def test_secrets_are_private_kept_and_not_in_the_servers_configuration(tmp_path: Path) -> None:
    credentials = Credentials(tmp_path / "credentials")
    configuration = accounts_config(credentials)
    again = Credentials(tmp_path / "credentials")
    assert accounts_config(again) == configuration
    assert again.password("tickets") == credentials.password("tickets")
    assert credentials.folder.stat().st_mode & 0o077 == 0
    for file in credentials.folder.iterdir():
        assert file.stat().st_mode & 0o077 == 0
        assert file.read_text() not in configuration
