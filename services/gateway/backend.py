"""Commands and queries on behalf of a person."""

import asyncio
from collections.abc import Mapping
from time import monotonic
from typing import Any
from uuid import UUID, uuid4, uuid5

from chassis.client import Client
from chassis.errors import Refused, Unavailable
from services.gateway.errors import AnswerLate, GatewayError, ReplyLate
from services.gateway.identity import Person

Fact = dict[str, Any]
"""A ticket's facts, as the projection tells them."""

WAIT_SECONDS = 2.0
LOOK_SECONDS = 0.02
_COMMANDS = UUID("0b0de9a7-4c6f-5f0a-9d5a-8f0f2c0a4b11")
"""Namespace of command ids that are made from callers' keys."""


class Backend:
    """The services behind the door, as one person may use them."""

    def __init__(self, client: Client, timeout: float) -> None:
        self._client = client
        self._timeout = timeout

    async def command(
        self,
        service: str,
        command: str,
        body: Mapping[str, Any],
        person: Person,
        *,
        key: str | None = None,
        expected_version: int | None = None,
    ) -> dict[str, Any]:
        """The reply of a committed command.

        The same `key` of the same person gives the same answer and one effect. Raises `Refused`,
        or `ReplyLate` when the outcome is unknown.
        """
        try:
            return await self._client.command(
                service,
                command,
                body,
                person.caller(),
                command_id=command_id(person, key),
                expected_version=expected_version,
                timeout=self._timeout,
            )
        except Refused as refused:
            raise _told(refused, ReplyLate) from None

    async def query(
        self, service: str, query: str, params: Mapping[str, Any], person: Person
    ) -> dict[str, Any]:
        """The answer, within the person's scope. Raises `Refused` or `AnswerLate`."""
        try:
            return await self._client.query(
                service, query, params, person.caller(), timeout=self._timeout
            )
        except Refused as refused:
            raise _told(refused, AnswerLate) from None

    async def view(self, name: str, person: Person, **params: Any) -> dict[str, Any]:
        """A read model of the projection; parameters that are `None` are left out."""
        given = {key: value for key, value in params.items() if value is not None}
        return await self.query("projection", name, given, person)

    async def ticket(self, ticket: str, person: Person, *, at_least: int | None = None) -> Fact:
        """The ticket as the read model has it; `at_least` is a version to wait for.

        What has come within two seconds is given otherwise. Waiting is done here, where it costs
        nothing: a query that waits holds up those of others. Raises `Refused` for a ticket that is
        foreign or unknown, also after the wait.
        """
        until = monotonic() + WAIT_SECONDS
        while True:
            patient = at_least is not None and monotonic() < until
            try:
                reply = await self.view("ticket", person, ticket=ticket)
            except Refused:
                if not patient:
                    raise
            else:
                fact: Fact = reply["ticket"]
                if not patient or fact["version"] >= (at_least or 0):
                    return fact
            await asyncio.sleep(LOOK_SECONDS)


def command_id(person: Person, key: str | None) -> str:
    """A key counts for the person who sends it: nobody is given another's kept reply."""
    return str(uuid4() if key is None else uuid5(_COMMANDS, f"{person.pseudonym}\n{key}"))


def _told(refused: Refused, late: type[GatewayError]) -> Exception:
    """A time-out apart from a refusal and from a service that nobody reaches."""
    for fault in refused.faults:
        if fault.slug == Unavailable.slug and fault.params.get("outcome") == "unknown":
            return late(service=fault.params.get("service"))
    return refused
