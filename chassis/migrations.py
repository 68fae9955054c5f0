"""Alembic for every service, and the tables that each service's database has from the chassis.

A service's `migrations/env.py` calls `run_environment(metadata)`; its first revision calls
`create_tables(op)`. Migrations run as the owner role, before the service starts.
"""

from importlib.resources import as_file, files
from typing import Any

from alembic import command, context
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, pool

from chassis.database import driver_url

TABLES = """
CREATE TABLE event_log (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid NOT NULL UNIQUE,
    aggregate text NOT NULL,
    version integer NOT NULL CHECK (version > 0),
    subject text NOT NULL,
    envelope json NOT NULL,
    trace json NOT NULL,
    recorded_at timestamptz NOT NULL,
    published_at timestamptz,
    stream_seq bigint,
    republished integer NOT NULL DEFAULT 0,
    UNIQUE (aggregate, version)
);
CREATE INDEX event_log_unpublished ON event_log (id) WHERE published_at IS NULL;

CREATE TABLE command_reply (
    actor text NOT NULL,
    command_id text NOT NULL,
    fingerprint bytea NOT NULL,
    reply json NOT NULL,
    recorded_at timestamptz NOT NULL,
    PRIMARY KEY (actor, command_id)
);
CREATE INDEX command_reply_age ON command_reply (recorded_at);

CREATE TABLE inbox (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (consumer, event_id)
);

CREATE TABLE timer (
    kind text NOT NULL,
    key text NOT NULL,
    due_at timestamptz NOT NULL,
    trace json NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    retry_at timestamptz,
    PRIMARY KEY (kind, key)
);
CREATE INDEX timer_due ON timer (due_at);

CREATE TABLE parked (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    aggregate text NOT NULL,
    version integer NOT NULL,
    stream_seq bigint NOT NULL,
    envelope json NOT NULL,
    error text NOT NULL,
    parked_at timestamptz NOT NULL,
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX parked_aggregate ON parked (consumer, aggregate, version);
"""

_KEEP_EVENT_LOG = """
DO $$
DECLARE name text;
BEGIN
    FOR name IN
        SELECT DISTINCT grantee FROM information_schema.role_table_grants
        WHERE table_name = 'event_log' AND grantee <> current_user
    LOOP
        EXECUTE format('REVOKE DELETE ON event_log FROM %I', name);
    END LOOP;
END $$
"""
"""Rows of the event log are marked, never deleted: the runtime role may not."""


def create_tables(op: Any) -> None:
    """Create the chassis tables; `op` is Alembic's operations object."""
    for statement in TABLES.split(";"):
        if statement.strip():
            op.execute(statement)
    op.execute(_KEEP_EVENT_LOG)


def run_environment(metadata: MetaData) -> None:
    """What `env.py` does: migrate the database whose URL the configuration names."""
    url = context.config.get_main_option("sqlalchemy.url") or ""
    engine = create_engine(url, poolclass=pool.NullPool)
    with engine.connect() as connection:
        context.configure(connection=connection, target_metadata=metadata)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


def run(service: str, owner_url: str) -> None:
    """Bring the service's database to the newest revision. `owner_url`: the owner role's."""
    with as_file(files(f"services.{service}") / "migrations") as folder:
        command.upgrade(_config(str(folder), owner_url), "head")


def newest(service: str) -> str | None:
    """The newest revision of this release."""
    with as_file(files(f"services.{service}") / "migrations") as folder:
        config = Config()
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        return ScriptDirectory.from_config(config).get_current_head()


def pending(service: str, url: str) -> bool:
    """Whether the database is not at the newest revision of this release."""
    engine = create_engine(driver_url(url, "psycopg"), poolclass=pool.NullPool)
    with engine.connect() as connection:
        present = MigrationContext.configure(connection).get_current_revision()
    engine.dispose()
    return present != newest(service)


def _config(folder: str, url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", folder.replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", driver_url(url, "psycopg").replace("%", "%%"))
    return config
