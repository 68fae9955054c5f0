"""Event log, stream and relay as a simulation knows them: the rules of the real ones, in memory.

The real ones are `chassis.outcome`, JetStream as it is provisioned, and `chassis.relay`; each rule
that is followed here is told there.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

ResultT = TypeVar("ResultT")

Fate = Literal["arrives", "is lost", "answer is lost", "is delayed"]
FATES: tuple[Fate, ...] = ("arrives", "is lost", "answer is lost", "is delayed")


class Unknown(Exception):
    """No answer came: it happened, or it did not, or it will."""


class AlreadyStored(Exception):
    """The stream has one of the batch already, and took nothing of it."""


class Network:
    """Lets messages through, or not; `fate` decides of each."""

    def __init__(self) -> None:
        self.fate: Callable[[], Fate] = lambda: "arrives"
        self.delayed: list[Callable[[], object]] = []

    def request(self, act: Callable[[], ResultT]) -> ResultT:
        """What the other side answers. Raises `Unknown`, and what the other side raises."""
        fate = self.fate()
        if fate == "arrives":
            return act()
        if fate == "answer is lost":
            self._regardless(act)
        elif fate == "is delayed":
            self.delayed.append(act)
        raise Unknown

    def arrive(self, index: int) -> None:
        """What was delayed arrives, long after anybody waited for an answer."""
        self._regardless(self.delayed.pop(index))

    @staticmethod
    def _regardless(act: Callable[[], object]) -> None:
        try:
            act()
        except AlreadyStored:
            return


@dataclass(slots=True)
class Row:
    """A row of the event log."""

    id: int
    event_id: str
    aggregate: str
    version: int
    body: bytes
    published: bool = False
    republished: int = 0

    @property
    def message_id(self) -> str:
        return f"{self.event_id}/{self.republished}" if self.republished else self.event_id


@dataclass(slots=True)
class Stream:
    """Messages by sequence. Which ids it has seen outlives the messages, not the stream."""

    created: int = 0
    last: int = 0
    messages: dict[int, tuple[str, bytes]] = field(default_factory=dict)
    seen: dict[str, int] = field(default_factory=dict)

    def publish(self, message_id: str, body: bytes) -> int:
        """The sequence of the message, also when it was there already."""
        if message_id in self.seen:
            return self.seen[message_id]
        self.last += 1
        self.messages[self.last] = (message_id, body)
        self.seen[message_id] = self.last
        return self.last

    def publish_batch(self, messages: Sequence[tuple[str, bytes]]) -> int:
        """All or nothing. Raises `AlreadyStored`."""
        if any(message_id in self.seen for message_id, _ in messages):
            raise AlreadyStored
        return [self.publish(*message) for message in messages][-1]

    def lose_all(self) -> None:
        """It is gone, and an empty one has been made in its place."""
        self.created += 1
        self.last = 0
        self.messages.clear()
        self.seen.clear()

    def after(self, sequence: int, count: int) -> list[tuple[int, bytes]]:
        """The next messages after a sequence, in order."""
        found = sorted(number for number in self.messages if number > sequence)
        return [(number, self.messages[number][1]) for number in found[:count]]

    def events(self) -> list[str]:
        """The event ids it holds, in order."""
        return [self.messages[number][0].partition("/")[0] for number in sorted(self.messages)]


@dataclass(slots=True)
class EventLog:
    """Rows get their id when they are written, and are seen when they are committed."""

    rows: list[Row] = field(default_factory=list)
    _last_id: int = 0

    def write(self, event_id: str, aggregate: str, version: int, body: bytes) -> Row:
        """A row that nobody sees yet. Its id is taken, also when it is never committed."""
        self._last_id += 1
        return Row(self._last_id, event_id, aggregate, version, body)

    def commit(self, rows: Sequence[Row]) -> None:
        self.rows = sorted([*self.rows, *rows], key=lambda row: row.id)

    def unpublished(self, limit: int) -> list[Row]:
        return [row for row in self.rows if not row.published][:limit]

    def reconcile(self, streamed: Collection[str]) -> int:
        """What the stream lacks goes out again, under a new message id; how much that is."""
        missing = [row for row in self.rows if row.published and row.event_id not in streamed]
        for row in missing:
            row.published = False
            row.republished += 1
        return len(missing)


@dataclass(slots=True)
class Relay:
    """One process that relays. Two may think that they lead, when one was paused.

    `messages` is what it has in hand, under the ids that it read; `published` whether that is done.
    """

    log: EventLog
    stream: Stream
    network: Network
    messages: list[tuple[Row, str]] = field(default_factory=list)
    published: bool = False

    def read(self, limit: int) -> None:
        self.messages = [(row, row.message_id) for row in self.log.unpublished(limit)]
        self.published = False

    def publish(self) -> None:
        """Raises `Unknown`; then nothing will be marked."""
        messages = [(message_id, row.body) for row, message_id in self.messages]
        try:
            if len(messages) > 1:
                self.network.request(lambda: self.stream.publish_batch(messages))
            else:
                self._one_by_one(messages)
        except AlreadyStored:
            self._one_by_one(messages)
        self.published = True

    def mark(self) -> None:
        if self.published:
            for row, _ in self.messages:
                row.published = True
        self.crash()

    def crash(self) -> None:
        """What it had in hand is forgotten."""
        self.messages = []
        self.published = False

    def _one_by_one(self, messages: Sequence[tuple[str, bytes]]) -> None:
        for message in messages:
            self.network.request(lambda message=message: self.stream.publish(*message))  # type: ignore[misc]
