"""Publishing to a stream so that each message is stored once, in order, and known to be.

- Several messages go as one JetStream atomic batch, each with its own message id.
- Error 10201 says that some of them are stored already: then one by one, and a duplicate counts
  as success.
- A time-out means *unknown*: whoever publishes tries the same messages again under the same ids.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any
from uuid import uuid4

import orjson
from nats.aio.client import Client

Message = tuple[str, bytes, dict[str, str]]
"""Subject, body, headers."""

ALREADY_STORED = 10201
ON_THEIR_WAY = 128
"""Messages of a batch that are sent while the next are written: the server need not wait."""


class PublishRefused(Exception):
    """The stream did not take a batch; nothing of it was stored."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(f"{description} ({code})")
        self.code = code


class Publisher:
    """Publishes over one connection; `sent` is told of each message of a batch but its last."""

    def __init__(
        self, connection: Client, timeout: float, sent: Callable[[], None] = lambda: None
    ) -> None:
        self._nats = connection
        self._timeout = timeout
        self._sent = sent

    async def publish(self, messages: Sequence[Message]) -> list[int]:
        """Returns the stream sequence of each, also of those that the stream had already."""
        if len(messages) == 1:
            return [await self.request(*messages[0])]
        try:
            last = await self._batch(messages)
        except PublishRefused as refused:
            if refused.code != ALREADY_STORED:
                raise
            return [await self.request(*message) for message in messages]
        return list(range(last - len(messages) + 1, last + 1))

    async def request(self, subject: str, body: bytes, headers: dict[str, str]) -> int:
        """Returns the stream sequence, also of a message that the stream had already."""
        answer = await self._nats.request(subject, body, headers=headers, timeout=self._timeout)
        acknowledgement: dict[str, Any] = orjson.loads(answer.data)
        if "error" in acknowledgement:
            error = acknowledgement["error"]
            raise PublishRefused(error.get("err_code", 0), error.get("description", ""))
        return int(acknowledgement["seq"])

    async def _batch(self, messages: Sequence[Message]) -> int:
        """One atomic batch: all or nothing. Returns the stream sequence of its last message."""
        batch = uuid4().hex
        for position, (subject, body, headers) in enumerate(messages[:-1], start=1):
            await self._nats.publish(subject, body, headers=headers | _place(batch, position))
            self._sent()
            if position % ON_THEIR_WAY == 0:
                await asyncio.sleep(0)
        subject, body, headers = messages[-1]
        commit = _place(batch, len(messages)) | {"Nats-Batch-Commit": "1"}
        return await self.request(subject, body, headers | commit)


def _place(batch: str, position: int) -> dict[str, str]:
    return {"Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(position)}
