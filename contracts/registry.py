"""Which events exist, in which versions, and how an old version is read today.

An event class is registered once with `published`. Its type string is
`nl.bodemplaat.<context>.<event-in-kebab-case>.v<N>` (NL GOV profile for CloudEvents: reverse
DNS, at most one version). A version that has been published never changes; an incompatible
change is a new class with an upcast from the version before it.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, ClassVar, TypeVar

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

TYPE_PREFIX = "nl.bodemplaat"


class DomainEvent(BaseModel):
    """A fact that a service publishes.

    `occurred_at` is when it happened in the real world; the envelope's `time` is when it was
    recorded. Unknown fields are ignored, so that a consumer survives an added field.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    context: ClassVar[str]
    event_name: ClassVar[str]
    event_version: ClassVar[int]

    occurred_at: AwareDatetime = Field(description="When it happened in the real world")

    @classmethod
    def type(cls) -> str:
        """The CloudEvents `type` of this version."""
        return f"{TYPE_PREFIX}.{cls.context}.{cls.event_name}.v{cls.event_version}"

    @classmethod
    def subject(cls) -> str:
        """The NATS subject on which every version of this event travels."""
        return f"evt.{cls.context}.{cls.event_name}"


EventT = TypeVar("EventT", bound=DomainEvent)
Upcast = Callable[[Mapping[str, Any]], Mapping[str, Any]]

_EVENTS: dict[str, type[DomainEvent]] = {}
_UPCASTS: dict[str, tuple[str, Upcast]] = {}


class UnknownEventTypeError(LookupError):
    """The type string is not one that this release publishes or can upcast."""


def kebab(name: str) -> str:
    """`TicketOpened` → `ticket-opened`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()


def published(
    context: str, *, version: int = 1, name: str | None = None
) -> Callable[[type[EventT]], type[EventT]]:
    """Register an event class as version `version` of an event of `context`.

    An older version that is still read keeps its own class; `name` is then the current class's.
    """

    def register(cls: type[EventT]) -> type[EventT]:
        cls.context = context
        cls.event_name = kebab(name or cls.__name__)
        cls.event_version = version
        if cls.type() in _EVENTS:
            raise ValueError(f"{cls.type()} is registered twice")
        _EVENTS[cls.type()] = cls
        return cls

    return register


def upcast(old: type[DomainEvent], new: type[DomainEvent]) -> Callable[[Upcast], Upcast]:
    """Register how the data of `old` is read as data of `new`, one version up."""

    def register(function: Upcast) -> Upcast:
        _UPCASTS[old.type()] = (new.type(), function)
        return function

    return register


def upcast_data(type_: str, data: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The newest version of the type, and the data as that version has them."""
    while type_ in _UPCASTS:
        type_, function = _UPCASTS[type_]
        data = function(data)
    return type_, data


def parse(type_: str, data: Mapping[str, Any]) -> DomainEvent:
    """The event in its newest version, whatever version it was published in.

    Raises `UnknownEventTypeError` for an unregistered type, pydantic's `ValidationError` for data
    that does not fit the type.
    """
    type_, data = upcast_data(type_, data)
    try:
        cls = _EVENTS[type_]
    except KeyError:
        raise UnknownEventTypeError(type_) from None
    return cls.model_validate(data)


def events(context: str | None = None) -> Iterator[type[DomainEvent]]:
    """Every registered class, of one context or of all, sorted by type."""
    for type_ in sorted(_EVENTS):
        if context is None or _EVENTS[type_].context == context:
            yield _EVENTS[type_]
