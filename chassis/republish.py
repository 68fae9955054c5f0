"""Filling the streams from a service's logs while it does not run, as after a restore."""

import asyncio

import asyncpg

from chassis.broker import connect
from chassis.clock import utc_now
from chassis.database import driver_url
from chassis.health import Beat
from chassis.leader import LOCK
from chassis.processing_relay import ProcessingRelay
from chassis.reconcile import Report, reconcile
from chassis.relay import Relay
from chassis.settings import Settings
from contracts import topology


class ServiceLeads(Exception):
    """A process of the service runs, and relays by itself."""


async def republish(service: str, settings: Settings) -> tuple[Report, Report]:
    """Reconcile, relay what the stream lacks, reconcile once more; both reports.

    `settings` are the service's own. Raises `ServiceLeads`.
    """
    connection = await connect(settings, service)
    database = await asyncpg.connect(driver_url(settings.database_url, ""))
    try:
        if not await database.fetchval("SELECT pg_try_advisory_lock($1)", LOCK):
            raise ServiceLeads(f"a process of {service} is running: stop it first")
        dsn = driver_url(settings.database_url, "")
        before = await reconcile(service, connection, dsn)
        relay = Relay(connection, settings, utc_now, asyncio.Event(), Beat("the relay", 1))
        while await relay.publish_next(database):
            pass
        if topology.service(service).keeps_persons:
            lines = ProcessingRelay(service, connection, settings, utc_now)
            await lines.publish_all(database)
        return before, await reconcile(service, connection, dsn)
    finally:
        await database.close()
        await connection.close()
