"""Several who ask at once are answered at one go, each with their own answer."""

import asyncio
from collections.abc import Sequence

import pytest

from chassis.gathering import Gathering


class Doubling:
    """Doubles numbers; keeps which were asked together."""

    def __init__(self) -> None:
        self.rounds: list[list[int]] = []
        self.go = asyncio.Event()

    async def __call__(self, numbers: Sequence[int]) -> list[int]:
        self.rounds.append(list(numbers))
        await self.go.wait()
        if 13 in numbers:
            raise ValueError("thirteen")
        return [2 * number for number in numbers]


async def test_who_comes_during_a_round_goes_along_with_the_next() -> None:
    doubling = Doubling()
    gathering = Gathering(doubling)
    first = asyncio.create_task(gathering.ask(1))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    others = [asyncio.create_task(gathering.ask(number)) for number in (2, 3, 4)]
    await asyncio.sleep(0)
    doubling.go.set()
    assert await asyncio.gather(first, *others) == [2, 4, 6, 8]
    assert doubling.rounds == [[1], [2, 3, 4]]


async def test_no_more_than_the_most_go_together() -> None:
    doubling = Doubling()
    doubling.go.set()
    gathering = Gathering(doubling, most=2)
    assert await asyncio.gather(*map(gathering.ask, range(5))) == [0, 2, 4, 6, 8]
    assert doubling.rounds == [[0, 1], [2, 3], [4]]


async def test_a_round_that_fails_fails_for_its_own_only() -> None:
    doubling = Doubling()
    doubling.go.set()
    gathering = Gathering(doubling, most=1)
    answers = await asyncio.gather(
        *(gathering.ask(number) for number in (13, 1)), return_exceptions=True
    )
    assert isinstance(answers[0], ValueError)
    assert answers[1] == 2


async def test_one_who_gives_up_takes_nothing_from_the_others() -> None:
    doubling = Doubling()
    gathering = Gathering(doubling)
    leaving, staying = (asyncio.create_task(gathering.ask(number)) for number in (1, 2))
    await asyncio.sleep(0)
    leaving.cancel()
    doubling.go.set()
    assert await staying == 4
    with pytest.raises(asyncio.CancelledError):
        await leaving
