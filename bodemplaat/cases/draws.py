"""Drawing from weights and shares with a given source of chance, and dividing by them."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def weighted(chance: Random, weights: Mapping[T, float]) -> T:
    """One of the keys, as likely as its weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


def marked(chance: Random, count: int, share: float) -> Sequence[bool]:
    """`count` marks in random order, of which exactly the rounded share is true."""
    marks = [index < round(count * share) for index in range(count)]
    chance.shuffle(marks)
    return marks


def divided(chance: Random, count: int, weights: Mapping[T, float]) -> Sequence[T]:
    """`count` keys in random order, divided by weight exactly."""
    keys = [key for key, number in apportioned(count, weights).items() for _ in range(number)]
    chance.shuffle(keys)
    return keys


def apportioned(count: int, weights: Mapping[T, float]) -> dict[T, int]:
    """How many of `count` each key gets by its weight, by largest remainder."""
    total = sum(weights.values())
    exact = {key: count * weight / total for key, weight in weights.items()}
    shares = {key: int(value) for key, value in exact.items()}
    by_remainder = sorted(exact, key=lambda key: shares[key] - exact[key])
    for key in by_remainder[: count - sum(shares.values())]:
        shares[key] += 1
    return shares


def scores(chance: Random, count: int, mean: float) -> list[int]:
    """`count` marks from 1 to 10 of which the mean is this one, as closely as it can be."""
    drawn = [_mark(chance.gauss(mean, 1.2)) for _ in range(count)]
    off = round(count * mean) - sum(drawn)
    while off:
        place = chance.randrange(count)
        moved = _mark(drawn[place] + (1 if off > 0 else -1))
        off -= moved - drawn[place]
        drawn[place] = moved
    return drawn


def _mark(value: float) -> int:
    return min(10, max(1, round(value)))
