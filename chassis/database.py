"""One service, one PostgreSQL database; sessions whose commit belongs to the chassis."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import cast

import asyncpg
import orjson
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

CONNECTION_ERRORS = (
    OSError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    DBAPIError,
)
"""What a lost connection raises, in whichever layer it is noticed (`InternalClientError`: in the
midst of a query). Whoever loops begins again on a new connection."""


ROW_BY_ROW = {
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
    "plan_cache_mode": "force_generic_plan",
}
"""Settings of a connection that finds few rows in tables that grow, by statements that come again
and again: each is planned once. A plan that was made while a table was still empty would read all
of it, and be kept until the table's statistics are."""


_DATABASE = "database"


def driver_url(url: str, driver: str) -> str:
    """The same database through a driver of SQLAlchemy, or (`""`) for libpq and asyncpg."""
    name = f"postgresql+{driver}" if driver else "postgresql"
    return make_url(url).set(drivername=name).render_as_string(hide_password=False)


class ConnectionLost(Exception):
    """The connection ended before the answer came: what was asked may have been done or not."""


STATEMENT_ERRORS = (asyncpg.PostgresError, DBAPIError, ConnectionLost)
"""What a statement raises that PostgreSQL refused, or of which nobody knows what became."""


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


class Line:
    """A connection by itself, for one statement at a time, each a transaction of its own.

    It is opened at its first use, and again after it was lost. What a session and a pool cost
    beside a statement, a path that is walked all the time need not pay.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: asyncpg.Connection | None = None

    async def fetch(self, statement: str, *values: object) -> list[asyncpg.Record]:
        """The rows of a statement with `$1` for the first value.

        Raises what PostgreSQL refuses it with, or `ConnectionLost`.
        """
        connection = await self._open()
        try:
            return await connection.fetch(statement, *values)
        except CONNECTION_ERRORS as error:
            if connection.is_closed():
                raise ConnectionLost from error
            raise

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close(timeout=2)

    async def _open(self) -> asyncpg.Connection:
        if self._connection is None or self._connection.is_closed():
            self._connection = await asyncpg.connect(self._dsn, server_settings=ROW_BY_ROW)
        return self._connection


class Database:
    """The engine of one process. `url` is the runtime role's."""

    def __init__(self, url: str, *, pool: int = 12) -> None:
        self.dsn = driver_url(url, "")
        self.engine: AsyncEngine = create_async_engine(
            driver_url(url, "asyncpg"),
            pool_size=pool,
            max_overflow=0,
            pool_pre_ping=False,
            pool_use_lifo=True,  # few connections know their plans and tables, the rest stay small
            json_serializer=_json,
            json_deserializer=orjson.loads,
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._alone = async_sessionmaker(alone, expire_on_commit=False, info={_DATABASE: self})
        self._lines: list[Line] = []

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when the block ends well and rolls back when it does not."""
        async with self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def statements(self) -> AsyncIterator[AsyncSession]:
        """A session of which every statement is a transaction of its own."""
        session = self._alone()
        try:
            yield session
        finally:
            if session.in_transaction():  # closing one that was not used is dear as well
                await session.close()

    def line(self) -> Line:
        """A new connection by itself, closed with the others."""
        self._lines.append(Line(self.dsn))
        return self._lines[-1]

    @staticmethod
    def of(session: AsyncSession) -> "Database":
        """The database of a session that `statements` gave."""
        return cast("Database", session.info[_DATABASE])

    async def warm(self, connections: int) -> None:
        """Open so many connections now: a log-in costs the first command more than its work."""
        async with AsyncExitStack() as stack:
            for _ in range(connections):
                await stack.enter_async_context(self.engine.connect())

    async def dispose(self) -> None:
        for line in self._lines:
            await line.close()
        await self.engine.dispose()
