"""What breaks a report off in the making: a connection that is lost, or the report itself."""

import asyncpg
from sqlalchemy.exc import DBAPIError

from chassis.database import CONNECTION_ERRORS
from services.projection.reader import INTERRUPTIONS

_ENDED = (
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
)


def was_lost(error: Exception) -> bool:
    """Whether a connection failed, so that the same may go well on another one.

    What PostgreSQL or its driver refuses, they would refuse again.
    """
    if isinstance(error, DBAPIError):
        return error.connection_invalidated
    if isinstance(error, asyncpg.PostgresError | ValueError):
        return isinstance(error, _ENDED)
    return isinstance(error, (*INTERRUPTIONS, *CONNECTION_ERRORS))
