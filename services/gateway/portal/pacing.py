"""Slowing a stream down without losing its end."""

import asyncio
from collections.abc import AsyncIterator


async def paced(sequences: AsyncIterator[int | None], seconds: float) -> AsyncIterator[int | None]:
    """Sequence numbers at most once per `seconds`: the first at once, later the newest so far.

    `None` (silence) is passed on when nothing else is waiting. Ends with the stream.
    """
    newest: list[int | None] = []
    arrived = asyncio.Event()

    async def gather() -> None:
        try:
            async for sequence in sequences:
                if sequence is not None or not newest:
                    newest[:] = [sequence]
                arrived.set()
        finally:
            newest.clear()
            arrived.set()

    gathering = asyncio.create_task(gather())
    try:
        while await arrived.wait() and newest:
            arrived.clear()
            sequence = newest.pop()
            yield sequence
            if sequence is not None:
                await asyncio.sleep(seconds)
    finally:
        gathering.cancel()
