"""The migrations make the tables that the models describe, and give numbers."""

from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, pool

from chassis.database import driver_url
from services.tickets.models import Row


def _ours(name: str | None, kind: str, _: Any) -> bool:
    return kind != "table" or name in Row.metadata.tables


async def test_models_and_migrations_agree(service_databases: Any) -> None:
    urls = await service_databases("tickets")
    engine = create_engine(driver_url(urls["tickets"].owner, "psycopg"), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _ours})
        assert compare_metadata(context, Row.metadata) == []


async def test_numbers_run_per_kind_and_year_and_are_given_once(service_databases: Any) -> None:
    url = (await service_databases("tickets"))["tickets"].runtime
    async with (
        await psycopg.AsyncConnection.connect(url) as one,
        await psycopg.AsyncConnection.connect(url) as other,
    ):
        assert await _numbers(one, "INC", 2026, 2) == ["INC-2026-000001", "INC-2026-000002"]
        await one.commit()
        assert await _numbers(other, "INC", 2026, 1) == ["INC-2026-000003"]
        assert await _numbers(one, "INC", 2027, 1) == ["INC-2027-000001"]
        assert await _numbers(one, "REQ", 2026, 1) == ["REQ-2026-000001"]


@pytest.mark.parametrize(("prefix", "year"), [("X; DROP TABLE ticket", 2026), ("INC", 12)])
async def test_other_numbers_are_not_given(service_databases: Any, prefix: str, year: int) -> None:
    url = (await service_databases("tickets"))["tickets"].runtime
    async with await psycopg.AsyncConnection.connect(url) as connection:
        with pytest.raises(psycopg.errors.RaiseException):
            await _numbers(connection, prefix, year, 1)


async def _numbers(
    connection: psycopg.AsyncConnection[Any], prefix: str, year: int, count: int
) -> list[str]:
    found = await connection.execute("SELECT next_numbers(%s, %s, %s)", (prefix, year, count))
    return [row[0] for row in await found.fetchall()]
