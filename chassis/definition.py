"""What makes a service: its tables of commands, queries, subscriptions, timers and duties.

`service.py` of each service builds one `Definition`; the chassis runs it.
"""

from collections.abc import Awaitable, Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context, Outcome, Processing, UseCase, WorkT
from chassis.database import Database
from contracts.envelope import Envelope
from contracts.registry import DomainEvent

if TYPE_CHECKING:
    from chassis.service import Running

ParamsT = TypeVar("ParamsT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """An answer that tells personal data: it goes out once the processing log has it."""

    answer: Mapping[str, Any]
    processing: Processing


@dataclass(frozen=True, slots=True)
class Query(Generic[ParamsT, WorkT]):
    """A row in a service's table of queries; `answer` reads only."""

    params: type[ParamsT]
    answer: Callable[[ParamsT, Context, WorkT], Awaitable[Mapping[str, Any] | Disclosure]]


class Delivered(Envelope):
    """An event as it came in: with its place on the stream."""

    stream_sequence: int


Subscriber = Callable[[DomainEvent, Delivered, WorkT], Awaitable[Outcome]]
"""Takes in another service's event, once; what it decides is written with the inbox row."""

TimerHandler = Callable[[str, Context, WorkT], Awaitable[Outcome]]
"""Acts on a due timer's key; `context.now` is the moment of firing."""


Settle = Callable[[Database, str, str], Awaitable[int]]
"""Settles what is parked of an aggregate, told the database, the consumer and the aggregate."""


@dataclass(frozen=True, slots=True)
class Settling:
    """What the operator may do about events that a service parks past the chassis's consumers.

    `retry` handles them again and returns how many went through; `release` passes over the first
    one for good and returns how many are left. Both raise `NotParked` when there are none.
    """

    retry: Settle
    release: Settle


@dataclass(frozen=True, slots=True)
class Definition(Generic[WorkT]):
    """A service, complete. `work` builds its repositories on a session.

    `subscriptions` are keyed by the consumer's name in the topology, `timers` by their kind.
    `background` are duties of its own that run until they are cancelled at a stop. `settling` is
    for a service that parks events by itself.
    """

    name: str
    work: Callable[[AsyncSession], WorkT]
    commands: Mapping[str, UseCase[Any, WorkT]] = field(default_factory=dict)
    queries: Mapping[str, Query[Any, WorkT]] = field(default_factory=dict)
    subscriptions: Mapping[str, Subscriber[WorkT]] = field(default_factory=dict)
    timers: Mapping[str, TimerHandler[WorkT]] = field(default_factory=dict)
    background: Sequence[Callable[["Running[Any]"], Coroutine[Any, Any, None]]] = ()
    settling: Settling | None = None
