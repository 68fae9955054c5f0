"""What a service's database holds, and what its roles may do there, for comparing two of them."""

import asyncpg

RELAYED = {"published_at", "stream_seq", "republished"}
"""Columns of the event log that tell of the stream, which is another one after a restore."""

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
_COLUMNS = """
    SELECT column_name FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = $1 ORDER BY ordinal_position
"""
_RIGHTS = """
    SELECT coalesce(string_agg(line, ' ; ' ORDER BY line), '') FROM (
        SELECT relname || ' ' || coalesce(relacl::text, '') AS line
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
        UNION ALL SELECT 'default ' || defaclobjtype::text || defaclacl::text FROM pg_default_acl
        UNION ALL SELECT 'schema ' || nspacl::text FROM pg_namespace WHERE nspname = 'public'
        UNION ALL SELECT 'database ' || datacl::text
        FROM pg_database WHERE datname = current_database()
        UNION ALL SELECT proname || ' ' || prosecdef || coalesce(proacl::text, '')
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    ) AS lines
"""


async def tables(dsn: str) -> dict[str, str]:
    """A hash of each table, whatever the order of its rows, and what everybody may do to them."""
    database = await asyncpg.connect(dsn)
    found = {"rights": await database.fetchval(_RIGHTS)}
    for (table,) in await database.fetch(_TABLES):
        columns = [row[0] for row in await database.fetch(_COLUMNS, table)]
        told = ", ".join(f'"{column}"' for column in columns if column not in RELAYED)
        found[table] = await database.fetchval(
            f"SELECT count(*) || ' ' || coalesce(md5(string_agg(line, '' ORDER BY line)), '')"  # noqa: S608
            f' FROM (SELECT ROW({told})::text AS line FROM "{table}") AS lines'
        )
    await database.close()
    return found
