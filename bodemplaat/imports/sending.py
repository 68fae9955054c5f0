"""Sending histories to `tickets` in batches that fit a message, a few at a time."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import uuid4

import orjson

from bodemplaat.imports.history import History, import_body
from bodemplaat.operator import OPERATOR
from chassis.client import Caller, Client
from chassis.errors import Fault, Refused

BATCH_HISTORIES = 200
"""A command takes 500 at most; fewer keep the reply soon and the progress smooth."""
BATCH_BYTES = 384 * 1024
"""Well below what the broker takes in one message (1 MiB)."""
IN_FLIGHT = 2
TIMEOUT_SECONDS = 60.0
ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a history."""

    history: History
    outcome: Literal["imported", "already-imported", "rejected"]
    ticket: str | None
    faults: tuple[Fault, ...]


async def send(
    client: Client, source: str, histories: Iterable[History], caller: Caller = OPERATOR
) -> AsyncIterator[Sequence[Sent]]:
    """Send all histories; each batch's outcome as it is known, in order.

    At most `IN_FLIGHT` batches exist at a time. A batch whose outcome is unknown is repeated
    under its own command id. Raises `Refused` when a batch is refused as a whole.
    """
    waiting: list[asyncio.Task[Sequence[Sent]]] = []
    try:
        for batch in batches(histories):
            waiting.append(asyncio.create_task(_send_batch(client, source, batch, caller)))
            if len(waiting) >= IN_FLIGHT:
                yield await waiting.pop(0)
        while waiting:
            yield await waiting.pop(0)
    finally:
        for task in waiting:
            task.cancel()


def batches(histories: Iterable[History]) -> Iterator[list[History]]:
    """Histories in order, cut into batches by number and by size."""
    batch: list[History] = []
    size = 0
    for history in histories:
        length = len(orjson.dumps(history.body()))
        if batch and (len(batch) >= BATCH_HISTORIES or size + length > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(history)
        size += length
    if batch:
        yield batch


async def _send_batch(
    client: Client, source: str, batch: Sequence[History], caller: Caller
) -> Sequence[Sent]:
    body = orjson.dumps(import_body(source, batch))
    reply = await persistently(client, "tickets", "import-tickets", body, caller)
    return _outcomes(batch, reply["results"])


async def persistently(
    client: Client, service: str, command: str, body: bytes, caller: Caller = OPERATOR
) -> dict[str, Any]:
    """The reply; a command whose outcome is unknown is sent again under its own id."""
    command_id = str(uuid4())
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return await client.command(
                service, command, body, caller, command_id=command_id, timeout=TIMEOUT_SECONDS
            )
        except Refused as refused:
            if attempt == ATTEMPTS or not is_unavailable(refused):
                raise
            await asyncio.sleep(attempt)
    raise AssertionError  # pragma: no cover  the last attempt returned or raised


def is_unavailable(refused: Refused) -> bool:
    """Nobody answered, so the same command may be sent again."""
    return any(fault.kind == "unavailable" for fault in refused.faults)


def in_words(faults: Iterable[Fault]) -> str:
    """Each fault's slug with its facts."""
    return "; ".join(
        " ".join([fault.slug, *(f"{name}={value}" for name, value in fault.params.items())])
        for fault in faults
    )


def _outcomes(batch: Sequence[History], results: Sequence[dict[str, Any]]) -> Sequence[Sent]:
    by_external = {result["external"]: result for result in results}
    return [_sent(history, by_external[history.external]) for history in batch]


def _sent(history: History, result: dict[str, Any]) -> Sent:
    faults = tuple(Fault.model_validate(fault) for fault in result.get("faults", ()))
    return Sent(history, result["outcome"], result.get("ticket"), faults)
