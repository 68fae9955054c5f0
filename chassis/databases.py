"""A database and two roles per service: one that owns and migrates, one that reads and writes.

The runtime role cannot define, alter or drop anything. Doing it again changes nothing but the
passwords, which become those of the credentials.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, LiteralString

import psycopg
from psycopg import sql
from sqlalchemy.engine import make_url

from chassis.credentials import Credentials
from contracts.topology import SERVICES

Connection = psycopg.AsyncConnection[Any]


@dataclass(frozen=True, slots=True)
class DatabaseUrls:
    """How to reach one service's database, as either of its roles."""

    owner: str
    runtime: str


def stateful() -> tuple[str, ...]:
    """The services that have a database."""
    return tuple(service.name for service in SERVICES if service.answers)


async def create_databases(
    admin_url: str, credentials: Credentials, services: Iterable[str] = stateful()
) -> dict[str, DatabaseUrls]:
    """Make what is missing of the services' roles and databases. `admin_url` may create both."""
    return {
        service: await create_database(admin_url, credentials, service, name=service)
        for service in services
    }


async def create_database(
    admin_url: str,
    credentials: Credentials,
    service: str,
    *,
    name: str,
    template: str | None = None,
    bare: bool = False,
) -> DatabaseUrls:
    """Make this service's database under a name, empty or as a copy of `template`.

    A `bare` one is for a dump, which brings along what the runtime role may do.
    """
    urls = database_urls(admin_url, credentials, service, name=name)
    async with await psycopg.AsyncConnection.connect(admin_url, autocommit=True) as connection:
        for role in (owner_role(service), service):
            await _ensure_role(connection, role, credentials.password(role))
        created = await _ensure_database(connection, name, owner_role(service), template)
    if created:
        async with await psycopg.AsyncConnection.connect(urls.owner) as connection:
            await _grant(connection, _DOOR if bare else (*_DOOR, *_ROWS), name, service)
    return urls


async def existing_databases(admin_url: str, names: Iterable[str]) -> tuple[str, ...]:
    """Those of these databases that are there."""
    query = "SELECT datname FROM pg_database WHERE datname = ANY(%s) ORDER BY datname"
    async with await psycopg.AsyncConnection.connect(admin_url, autocommit=True) as connection:
        cursor = await connection.execute(query, (list(names),))
        return tuple(row[0] for row in await cursor.fetchall())


async def drop_database(admin_url: str, name: str) -> None:
    """Remove the database and whoever is connected to it."""
    async with await psycopg.AsyncConnection.connect(admin_url, autocommit=True) as connection:
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        await connection.execute(statement.format(sql.Identifier(name)))


def owner_role(service: str) -> str:
    return f"{service}_owner"


def database_urls(
    admin_url: str, credentials: Credentials, service: str, *, name: str
) -> DatabaseUrls:
    """The URLs of this service's database on the server that `admin_url` names."""

    def url(role: str) -> str:
        password = credentials.password(role)
        changed = make_url(admin_url).set(username=role, password=password, database=name)
        return changed.render_as_string(hide_password=False)

    return DatabaseUrls(owner=url(owner_role(service)), runtime=url(service))


async def _ensure_role(connection: Connection, role: str, password: str) -> None:
    """The password travels as its scram verifier, so that no log can hold it."""
    name = sql.Identifier(role)
    if not await _exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", role):
        await connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(name))
        await connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
    verifier = connection.pgconn.encrypt_password(
        password.encode(), role.encode(), b"scram-sha-256"
    )
    statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
    await connection.execute(statement.format(name, sql.Literal(verifier.decode())))


async def _ensure_database(
    connection: Connection, name: str, owner: str, template: str | None
) -> bool:
    """Whether it had to be made."""
    if await _exists(connection, "SELECT 1 FROM pg_database WHERE datname = %s", name):
        return False
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(owner), sql.Identifier(template or "template0")
    )
    await connection.execute(statement)
    return True


_DOOR: tuple[LiteralString, ...] = (
    "REVOKE ALL ON DATABASE {database} FROM PUBLIC",
    "GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {role}",
)
"""The runtime role, and no other, may connect."""
_ROWS: tuple[LiteralString, ...] = (
    "REVOKE ALL ON SCHEMA public FROM PUBLIC",
    "GRANT USAGE ON SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES GRANT SELECT, USAGE ON SEQUENCES TO {role}",
)
"""The runtime role reads and writes rows of what the owner makes, now and later."""


async def _grant(
    owner: Connection, statements: Iterable[LiteralString], name: str, service: str
) -> None:
    for statement in statements:
        names = {"database": sql.Identifier(name), "role": sql.Identifier(service)}
        await owner.execute(sql.SQL(statement).format(**names))


async def _exists(connection: Connection, query: LiteralString, name: str) -> bool:
    cursor = await connection.execute(query, (name,))
    return await cursor.fetchone() is not None
