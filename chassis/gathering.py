"""Doing at one go what several ask for at once.

Whoever asks while a round is under way goes along with the next. One caller waits for nobody; many
share a round trip, which is what costs most under load.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

AskedT = TypeVar("AskedT")
AnswerT = TypeVar("AnswerT")

Do = Callable[[Sequence[AskedT]], Awaitable[Sequence[AnswerT]]]
"""Gives an answer for each that was asked, in order; what it raises, each of them gets."""


class Gathering(Generic[AskedT, AnswerT]):
    """Rounds of one kind; at most `most` go together."""

    def __init__(self, do: Do[AskedT, AnswerT], *, most: int = 64) -> None:
        self._do = do
        self._most = most
        self._waiting: list[tuple[AskedT, asyncio.Future[AnswerT]]] = []
        self._rounds: asyncio.Task[None] | None = None

    async def ask(self, asked: AskedT) -> AnswerT:
        """The answer. One who stops waiting takes nothing away from the others."""
        answer: asyncio.Future[AnswerT] = asyncio.get_running_loop().create_future()
        self._waiting.append((asked, answer))
        if self._rounds is None:
            self._rounds = asyncio.create_task(self._go_round())
        return await answer

    async def _go_round(self) -> None:
        try:
            while self._waiting:
                together, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._answer(together)
        finally:
            self._rounds = None

    async def _answer(self, together: list[tuple[AskedT, asyncio.Future[AnswerT]]]) -> None:
        try:
            answers = await self._do([asked for asked, _ in together])
        except Exception as error:  # noqa: BLE001  whatever it is, it is theirs
            for _, future in together:
                if not future.done():
                    future.set_exception(error)
            return
        for (_, future), answer in zip(together, answers, strict=True):
            if not future.done():
                future.set_result(answer)
