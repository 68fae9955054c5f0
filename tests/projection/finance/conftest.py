"""Two years in the books of two partners, told once and asked about many times."""

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.credentials import Credentials
from chassis.errors import Refused
from chassis.service import running
from chassis.settings import Settings
from chassis.testing.broker import connected
from chassis.testing.databases import Databases
from chassis.testing.history import envelopes
from chassis.testing.stream import eventually
from contracts.envelope import Envelope, source_urn
from services.projection.service import compose

SOURCE = source_urn("00000001003214345000", "finance")
HISTORY = Path(__file__).parent / "history.json"
"""Per event: its aggregate, its name with its context, the day, what it tells."""
KEEPER = Caller("k-1", frozenset({"controller"}), None)


@pytest.fixture
def history() -> list[Envelope]:
    return list(envelopes(json.loads(HISTORY.read_text()), SOURCE))


@dataclass
class Books:
    """A projection that holds the history, or nothing yet."""

    client: Client
    last: int = 0

    async def ask(self, query: str, caller: Caller = KEEPER, **params: Any) -> dict[str, Any]:
        reply = await self.client.query("projection", query, params, caller)
        assert reply["sequence"] == self.last
        return reply

    async def refusal(self, query: str, caller: Caller = KEEPER, **params: Any) -> Any:
        """The fault with which it is refused."""
        with pytest.raises(Refused) as refused:
            await self.ask(query, caller, **params)
        return refused.value.faults[0]

    async def caught_up(self) -> bool:
        reply = await self.client.query("projection", "status", {}, KEEPER)
        return bool(reply["sequence"] >= self.last)


@pytest_asyncio.fixture(scope="module")
async def empty_books(
    nats_url: str, credentials: Credentials, databases: Databases, module_stream: Connection
) -> AsyncIterator[Books]:
    async with AsyncExitStack() as stack:
        urls = await stack.enter_async_context(databases.fresh("projection"))
        settings = Settings(
            nats_url=nats_url,
            nats_seed_file=credentials.seed_file("projection"),
            database_url=urls["projection"].runtime,
            stop_seconds=3.0,
        )
        await stack.enter_async_context(running(compose(), settings))
        gateway = await stack.enter_async_context(connected(nats_url, credentials, "gateway"))
        yield Books(Client(gateway))


@pytest_asyncio.fixture(scope="module")
async def books(empty_books: Books, module_stream: Connection) -> Books:
    jetstream = module_stream.jetstream()
    for envelope in envelopes(json.loads(HISTORY.read_text()), SOURCE):
        _, _, context, name, _ = envelope.type.split(".")
        stored = await jetstream.publish(f"evt.{context}.{name}", envelope.to_json())
        empty_books.last = stored.seq
    await eventually(empty_books.caught_up)
    return empty_books
