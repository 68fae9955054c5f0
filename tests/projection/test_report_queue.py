"""Who is next of those that wait for a report of the past."""

from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
from sqlalchemy.exc import DBAPIError

from chassis.command import Context
from services.projection.as_of import AsOf
from services.projection.reader import Interrupted
from services.projection.reporting import jobs
from services.projection.reporting.breaks import was_lost
from services.projection.reporting.question import Question
from services.projection.settings import Limits

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def asked(actor: str, as_of: int, seconds: int) -> tuple[Question, Context]:
    """What was asked so long ago."""
    at = NOW - timedelta(seconds=seconds)
    return (
        Question(report="board", partner=None, period="2026-Q1", moment=at, as_of=as_of),
        Context("", actor, frozenset(), None, now=at, recorded_at=at),
    )


LOST = (
    Interrupted("the connection was lost"),
    ConnectionResetError(),
    TimeoutError(),
    asyncpg.AdminShutdownError("", ""),
    asyncpg.InterfaceError("connection is closed"),
    DBAPIError("", {}, ConnectionError(), connection_invalidated=True),
)
REFUSED = (
    DBAPIError("", {}, ConnectionError()),
    asyncpg.DivisionByZeroError("", ""),
    asyncpg.QueryCanceledError("", ""),
    asyncpg.DataError("out of range"),
    KeyError("column"),
)


def test_only_a_connection_that_is_lost_makes_it_wait_again() -> None:
    assert [error for error in LOST if not was_lost(error)] == []
    assert [error for error in REFUSED if was_lost(error)] == []


async def test_everybodys_first_goes_before_anybodys_second_and_nobody_waits_for_ever(
    projection: Any,
) -> None:
    waiting = {
        "busy": asked("c-1", 5, 9),
        "busy again": asked("c-1", 5, 8),
        "busy elsewhere": asked("c-1", 4, 7),
        "next": asked("m-1", 5, 6),
        "elsewhere": asked("m-2", 3, 5),
        "long": asked("m-3", 2, 61),
    }
    order = []
    async with projection.service.database.transaction() as session:
        for question, context in waiting.values():
            await jobs.ensure(session, question, context, Limits())
        while begun := await jobs.begin_next(session, AsOf(5), NOW):
            order += [name for name, (question, _) in waiting.items() if begun == (question, 1)]
        given_back, _ = waiting["next"]
        await jobs.give_back(session, given_back.id)
        assert await jobs.begin_next(session, AsOf(5), NOW) == (given_back, 1)
        await session.rollback()
    assert order == ["long", "busy", "next", "busy again", "elsewhere", "busy elsewhere"]
