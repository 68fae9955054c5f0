"""Sending commands and asking queries: request and reply over NATS."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from nats.aio.client import Client as Connection
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError

from chassis import headers, telemetry
from chassis.errors import Fault, Refused, Unavailable
from contracts.topology import administration_subject, command_subject, query_subject

TIMEOUT_SECONDS = 5.0
ADMINISTRATION_SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Caller:
    """On whose behalf: a pseudonym, roles, and the partners it may act for (`None`: all)."""

    actor: str
    roles: frozenset[str]
    partners: frozenset[str] | None


class Client:
    """Speaks to the services over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def command(  # noqa: PLR0913  what travels with a command
        self,
        service: str,
        command: str,
        body: Mapping[str, Any] | bytes,
        caller: Caller,
        *,
        command_id: str,
        now: datetime | None = None,
        expected_version: int | None = None,
        timeout: float = TIMEOUT_SECONDS,  # noqa: ASYNC109  part of the request itself
    ) -> dict[str, Any]:
        """The reply of a committed command.

        Raises `Refused`: with the service's faults, when nothing has changed; with the slug
        `unavailable`, when no answer came. Its param `outcome` is then `unknown` after a time-out
        (repeat with the same command id) and `none` when nobody was there to take it.
        """
        sent = _headers(caller) | {headers.COMMAND_ID: command_id}
        if now is not None:
            sent[headers.NOW] = now.isoformat()
        if expected_version is not None:
            sent[headers.EXPECTED_VERSION] = str(expected_version)
        return await self._request(command_subject(service, command), body, sent, timeout)

    async def query(
        self,
        service: str,
        query: str,
        params: Mapping[str, Any],
        caller: Caller,
        *,
        timeout: float = TIMEOUT_SECONDS,  # noqa: ASYNC109  part of the request itself
    ) -> dict[str, Any]:
        """The answer to a query. Raises `Refused` as `command` does."""
        return await self._request(query_subject(service, query), params, _headers(caller), timeout)

    async def administer(
        self,
        service: str,
        request: str,
        params: Mapping[str, Any],
        caller: Caller,
        *,
        timeout: float = ADMINISTRATION_SECONDS,  # noqa: ASYNC109  part of the request itself
    ) -> dict[str, Any]:
        """The answer to one of the operator's requests. Raises `Refused` as `command` does."""
        subject = administration_subject(service, request)
        return await self._request(subject, params, _headers(caller), timeout)

    async def _request(
        self,
        subject: str,
        body: Mapping[str, Any] | bytes,
        sent: dict[str, str],
        timeout: float,  # noqa: ASYNC109  handed to the driver
    ) -> dict[str, Any]:
        payload = body if isinstance(body, bytes) else orjson.dumps(body)
        with telemetry.span(subject, telemetry.CLIENT, messaging__system="nats"):
            try:
                answer = await self._connection.request(
                    subject, payload, timeout=timeout, headers=sent | telemetry.inject()
                )
            except NoRespondersError:
                raise _unavailable(subject, "none") from None
            except (NatsError, TimeoutError):
                raise _unavailable(subject, "unknown") from None
        reply: dict[str, Any] = orjson.loads(answer.data)
        if "faults" in reply:
            raise Refused(Fault.model_validate(fault) for fault in reply["faults"])
        result: dict[str, Any] = reply["ok"]
        return result


def _headers(caller: Caller) -> dict[str, str]:
    return {
        headers.ACTOR: caller.actor,
        headers.ROLES: ",".join(sorted(caller.roles)),
        headers.PARTNERS: headers.scope_text(caller.partners),
    }


def _unavailable(subject: str, outcome: str) -> Refused:
    return Refused([Fault.of(Unavailable(service=subject.split(".")[1], outcome=outcome))])
