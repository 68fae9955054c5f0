"""A seeded attack on the whole system: `python tests/faults/nemesis --seconds 600 --seed 7`.

Three NATS nodes, PostgreSQL, all services and a load of commands, while processes are killed and
paused, leaders deposed, links cut, a disk filled. Then all is healed, and what must hold is
checked. Ends with 1 when something does not; the logs are then kept.
"""

import argparse
import asyncio
import secrets
import sys
from pathlib import Path
from tempfile import mkdtemp

from checks import Watch, settled, violations
from damage import actions
from load import Load
from world import World

from bodemplaat.installation import Installation
from chassis import log as logs
from chassis.testing.nemesis import Nemesis


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


async def attack(folder: Path, seconds: float, seed: int) -> list[str]:
    """What does not hold afterwards."""
    world = World(folder, tell)
    if world.disk_refusal:
        tell(f"no disk is filled: {world.disk_refusal}")
    load, watch = Load(world, seed), Watch(world)
    try:
        await world.start()
        await load.prepare()
        watching = asyncio.create_task(watch.run())
        working = asyncio.create_task(load.run())
        nemesis = Nemesis(list(actions(world)), seed, tell)
        tell(f"{len(nemesis.actions)} possible actions")
        await nemesis.run(seconds)
        tell(f"healed after {len(nemesis.done)} actions")
        load.stop()
        await working
        tell(str(load))
        tell(f"settled in {await settled(world, tell):.1f} s")
        watching.cancel()
        return await violations(world, load, watch.checkpoints)
    finally:
        await world.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keep", action="store_true", help="keep the logs also when all holds")
    given = parser.parse_args()
    seed = secrets.randbelow(1_000_000) if given.seed is None else given.seed
    logs.setup("nemesis", "ERROR")
    folder = Path(mkdtemp(prefix="bodemplaat-nemesis-"))
    tell(f"seed {seed}, {given.seconds:.0f} s, {folder}")
    try:
        found = asyncio.run(attack(folder, given.seconds, seed))
    except TimeoutError as error:
        found = [str(error)]
    for violation in found:
        tell(f"VIOLATED  {violation}")
    tell("all holds" if not found else f"{len(found)} violations; seed {seed}; logs in {folder}")
    if not found and not given.keep:
        Installation(folder).forget()
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
