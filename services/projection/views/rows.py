"""Rows of a query as plain JSON objects."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncSession


async def fetch(
    session: AsyncSession, query: Executable, bound: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    result = await session.execute(query, bound)
    names = [str(name) for name in result.keys()]  # noqa: SIM118  not a mapping
    return [dict(zip(names, row, strict=True)) for row in result]
