"""What a command is, what a handler is given, and what it gives back.

A handler loads, decides and saves on the caller's session; it returns an `Outcome` and never
commits. The chassis writes the events, timers and kept reply in the same transaction.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from chassis.errors import PartnerForbidden, VersionStale
from contracts.registry import DomainEvent


class Command(BaseModel):
    """An order to one service, in the imperative. Unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


@dataclass(frozen=True, slots=True)
class Context:
    """Who orders, for whom, when.

    `partners` is the scope: the partners the caller may act for, `None` for all. `now` is the
    business moment (for a history that is played in, in the past); `recorded_at` the wall clock.
    `trace` carries `traceparent` and `tracestate`; `operation` names what was asked.
    """

    command_id: str
    actor: str
    roles: frozenset[str]
    partners: frozenset[str] | None
    now: datetime
    recorded_at: datetime
    expected_version: int | None = None
    trace: Mapping[str, str] = field(default_factory=dict)
    operation: str = ""

    def sees(self, partner: str) -> bool:
        return self.partners is None or partner in self.partners

    def require_partner(self, partner: str) -> None:
        """Raises `PartnerForbidden` when the caller does not act for this partner."""
        if not self.sees(partner):
            raise PartnerForbidden

    def require_version(self, version: int) -> None:
        """Raises `VersionStale` when the caller expected another version than this."""
        if self.expected_version is not None and self.expected_version != version:
            raise VersionStale(expected=self.expected_version, actual=version)


@dataclass(frozen=True, slots=True)
class Change:
    """New events of one aggregate, whose version before them was `version` (0: it is new)."""

    aggregate: str
    version: int
    events: Sequence[DomainEvent]


@dataclass(frozen=True, slots=True)
class Timer:
    """Wake `kind` for `key` at `due_at`; `None` takes the timer back. One per kind and key."""

    kind: str
    key: str
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class Processing:
    """Personal data of these subjects (pseudonyms) was read or written.

    `activity` is the URI of what for, as the organisation's register of processing has it.
    """

    activity: str
    subjects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Write:
    """Rows of the service's own: a statement that changes them, with a list for each parameter.

    The lists are columns, equally long: where several commands are written at once, those of the
    same statement are put one after another.
    """

    statement: str
    columns: Mapping[str, Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a handler decided: nothing has been written of it but the handler's own rows.

    Those that it leaves to be written are `writes`: they go along with the events.
    `processing` goes into the processing log, in the same transaction; only services that the
    topology says keep personal data have one.
    """

    changes: Sequence[Change] = ()
    reply: Mapping[str, Any] = field(default_factory=dict)
    timers: Sequence[Timer] = ()
    processing: Processing | None = None
    writes: Sequence[Write] = ()


CommandT = TypeVar("CommandT", bound=Command)
WorkT = TypeVar("WorkT")

Handler = Callable[[CommandT, Context, WorkT], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class UseCase(Generic[CommandT, WorkT]):
    """A row in a service's table of commands.

    A handler that only `creates` locks nothing and leaves all its rows to its outcome's `writes`.
    It needs no transaction around it: what several of them decide is written at one go.
    """

    command: type[CommandT]
    handle: Handler[CommandT, WorkT]
    creates: bool = False
