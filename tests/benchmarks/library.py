"""The peer of the projection: the eventsourcing library, with the same events in PostgreSQL."""

from collections.abc import Iterable
from time import perf_counter
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

import psycopg
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL
from psycopg.types.json import Jsonb

from contracts.envelope import Envelope

DATABASE = "peer"
PATIENCE_SECONDS = 60.0
SAVED_AT_ONCE = 200
_TABLE = """
CREATE TABLE IF NOT EXISTS public.peer_row (
    key uuid PRIMARY KEY, version integer NOT NULL, type text NOT NULL, data jsonb NOT NULL
)
"""
_UPSERT = """
INSERT INTO public.peer_row VALUES (%s, %s, %s, %s)
ON CONFLICT (key) DO UPDATE
SET version = excluded.version, type = excluded.type, data = peer_row.data || excluded.data
"""


class Told(Aggregate):
    """An aggregate of which our events are told, whatever they say."""

    @event("Begun")
    def __init__(self, name: str, type_: str, data: dict[str, Any]) -> None:
        self.name, self.type_, self.data = name, type_, data

    @staticmethod
    def create_id(name: str, **_: Any) -> UUID:
        return uuid5(NAMESPACE_OID, name)

    @event("Continued")
    def tell(self, type_: str, data: dict[str, Any]) -> None:
        self.type_, self.data = type_, data


class Log(Application[UUID]):
    """The events, in the library's own store."""


class View(PostgresTrackingRecorder):
    """A row per aggregate, as our read models have one."""

    def __init__(self, datastore: PostgresDatastore, **options: Any) -> None:
        super().__init__(datastore, **options)
        self.sql_create_statements.append(SQL(_TABLE).format())

    def fold(self, told: Any, tracking: Tracking) -> None:
        values = told.originator_id, told.originator_version, told.type_, Jsonb(told.data)
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(_UPSERT, values, prepare=True)


class Peer(Projection[View]):
    """Every event changes its aggregate's row, in a transaction with the position."""

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.fold(domain_event, tracking)


def prepare(admin_url: str, envelopes: Iterable[Envelope]) -> dict[str, str]:
    """Tell the events to the library's store; returns the environment that finds it.

    It commits each event by itself, and need not wait for the disk: a rebuild hardly does either.
    """
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
        connection.execute(f"ALTER DATABASE {DATABASE} SET synchronous_commit = off")
    environment = _environment(admin_url)
    log, told = Log(environment), dict[str, Told]()
    for envelope in envelopes:
        name, content = envelope.subject, (envelope.type, envelope.data)
        if name in told:
            told[name].tell(*content)
        else:
            told[name] = Told(name, *content)
        if len(told[name].pending_events) >= SAVED_AT_ONCE:
            log.save(told[name])
    log.save(*told.values())
    log.close()
    return environment


def project(environment: dict[str, str], events: int) -> float:
    """Events a second, from nothing."""
    with psycopg.connect(_address(environment)) as connection:
        connection.execute("DROP TABLE IF EXISTS public.peer_tracking, public.peer_row")
    started = perf_counter()
    with ProjectionRunner(
        application_class=Log, projection_class=Peer, view_class=View, env=environment
    ) as runner:
        runner.wait(events, timeout=PATIENCE_SECONDS)
        return events / (perf_counter() - started)


def _environment(admin_url: str) -> dict[str, str]:
    address = conninfo_to_dict(admin_url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": DATABASE,
        **{
            f"POSTGRES_{name.upper()}": str(address[name])
            for name in ("host", "port", "user", "password")
        },
    }


def _address(environment: dict[str, str]) -> str:
    return " ".join(
        f"{name}={environment[f'POSTGRES_{name.upper()}']}"
        for name in ("host", "port", "user", "password", "dbname")
    )
