"""Reading the domain stream in order, from any sequence, as fast as it comes.

A pull consumer without acknowledgements, of which the checkpoint is the truth: it is made anew
from there at every start. Whatever breaks its order, a lost connection included, ends it with
`Interrupted`, and the next one begins where the last good message was.
"""

import asyncio
from bisect import bisect_right
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from time import monotonic

import orjson
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.js.api import AckPolicy, ConsumerConfig, DeliverPolicy, Header
from nats.js.errors import NotFoundError
from prometheus_client import Counter

from chassis.log import logger
from contracts.topology import DOMAIN_STREAM
from services.projection.recorded import Delivered

log = logger(__name__)

HOLES = Counter("bodemplaat_projection_holes_total", "Places where the stream lacks messages")

EXPIRES_SECONDS = 30.0
HEARTBEAT_SECONDS = 3.0
POLL_SECONDS = 0.5
SILENT_SECONDS = 3 * HEARTBEAT_SECONDS
INACTIVE_SECONDS = 300.0
NANOSECOND = 1_000_000_000
PENDING_BYTES = 512 * 1024 * 1024
PATIENCE_SECONDS = 60.0
"""How long delivery may stay away, as while a cluster chooses a leader, before a stretch ends."""
PAUSE_SECONDS = 0.25

_HEARTBEAT = "100"
_EXPIRED = "408"
_SHORT_REPLY = 9


class Interrupted(Exception):
    """Delivery broke off: begin again after the last message that came."""


INTERRUPTIONS = (Interrupted, NatsError, TimeoutError)
"""What a lost connection to the stream raises."""


@asynccontextmanager
async def reading(
    connection: Client, consumer: str, *, after: int, batch: int
) -> AsyncIterator["Reader"]:
    """Read what follows sequence `after` through the consumer of this name, which is replaced."""
    reader = Reader(connection, consumer, after=after, batch=batch)
    await reader.start()
    try:
        yield reader
    finally:
        await reader.stop()


async def stretch(reader: "Reader", *, after: int, until: int) -> AsyncIterator[list[Delivered]]:
    """What follows sequence `after` up to and including `until`, in batches.

    Delivery that breaks off begins again after the last batch that was given. Raises `Interrupted`
    when it stays away.
    """
    moved = monotonic()
    while after < until and not reader.is_past(until):
        try:
            batch = await reader.next(until=until)
        except Interrupted:
            if monotonic() - moved > PATIENCE_SECONDS:
                raise
            await asyncio.sleep(PAUSE_SECONDS)
            with suppress(NatsError):
                await reader.restart(after=after)
            continue
        if batch:
            yield batch
            after, moved = batch[-1].sequence, monotonic()


async def identity(connection: Client) -> tuple[str, int]:
    """The stream's name and moment of creation, and the sequence of its last message."""
    info = await connection.jetstream().stream_info(DOMAIN_STREAM)
    created = info.created.isoformat() if info.created else ""
    return f"{DOMAIN_STREAM} {created}", info.state.last_seq


class Reader:
    """Messages of the stream, in order. At most twice `batch` are on their way at a time."""

    def __init__(self, connection: Client, consumer: str, *, after: int, batch: int) -> None:
        self._connection = connection
        self._consumer = consumer
        self._batch = batch
        self._arrived = asyncio.Event()
        self._subscription: Subscription | None = None
        self._begin_after(after)

    def _begin_after(self, sequence: int) -> None:
        self._last = sequence
        self._first = True
        self._buffer: list[Delivered] = []
        self._asked = 0
        self._heard = monotonic()
        self._broken: str | None = None
        self._reconnects = self._connection.stats["reconnects"]
        self._inbox = self._connection.new_inbox()

    async def restart(self, *, after: int) -> None:
        """Begin again after a sequence, with a consumer made anew."""
        await self.stop()
        self._begin_after(after)
        self._broken = "delivery could not begin again"
        await self.start()
        self._broken = None

    async def start(self) -> None:
        stream = self._connection.jetstream()
        with suppress(NotFoundError):
            await stream.delete_consumer(DOMAIN_STREAM, self._consumer)
        await stream.add_consumer(DOMAIN_STREAM, self._config())
        self._subscription = await self._connection.subscribe(
            self._inbox, cb=self._take, pending_bytes_limit=PENDING_BYTES
        )

    async def stop(self) -> None:
        with suppress(NatsError):
            if self._subscription:
                await self._subscription.unsubscribe()

    async def next(self, *, until: int | None = None) -> list[Delivered]:
        """What has come, as soon as something has, and none of it beyond sequence `until`.

        Empty when nothing came for a while. Raises `Interrupted` when nothing more can come.
        """
        await self._ask()
        if not self._buffer:
            self._require_delivery()
            self._arrived.clear()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._arrived.wait(), POLL_SECONDS)
        return self._cut(until)

    def is_past(self, sequence: int) -> bool:
        """Whether what comes next lies beyond this sequence: the stream lacks all up to it."""
        return bool(self._buffer) and self._buffer[0].sequence > sequence

    def _cut(self, until: int | None) -> list[Delivered]:
        taken = self._buffer
        count = len(taken)
        if until is not None:
            count = bisect_right(taken, until, key=lambda message: message.sequence)
        self._buffer = taken[count:]
        return taken[:count]

    def _require_delivery(self) -> None:
        if self._broken:
            raise Interrupted(self._broken)
        if self._connection.stats["reconnects"] != self._reconnects:
            raise Interrupted("the connection was lost")
        if monotonic() - self._heard > SILENT_SECONDS:
            raise Interrupted("the stream is silent")

    async def _ask(self) -> None:
        """Keep the server supplied with requests, so that a new message comes at once."""
        wanted = 2 * self._batch - self._asked - len(self._buffer)
        if wanted < self._batch or self._broken:
            return
        self._asked += wanted
        request = {
            "batch": wanted,
            "expires": int(EXPIRES_SECONDS * NANOSECOND),
            "idle_heartbeat": int(HEARTBEAT_SECONDS * NANOSECOND),
        }
        subject = f"$JS.API.CONSUMER.MSG.NEXT.{DOMAIN_STREAM}.{self._consumer}"
        await self._connection.publish(subject, orjson.dumps(request), reply=self._inbox)

    async def _take(self, message: Msg) -> None:
        self._heard = monotonic()
        if message.subject == self._inbox:
            self._take_status(message)
        elif not self._broken:
            self._asked -= 1
            self._take_event(message)
        self._arrived.set()

    def _take_status(self, message: Msg) -> None:
        headers = message.headers or {}
        status = headers.get(Header.STATUS.value)
        if status == _EXPIRED:
            self._asked -= int(headers.get("Nats-Pending-Messages", self._asked))
        elif status != _HEARTBEAT:
            self._broken = f"{status} {headers.get(Header.DESCRIPTION.value, '')}".strip()

    def _take_event(self, message: Msg) -> None:
        tokens = message.reply.split(".")
        end = len(tokens) if len(tokens) == _SHORT_REPLY else _SHORT_REPLY + 2
        sequence = int(tokens[end - 4])
        if sequence != self._last + 1 and not self._accept_hole(sequence):
            self._broken = f"message {self._last + 1} did not come"
            return
        self._first = False
        self._last = sequence
        trace = message.headers.get("traceparent") if message.headers else None
        self._buffer.append(Delivered(sequence, message.data, int(tokens[end - 1]), trace))

    def _accept_hole(self, sequence: int) -> bool:
        """A fresh consumer that begins later than asked shows that the stream lacks messages."""
        if self._first and sequence > self._last:
            HOLES.inc()
            log.error("the stream lacks messages", after=self._last, next=sequence)
            return True
        return False

    def _config(self) -> ConsumerConfig:
        return ConsumerConfig(
            name=self._consumer,
            deliver_policy=DeliverPolicy.BY_START_SEQUENCE,
            opt_start_seq=self._last + 1,
            ack_policy=AckPolicy.NONE,
            inactive_threshold=INACTIVE_SECONDS,
            max_waiting=16,
            mem_storage=True,
            num_replicas=1,
        )
