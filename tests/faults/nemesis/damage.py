"""What can be done to the world, and undone."""

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial

from world import SMALL_DISK, World

from chassis.permissions import SYSTEM_USER
from chassis.testing.broker import ADMINISTRATOR, connected
from chassis.testing.nemesis import Action
from chassis.testing.proxy import Proxy
from contracts.topology import DOMAIN_STREAM, SERVICES, durable

SLOW_BYTES_PER_SECOND = 20_000
STEP_DOWN_SECONDS = 2.0


def actions(world: World) -> Iterator[Action]:
    """Every damage to every target."""
    for name, victim in world.victims.items():
        yield Action("kill", name, partial(world.kill, name), partial(world.start_again, name))
        yield Action("pause", name, victim.pause, victim.resume)
    for node in world.cluster.nodes:
        isolate, join = world.cluster.isolate, world.cluster.join
        yield Action("isolate", node.name, _plain(isolate, node.name), _plain(join, node.name))
    for ends, links in world.links.items():
        yield Action("cut", ends, partial(_cut, links), partial(_heal, links))
    projection = world.links["projection from NATS"]
    slow_down = partial(_slow_down, projection)
    yield Action("slow down", "the projection", slow_down, partial(_heal, projection))
    yield from _step_downs(world)
    if not world.disk_refusal:
        disk = world.disk / "filling"
        yield Action("fill the disk of", SMALL_DISK, partial(_fill, disk), partial(_free, world))


def _step_downs(world: World) -> Iterator[Action]:
    stream = f"$JS.API.STREAM.LEADER.STEPDOWN.{DOMAIN_STREAM}"
    yield Action("depose", "the stream's leader", partial(_ask, world, ADMINISTRATOR.name, stream))
    meta = "$JS.API.META.LEADER.STEPDOWN"
    yield Action("depose", "the cluster's leader", partial(_ask, world, SYSTEM_USER, meta))
    for service in SERVICES:
        for consumer in service.consumers:
            name = durable(service.name, consumer)
            subject = f"$JS.API.CONSUMER.LEADER.STEPDOWN.{DOMAIN_STREAM}.{name}"
            step = partial(_ask, world, ADMINISTRATOR.name, subject)
            yield Action("depose", f"the leader of {name}", step)


async def _ask(world: World, user: str, subject: str) -> None:
    """A leader that cannot be reached cannot be deposed either."""
    with suppress(Exception):
        async with connected(world.nats_url, world.installation.credentials, user) as connection:
            await connection.request(subject, b"", timeout=STEP_DOWN_SECONDS)


async def _fill(disk: object) -> None:
    with suppress(OSError), open(str(disk), "wb", buffering=0) as file:  # noqa: ASYNC230, PTH123
        while True:
            file.write(bytes(1024 * 1024))


async def _free(world: World) -> None:
    """A node whose disk was full has stopped keeping streams until it is started again."""
    (world.disk / "filling").unlink(missing_ok=True)
    await world.kill(SMALL_DISK)
    await world.start_again(SMALL_DISK)


async def _cut(links: Iterable[Proxy]) -> None:
    for link in links:
        link.cut()


async def _heal(links: Iterable[Proxy]) -> None:
    for link in links:
        link.heal()


async def _slow_down(links: Iterable[Proxy]) -> None:
    for link in links:
        link.slow_down(SLOW_BYTES_PER_SECOND)


def _plain(step: Callable[[str], None], target: str) -> Callable[[], Awaitable[None]]:
    async def do() -> None:
        step(target)

    return do
