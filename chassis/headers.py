"""How the context of a command or query travels: NATS headers."""

from collections.abc import Mapping
from datetime import datetime
from uuid import uuid4

from chassis.command import Context
from chassis.errors import DomainError

COMMAND_ID = "Bodemplaat-Command-Id"
ACTOR = "Bodemplaat-Actor"
ROLES = "Bodemplaat-Roles"
PARTNERS = "Bodemplaat-Partners"
NOW = "Bodemplaat-Now"
EXPECTED_VERSION = "Bodemplaat-Expected-Version"
ALL_PARTNERS = "*"
OPERATOR = "operator"
TRACE = ("traceparent", "tracestate")


class HeaderInvalid(DomainError):
    """A header is missing or cannot be read; only a broken client sends such a message."""

    slug = "header-invalid"
    kind = "invalid"


def scope_text(partners: frozenset[str] | None) -> str:
    return ALL_PARTNERS if partners is None else ",".join(sorted(partners))


def read_context(headers: Mapping[str, str], recorded_at: datetime) -> Context:
    """The context that the headers tell. Raises `HeaderInvalid`.

    A business moment of the past is taken from callers with the role `operator` only: that is
    how cases and imports are played in.
    """
    if ACTOR not in headers:
        raise HeaderInvalid(ACTOR)
    roles = _names(headers.get(ROLES, ""))
    scope = headers.get(PARTNERS, "")
    return Context(
        command_id=headers.get(COMMAND_ID) or str(uuid4()),
        actor=headers[ACTOR],
        roles=roles,
        partners=None if scope == ALL_PARTNERS else _names(scope),
        now=_now(headers, roles) or recorded_at,
        recorded_at=recorded_at,
        expected_version=_expected_version(headers),
        trace={name: headers[name] for name in TRACE if name in headers},
    )


def _names(text: str) -> frozenset[str]:
    return frozenset(name for name in text.split(",") if name)


def _now(headers: Mapping[str, str], roles: frozenset[str]) -> datetime | None:
    if NOW not in headers or OPERATOR not in roles:
        return None
    try:
        moment = datetime.fromisoformat(headers[NOW])
    except ValueError:
        raise HeaderInvalid(NOW) from None
    if moment.tzinfo is None:
        raise HeaderInvalid(NOW)
    return moment


def _expected_version(headers: Mapping[str, str]) -> int | None:
    text = headers.get(EXPECTED_VERSION)
    if text is None:
        return None
    if not text.isdecimal():
        raise HeaderInvalid(EXPECTED_VERSION)
    return int(text)
