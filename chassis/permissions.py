"""What each user may say and hear on NATS, from the topology: nothing that it does not name.

Every service has an inbox prefix of its own, so that no service hears another's answers.
Within one account these are guards against mistakes and a first line against a service that was
taken over; the boundary between organisations is the account.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from contracts.service import Service
from contracts.topology import (
    DOMAIN_STREAM,
    LIVE,
    PROCESSING_STREAM,
    SERVICES,
    durable,
    processing_subject,
    service,
)

PROVISIONER = "provisioner"
SYSTEM_USER = "system"

READERS = ("live", "rebuild", "report")
"""Consumers that a service which reads the whole stream makes for itself: `<service>-<reader>`."""
RECONCILER = "reconcile"
"""Consumer with which a service reads back its own events: `<service>-reconcile`."""

CERTIFIER = "certificate"
"""Consumer with which a service looks for erased people in its own events."""

_API = "$JS.API"
_STREAM_INFO = f"{_API}.STREAM.INFO.{DOMAIN_STREAM}"


@dataclass(frozen=True, slots=True)
class Permissions:
    """Subjects that a user may publish to and subscribe to; none other.

    `answers` lets it publish once to the reply subject of each request that it received.
    """

    publish: tuple[str, ...]
    subscribe: tuple[str, ...]
    answers: bool = False

    def __str__(self) -> str:
        """As nats-server's configuration writes it."""
        answers = ', allow_responses: { max: 1, expires: "60s" }' if self.answers else ""
        return (
            f"publish: {{ {_allowed(self.publish)} }}, "
            f"subscribe: {{ {_allowed(self.subscribe)} }}{answers}"
        )


@dataclass(frozen=True, slots=True)
class User:
    """A user of an account; `permissions` `None` is everything within that account."""

    name: str
    permissions: Permissions | None = None


def account_users() -> Iterator[User]:
    """The users of the platform's account."""
    for candidate in SERVICES:
        yield User(candidate.name, of_service(candidate))
    yield User(PROVISIONER, of_provisioner())


def of_service(candidate: Service) -> Permissions:
    """What the topology says of this service, and no more."""
    return Permissions(
        publish=(*_speaks(candidate), *_uses_stream(candidate)),
        subscribe=tuple(_hears(candidate)),
        answers=candidate.answers,
    )


def of_provisioner() -> Permissions:
    """Makes and inspects the streams and their consumers; it cannot change or delete any."""
    return Permissions(
        publish=(
            _STREAM_INFO,
            f"{_API}.STREAM.CREATE.{DOMAIN_STREAM}",
            f"{_API}.STREAM.INFO.{PROCESSING_STREAM}",
            f"{_API}.STREAM.CREATE.{PROCESSING_STREAM}",
            f"{_API}.CONSUMER.INFO.{DOMAIN_STREAM}.*",
            *(
                f"{_API}.CONSUMER.CREATE.{DOMAIN_STREAM}.{durable(owner.name, consumer)}{filtered}"
                for owner in SERVICES
                for consumer in owner.consumers
                for filtered in ("", ".>")
            ),
        ),
        subscribe=(f"{inbox(PROVISIONER)}.>",),
    )


def inbox(user: str) -> str:
    """The prefix of the subjects on which this user, and no other, hears answers."""
    return f"_INBOX_{user}"


def _speaks(candidate: Service) -> Iterator[str]:
    if candidate.publishes:
        yield f"evt.{candidate.name}.*"
    for other in candidate.sends:
        yield from (f"cmd.{other}.{command}" for command in service(other).commands)
    for other in candidate.asks:
        yield from (f"qry.{other}.{query}" for query in service(other).queries)
    if candidate.live:
        yield f"{LIVE}.>"
    if candidate.administers:
        yield "adm.>"
    if candidate.keeps_persons:
        yield processing_subject(candidate.name)


def _hears(candidate: Service) -> Iterator[str]:
    """Requests in the service's own queue group only, so that each comes in once."""
    yield f"{inbox(candidate.name)}.>"
    if candidate.commands:
        yield f"cmd.{candidate.name}.* {candidate.name}"
    if candidate.queries:
        yield f"qry.{candidate.name}.* {candidate.name}"
    if candidate.answers:
        yield f"adm.{candidate.name}.* {candidate.name}"
    if candidate.answers:
        yield f"adm.{candidate.name}.* {candidate.name}"
    if candidate.watches:
        yield f"{LIVE}.>"


def _uses_stream(candidate: Service) -> Iterator[str]:
    if candidate.answers or candidate.reads_stream:
        yield _STREAM_INFO
    for consumer in candidate.consumers:
        yield from _fetches(durable(candidate.name, consumer))
        yield f"$JS.ACK.{DOMAIN_STREAM}.{durable(candidate.name, consumer)}.>"
    if candidate.answers:
        yield from _reads(f"{candidate.name}-{RECONCILER}", f".evt.{candidate.name}.>")
    if candidate.keeps_persons:
        yield from _reads(f"{candidate.name}-{CERTIFIER}", f".evt.{candidate.name}.>")
    if candidate.reads_stream:
        yield f"{_API}.DIRECT.GET.{DOMAIN_STREAM}"
        yield f"{_API}.DIRECT.GET.{DOMAIN_STREAM}.>"
        for reader in READERS:
            yield from _reads(f"{candidate.name}-{reader}", "")
            yield from _reads(f"{candidate.name}-{reader}", ".>")


def _reads(consumer: str, filtered: str) -> Iterator[str]:
    """With a consumer of its own making, on the events that pass `filtered` (`.<subject>`)."""
    yield f"{_API}.CONSUMER.CREATE.{DOMAIN_STREAM}.{consumer}{filtered}"
    yield f"{_API}.CONSUMER.DELETE.{DOMAIN_STREAM}.{consumer}"
    yield from _fetches(consumer)


def _fetches(consumer: str) -> Iterator[str]:
    yield f"{_API}.CONSUMER.INFO.{DOMAIN_STREAM}.{consumer}"
    yield f"{_API}.CONSUMER.MSG.NEXT.{DOMAIN_STREAM}.{consumer}"


def _allowed(subjects: tuple[str, ...]) -> str:
    return f"allow: {json.dumps(sorted(set(subjects)))}" if subjects else 'deny: [">"]'
