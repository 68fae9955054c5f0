"""Very many tickets at once: rows written straight into the live read model, with no events.

A year of tickets until now, spread evenly; most are of one partner. The same rows each time.
"""

from typing import Final

import asyncpg

from bodemplaat.installation import Installation
from chassis.database import driver_url
from chassis.databases import database_urls
from services.projection import store

SERVICE = "projection"

PARTNER: Final = "zevenaar"
SHARE: Final = 80
"""Of a hundred tickets, those of `PARTNER`."""

_WRITE = f"""
INSERT INTO ticket (
    ticket, version, partner, kind, status, priority, impact, urgency, item, item_version, domain,
    tier, out_of_catalogue, channel, team, line, requester, opened_at, responded_at, resolved_at,
    closed_at, cancelled_at, response_due, resolution_due, response_minutes, resolution_minutes,
    target_percentage, norm_source, calendar, calendar_version, pauses_on_supplier,
    response_seconds, resolution_seconds, response_breached_at, resolution_breached_at,
    resolution_at_risk_at, within_response, within_resolution, reopened, reassignments, external,
    generated, minutes, billable_minutes, quality, speed, communication, tasks, change, updated_at
)
SELECT 'INC-1999-' || lpad(n::text, 7, '0'), 5,
    CASE WHEN draw % 100 < {SHARE} THEN '{PARTNER}' WHEN n % 3 = 0 THEN 'duiven'
        ELSE 'westervoort' END,
    CASE WHEN n % 3 = 0 THEN 'service-request' ELSE 'incident' END,
    CASE WHEN resolved THEN 'closed' WHEN cancelled THEN 'cancelled' ELSE 'in-progress' END,
    1 + n % 5, 1 + n % 3, 1 + n % 3, 'ICT-WP-' || lpad((n % 20)::text, 2, '0'), 1, 'ict', 'basic',
    n % 12 = 0, 'portal', 'Werkplek', 'first', 'p-' || n % 5000,
    opened, responded, CASE WHEN resolved THEN done END,
    CASE WHEN resolved THEN done + interval '1 hour' END,
    CASE WHEN cancelled THEN opened + interval '1 hour' END,
    opened + interval '2 hours', opened + interval '2 days', 120, 960, 90, 'item', 'kantoor', 1,
    false, extract(epoch FROM responded - opened)::int, took / 3,
    CASE WHEN n % 29 = 0 THEN opened + interval '2 hours' END,
    CASE WHEN took > 172800 AND opened < now() - interval '2 days' THEN opened + interval '2 days'
    END,
    CASE WHEN took > 129600 AND opened < now() - interval '36 hours'
        THEN opened + interval '36 hours' END,
    n % 29 > 0, CASE WHEN resolved THEN took <= 172800 END, 0, 1, NULL, true, 20, 0,
    CASE WHEN resolved AND n % 4 = 0 THEN 5 + n % 6 END,
    CASE WHEN resolved AND n % 4 = 0 THEN 4 + n % 7 END,
    CASE WHEN resolved AND n % 4 = 0 THEN 6 + n % 5 END, '[]', '{{}}', least(done, now())
FROM (
    SELECT *, opened + make_interval(secs => took) AS done, draw % 50 = 0 AS cancelled,
        draw % 50 > 0 AND opened + make_interval(secs => took) <= now() AS resolved,
        opened + make_interval(secs => draw % 7000) AS responded
    FROM (
        SELECT n, draw, now() - interval '365 days' * (1 - n / $1::float) AS opened,
                draw % 1000 * (draw % 97) * CASE WHEN draw % 11 = 0 THEN 40 ELSE 4 END + 600 AS took
        FROM (SELECT n, ((n * 2654435761) % 4294967296 / 4096)::int AS draw
            FROM generate_series(1, $1::bigint) AS n) AS numbered
    ) AS drawn
) AS lived
"""  # noqa: S608  own constants
_UNSEEN = """
SELECT relallvisible < relpages * 0.95 FROM pg_class WHERE oid = 'ticket'::regclass
"""


async def write(installation: Installation, tickets: int) -> None:
    """So many tickets in the place of all that were written before.

    The table is vacuumed, as PostgreSQL does by itself within a minute.
    """
    addresses = installation.addresses()
    urls = database_urls(addresses.database_url, installation.credentials, SERVICE, name=SERVICE)
    owner = await asyncpg.connect(driver_url(urls.owner, ""))
    try:
        schema = await owner.fetchval("SELECT schema FROM generation WHERE live")
        await store.use(owner, schema)
        await owner.execute("DELETE FROM ticket WHERE ticket LIKE 'INC-1999-%'")
        await owner.execute(_WRITE, tickets)
        while await owner.fetchval(_UNSEEN):  # as long as somebody may not see all rows yet
            await owner.execute("VACUUM (ANALYZE) ticket")
    finally:
        await owner.close()
