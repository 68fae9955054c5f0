"""A seeded enemy: does damage, waits, undoes it, and remembers what it did.

The same seed gives the same actions in the same order. When they meet what, and what comes of it,
is the machine's; the seed and the list of actions are what a failure is investigated with.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from time import monotonic

Step = Callable[[], Awaitable[None]]

SHORTEST_SECONDS, LONGEST_SECONDS = 0.5, 4.0
"""How long a damage lasts."""
PAUSE_SECONDS = 2.0
"""The longest pause between two."""
TOGETHER = 0.3
"""How often two come at the same time."""
EVENLY = 0.4
"""How often the kind of damage is chosen before its target."""


@dataclass(frozen=True, slots=True)
class Action:
    """A damage to `target`; `undo` is `None` for one that passes by itself."""

    name: str
    target: str
    do: Step
    undo: Step | None = None

    def __str__(self) -> str:
        return f"{self.name} {self.target}"


@dataclass(slots=True)
class Nemesis:
    """Works through actions for a time. `tell` hears each."""

    actions: Sequence[Action]
    seed: int
    tell: Callable[[str], None]
    done: list[str] = field(default_factory=list)
    _began: float = field(default_factory=monotonic)

    async def run(self, seconds: float) -> None:
        """Do damage for so long; at the end everything is undone."""
        random = Random(self.seed)  # noqa: S311  repeatable on purpose
        kinds = sorted({action.name for action in self.actions})
        self._began = monotonic()
        while monotonic() - self._began < seconds:
            count = 2 if random.random() < TOGETHER else 1
            chosen = {
                action.target: action
                for action in (self._choose(random, kinds) for _ in range(count))
            }
            await asyncio.gather(
                *(
                    self._harm(action, random.uniform(SHORTEST_SECONDS, LONGEST_SECONDS))
                    for action in chosen.values()
                )
            )
            await asyncio.sleep(random.uniform(0, PAUSE_SECONDS))

    def _choose(self, random: Random, kinds: Sequence[str]) -> Action:
        """A kind with one target comes less often than one with many, but not many times less."""
        if random.random() < EVENLY:
            kind = random.choice(kinds)
            return random.choice([action for action in self.actions if action.name == kind])
        return random.choice(self.actions)

    async def _harm(self, action: Action, seconds: float) -> None:
        self._note(f"{action} for {seconds:.1f} s" if action.undo else str(action))
        await action.do()
        if action.undo:
            await asyncio.sleep(seconds)
            await action.undo()

    def _note(self, what: str) -> None:
        line = f"{monotonic() - self._began:6.1f} s  {what}"
        self.done.append(line)
        self.tell(line)
