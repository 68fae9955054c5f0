"""Live changes of read models, fanned out to screens.

One subscription on the broker serves every listener. Best effort: a change only says that there
is something new to ask for. A listener that cannot keep up is let go and comes back with the
last sequence that it saw.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import orjson
from nats.aio.client import Client as Connection
from nats.aio.msg import Msg
from pydantic.alias_generators import to_camel

from chassis.log import logger
from contracts.topology import live_subject
from services.gateway.measures import LISTENERS
from services.gateway.wire import to_json

log = logger(__name__)

QUEUE = 64
"""Changes that a listener may lag behind before it is let go."""
REMEMBERED = 1000
"""Changes that a returning listener can be told after all."""


@dataclass(frozen=True, slots=True)
class LiveChange:
    """Something of one partner changed; the read model holds the stream up to `sequence`.

    `view` says what: `tickets` or `major-incidents`, of which `numbers` names some. `partner` is
    `None` when more was missed than is remembered: everything may have changed.
    """

    sequence: int
    partner: str | None
    numbers: tuple[str, ...] = ()
    view: str = "tickets"


class _Listener:
    def __init__(
        self, partners: Collection[str] | None, views: Collection[str] | None = None
    ) -> None:
        self._partners = partners
        self._views = views
        self.queue: asyncio.Queue[LiveChange | None] = asyncio.Queue(QUEUE)
        self.lost = asyncio.Event()

    def hears(self, change: LiveChange) -> bool:
        of_view = self._views is None or change.view in self._views
        return of_view and (self._partners is None or change.partner in self._partners)

    def offer(self, change: LiveChange) -> None:
        if not self.hears(change):
            return
        try:
            self.queue.put_nowait(change)
        except asyncio.QueueFull:
            self.lost.set()

    def let_go(self) -> None:
        """End its stream, also when it waits for something to come."""
        self.lost.set()
        if self.queue.empty():
            self.queue.put_nowait(None)


class LiveHub:
    """Hears `live.*.*` once and tells every listener what lies within its scope."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._listeners: set[_Listener] = set()
        self._past: deque[LiveChange] = deque(maxlen=REMEMBERED)
        self._subscription: object | None = None
        self._closing = asyncio.Event()

    async def start(self) -> None:
        self._subscription = await self._connection.subscribe(live_subject("*", "*"), cb=self._hear)

    def close(self) -> None:
        """Let every listener go."""
        self._closing.set()
        for listener in self._listeners:
            listener.let_go()

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    async def subscribe(
        self,
        partners: Collection[str] | None,
        *,
        views: Collection[str] | None = None,
        after: int | None = None,
        heartbeat: float = 15.0,
    ) -> AsyncIterator[LiveChange | None]:
        """Changes of these partners (`None`: of all), until the listener lags or the hub closes.

        Only of these `views`, where they are named.

        `after` is the last sequence that the listener saw; what came since is told first. `None`
        is given after each `heartbeat` seconds of silence.
        """
        with self._listening(partners, views) as listener:
            for change in self._missed(after):
                if change.partner is None or listener.hears(change):
                    yield change
            while not listener.lost.is_set():
                yield await _next(listener, heartbeat)

    @contextmanager
    def _listening(
        self, partners: Collection[str] | None, views: Collection[str] | None
    ) -> Iterator[_Listener]:
        listener = _Listener(partners, views)
        if self._closing.is_set():
            listener.lost.set()
        self._listeners.add(listener)
        LISTENERS.inc()
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            LISTENERS.dec()

    def _missed(self, after: int | None) -> list[LiveChange]:
        """What came at or after this sequence: several partners share one."""
        if after is None:
            return []
        if not self._past or self._past[0].sequence > after:
            latest = self._past[-1].sequence if self._past else after
            return [LiveChange(latest, None)]
        return [change for change in self._past if change.sequence >= after]

    async def _hear(self, message: Msg) -> None:
        try:
            body = orjson.loads(message.data)
            _, view, partner = message.subject.split(".")
            change = LiveChange(int(body["sequence"]), partner, tuple(body[view]), view)
        except (KeyError, TypeError, ValueError):
            log.warning("live message cannot be read", subject=message.subject)
            return
        self._past.append(change)
        for listener in self._listeners:
            listener.offer(change)


async def _next(listener: _Listener, heartbeat: float) -> LiveChange | None:
    try:
        async with asyncio.timeout(heartbeat):
            return await listener.queue.get()
    except TimeoutError:
        return None


def server_sent(change: LiveChange | None, *, with_tickets: bool) -> bytes:
    """One server-sent event (WHATWG HTML §9.2); silence is a comment line.

    Someone who sees own tickets only is told that something changed, not which tickets.
    """
    if change is None:
        return b": alive\n\n"
    name = "reset" if change.partner is None else change.view
    data: dict[str, Any] = {"sequence": change.sequence, "partner": change.partner}
    if with_tickets:
        data[to_camel(change.view.replace("-", "_"))] = list(change.numbers)
    return b"event: %b\nid: %d\ndata: %b\n\n" % (name.encode(), change.sequence, to_json(data))
