"""Errors of the domain, as data: a stable slug, the field at fault, the facts of the case.

A service raises them; only an edge turns them into a reply, and only the gateway into words.
"""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, JsonValue

Kind = Literal["invalid", "unknown", "forbidden", "conflict", "stale", "unavailable", "internal"]


class DomainError(Exception):
    """One rule that was broken.

    `slug` is stable and names the rule; `kind` decides the status at the edge (invalid 400,
    forbidden 403, unknown 404, conflict 409, stale 412, internal 500, unavailable 503). `field` is
    the path of the offending field in the command (`"norm.calendar"`), `params` what a text about
    it needs.
    """

    slug: ClassVar[str]
    kind: ClassVar[Kind] = "conflict"

    def __init__(self, field: str | None = None, **params: JsonValue) -> None:
        super().__init__(f"{self.slug} {field or ''} {params or ''}".strip())
        self.field = field
        self.params = params


class Fault(BaseModel):
    """A `DomainError` on the wire."""

    model_config = ConfigDict(frozen=True)

    slug: str
    kind: Kind
    field: str | None = None
    params: dict[str, Any] = {}

    @classmethod
    def of(cls, error: DomainError) -> "Fault":
        return cls(slug=error.slug, kind=error.kind, field=error.field, params=dict(error.params))


class Refused(Exception):
    """A command or query was refused whole, for one or more reasons."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(", ".join(fault.slug for fault in self.faults))


class FieldInvalid(DomainError):
    """A field has the wrong type or shape; `rule` is pydantic's name of the rule."""

    slug = "field-invalid"
    kind = "invalid"


class BodyNotJson(DomainError):
    slug = "body-not-json"
    kind = "invalid"


class CommandUnknown(DomainError):
    slug = "command-unknown"
    kind = "unknown"


class VersionStale(DomainError):
    """Someone changed it since the caller looked: `expected` is not the `actual` version."""

    slug = "version-stale"
    kind = "stale"


class KeyReused(DomainError):
    """The same command id (Idempotency-Key) came before with other content."""

    slug = "idempotency-key-reused"
    kind = "conflict"


class PartnerForbidden(DomainError):
    """The caller does not act for this partner. Told as unknown, so that nothing is given away."""

    slug = "not-found"
    kind = "unknown"


class Unavailable(DomainError):
    """No service answered in time: the outcome is unknown; repeat with the same key."""

    slug = "unavailable"
    kind = "unavailable"


class EventTooLarge(DomainError):
    """The event that would record this is `size` bytes; the stream takes `maximum`."""

    slug = "event-too-large"
    kind = "invalid"


class Internal(DomainError):
    """Something unforeseen went wrong; the log of the service has it, under the trace id."""

    slug = "internal"
    kind = "internal"


def invalid_fields(errors: Iterable[Mapping[str, Any]]) -> tuple[Fault, ...]:
    """Pydantic's errors as faults, all at once."""
    return tuple(
        Fault(
            slug=FieldInvalid.slug,
            kind=FieldInvalid.kind,
            field=".".join(str(part) for part in error["loc"]) or None,
            params={"rule": error["type"], **_plain(error.get("ctx", {}))},
        )
        for error in errors
    )


def _plain(context: Mapping[str, Any]) -> dict[str, JsonValue]:
    return {
        name: value if isinstance(value, str | int | float | bool) else str(value)
        for name, value in context.items()
    }
