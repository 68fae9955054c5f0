"""Commands and queries as they come in: checked, handled in one transaction, answered.

A command is accepted when PostgreSQL has committed it. Whatever is wrong with it is told whole,
and then nothing has changed.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from typing import Any, Generic

import orjson
from pydantic import BaseModel, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from chassis import faults as fault_points
from chassis import outcome as outcomes
from chassis import processing_log, replies, telemetry
from chassis.administration import Administration
from chassis.clock import Clock
from chassis.command import Command, Context, Outcome, UseCase, WorkT, Write
from chassis.database import STATEMENT_ERRORS, ConnectionLost, Database
from chassis.definition import Definition, Disclosure
from chassis.errors import (
    BodyNotJson,
    CommandUnknown,
    DomainError,
    Fault,
    FieldInvalid,
    Internal,
    Refused,
    invalid_fields,
)
from chassis.gathering import Gathering
from chassis.headers import read_context
from chassis.log import logger
from contracts.envelope import source_urn

log = logger(__name__)

ATTEMPTS = 4
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""An escaped NUL character: JSON knows it, PostgreSQL's text does not."""
_RACES = {
    "23505",  # unique_violation: the same command or aggregate came in twice at once
    "40001",  # serialization_failure
    "40P01",  # deadlock_detected
}


class Dispatcher(Generic[WorkT]):
    """Handles the commands and queries of one service."""

    def __init__(
        self,
        definition: Definition[WorkT],
        database: Database,
        administration: Administration[WorkT],
        *,
        oin: str,
        clock: Clock,
        committed: Callable[[], None],
    ) -> None:
        self._definition = definition
        self._database = database
        self._administration = administration
        self._source = source_urn(oin, definition.name)
        self._clock = clock
        self._committed = committed
        self._writing = Gathering(self._write)
        self._line = database.line()

    async def command(self, name: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The reply to a command: `{"ok": …}` when it is committed, else `{"faults": […]}`."""
        with telemetry.span(f"{self._definition.name} {name}", telemetry.SERVER, headers):
            return await self._answer(name, self._command(name, body, headers))

    async def query(self, name: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The reply to a query, in the same form."""
        with telemetry.span(f"{self._definition.name} {name}", telemetry.SERVER, headers):
            return await self._answer(name, self._query(name, body, headers))

    async def administer(self, name: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        """The reply to one of the operator's requests, in the same form."""
        with telemetry.span(f"{self._definition.name} {name}", telemetry.SERVER, headers):
            return await self._answer(name, self._administer(name, body, headers))

    async def _administer(
        self, name: str, body: bytes, headers: Mapping[str, str]
    ) -> Mapping[str, Any]:
        if name not in self._administration.requests:
            raise CommandUnknown(name=name)
        self._administration.require_operator(self._context(name, headers))
        params, answer = self._administration.requests[name]
        return await answer(parse(params, body))

    async def _answer(self, name: str, handling: Any) -> bytes:
        try:
            return orjson.dumps({"ok": await handling})
        except DomainError as error:
            faults: tuple[Fault, ...] = (Fault.of(error),)
        except Refused as refused:
            faults = refused.faults
        except Exception:
            log.exception("could not handle", name=name)
            faults = (Fault.of(Internal()),)
        return orjson.dumps({"faults": [fault.model_dump() for fault in faults]})

    async def _command(
        self, name: str, body: bytes, headers: Mapping[str, str]
    ) -> Mapping[str, Any]:
        if name not in self._definition.commands:
            raise CommandUnknown(name=name)
        use_case = self._definition.commands[name]
        context = self._context(name, headers)
        command = parse(use_case.command, body)
        content = replies.fingerprint(name, command)
        try:
            return await self._try(use_case, command, context, content)
        except Exception:
            # A repeat meets what the first changed, and may fail on it in any way.
            if (kept := await self._kept(context, content)) is not None:
                return kept
            raise

    async def _try(
        self,
        use_case: UseCase[Any, WorkT],
        command: Command,
        context: Context,
        content: bytes,
    ) -> Mapping[str, Any]:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._handle(use_case, command, context, content)
            except STATEMENT_ERRORS as error:
                if not _may_go_well(error) or attempt == ATTEMPTS:
                    raise
                if (kept := await self._kept(context, content)) is not None:
                    return kept
        raise AssertionError("unreachable")

    async def _handle(
        self,
        use_case: UseCase[Any, WorkT],
        command: Command,
        context: Context,
        content: bytes,
    ) -> Mapping[str, Any]:
        handle = self._create if use_case.creates else self._change
        outcome = await handle(use_case, command, context, content)
        fault_points.reach("command.after-commit")
        self._committed()
        return outcome.reply

    async def _change(
        self,
        use_case: UseCase[Any, WorkT],
        command: Command,
        context: Context,
        content: bytes,
    ) -> Outcome:
        async with self._database.transaction() as session:
            outcome = await use_case.handle(command, context, self._definition.work(session))
            await outcomes.save(
                session, outcome, context, self._source, fingerprint=content, ended=self._clock()
            )
            fault_points.reach("command.before-commit")
        return outcome

    async def _create(
        self,
        use_case: UseCase[Any, WorkT],
        command: Command,
        context: Context,
        content: bytes,
    ) -> Outcome:
        async with self._database.statements() as session:
            outcome = await use_case.handle(command, context, self._definition.work(session))
        rows = outcomes.writes(
            outcome, context, self._source, fingerprint=content, ended=self._clock()
        )
        fault_points.reach("command.before-commit")
        if error := await self._writing.ask(rows):
            raise error
        return outcome

    async def _write(self, together: Sequence[list[Write]]) -> list[Exception | None]:
        """What went wrong with each. When something does, each is written by itself."""
        try:
            await outcomes.write(self._line.fetch, chain.from_iterable(together))
        except STATEMENT_ERRORS as error:
            if len(together) == 1:
                return [error]
            return [(await self._write([rows]))[0] for rows in together]
        return [None] * len(together)

    async def _kept(self, context: Context, content: bytes) -> Mapping[str, Any] | None:
        async with self._database.transaction() as session:
            return await replies.find(session, context, content)

    async def _query(self, name: str, body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any]:
        if name not in self._definition.queries:
            raise CommandUnknown(name=name)
        query = self._definition.queries[name]
        context = self._context(name, headers)
        params = parse(query.params, body)
        async with self._database.transaction() as session:
            answer = await query.answer(params, context, self._definition.work(session))
            return await self._disclosed(answer, context, session)

    async def _disclosed(
        self, answer: Mapping[str, Any] | Disclosure, context: Context, session: AsyncSession
    ) -> Mapping[str, Any]:
        if not isinstance(answer, Disclosure):
            return answer
        await processing_log.write(session, answer.processing, context, self._source, self._clock())
        return answer.answer

    def _context(self, name: str, headers: Mapping[str, str]) -> Context:
        context = read_context(headers, self._clock())
        return replace(
            context,
            trace=telemetry.inject() or context.trace,
            operation=f"{self._definition.name}.{name}",
        )


def parse(model: type[BaseModel], body: bytes) -> Any:
    """The body as `model`; fields that it does not know are refused, however deep.

    Raises `BodyNotJson`, or `Refused` with every wrong field.
    """
    try:
        orjson.loads(body)
    except orjson.JSONDecodeError:
        raise BodyNotJson from None
    if _NUL.search(body):
        raise FieldInvalid(rule="nul_character")
    try:
        return model.model_validate_json(body, extra="forbid")
    except ValidationError as error:
        raise Refused(invalid_fields(error.errors())) from None


def _may_go_well(error: Exception) -> bool:
    """Whether trying again may help: the kept reply makes that safe, whatever was committed."""
    lost = isinstance(error, ConnectionLost) or getattr(error, "connection_invalidated", False)
    return lost or sql_state(error) in _RACES


def sql_state(error: Exception) -> str | None:
    """PostgreSQL's five-character code of what went wrong."""
    refusal = getattr(error, "orig", error)
    return getattr(refusal, "sqlstate", None) or getattr(refusal, "pgcode", None)
