"""Trying again while something that must come has not come yet."""

import asyncio
from collections.abc import AsyncIterator, Callable
from time import monotonic

from chassis.errors import Refused

PATIENCE_SECONDS = 30.0
FIRST_WAIT_SECONDS = 0.05
LONGEST_WAIT_SECONDS = 2.0


async def attempts() -> AsyncIterator[Callable[[Refused], None]]:
    """One attempt after another, each later than the one before.

    Each is given a function to report its refusal to; when patience has run out, that refusal is
    raised. The caller leaves the loop when it has what it came for.
    """
    last: list[Refused] = []
    deadline = monotonic() + PATIENCE_SECONDS
    wait = FIRST_WAIT_SECONDS
    while True:
        yield last.append
        if monotonic() + wait > deadline:
            raise last[-1]
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)
