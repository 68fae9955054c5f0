"""One service, one PostgreSQL database; sessions whose commit belongs to the chassis."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

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


ROW_BY_ROW = {"enable_seqscan": "off", "enable_hashjoin": "off", "enable_mergejoin": "off"}
"""Settings of a connection that finds few rows in tables that grow. A plan that was made while a
table was still empty reads all of it, and is kept until the table's statistics are."""


def driver_url(url: str, driver: str) -> str:
    """The same database through a driver of SQLAlchemy, or (`""`) for libpq and asyncpg."""
    name = f"postgresql+{driver}" if driver else "postgresql"
    return make_url(url).set(drivername=name).render_as_string(hide_password=False)


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


class Database:
    """The engine of one process. `url` is the runtime role's."""

    def __init__(self, url: str, *, pool: int = 12) -> None:
        self.dsn = driver_url(url, "")
        self.engine: AsyncEngine = create_async_engine(
            driver_url(url, "asyncpg"),
            pool_size=pool,
            max_overflow=0,
            pool_pre_ping=False,
            json_serializer=_json,
            json_deserializer=orjson.loads,
        )
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._alone = async_sessionmaker(alone, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """A session that commits when the block ends well and rolls back when it does not."""
        async with self._sessions() as session, session.begin():
            yield session

    @asynccontextmanager
    async def statements(self) -> AsyncIterator[AsyncSession]:
        """A session of which every statement is a transaction of its own."""
        async with self._alone() as session:
            yield session

    async def warm(self, connections: int) -> None:
        """Open so many connections now: a log-in costs the first command more than its work."""
        async with AsyncExitStack() as stack:
            for _ in range(connections):
                await stack.enter_async_context(self.engine.connect())

    async def dispose(self) -> None:
        await self.engine.dispose()
