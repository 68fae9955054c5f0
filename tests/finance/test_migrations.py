"""The migrations make the tables that the models describe."""

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, pool

from chassis.database import driver_url
from services.finance.models import Row


def _ours(name: str | None, kind: str, _: Any) -> bool:
    return kind != "table" or name in Row.metadata.tables


async def test_models_and_migrations_agree(service_databases: Any) -> None:
    urls = await service_databases("finance")
    engine = create_engine(driver_url(urls["finance"].owner, "psycopg"), poolclass=pool.NullPool)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": _ours})
        assert compare_metadata(context, Row.metadata) == []
