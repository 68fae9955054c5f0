"""The clock goes on while the service is down."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from nats.aio.client import Client as Connection

from chassis.client import Caller
from chassis.service import running
from chassis.testing.stream import envelopes, eventually
from services.tickets.service import define

AGENT = Caller("agent-1", frozenset({"agent"}), None)
OPENED = datetime(2026, 2, 5, 8, 0, tzinfo=UTC)
LATER = OPENED + timedelta(days=5)
OVERDUE = [
    ("sla-at-risk", datetime(2026, 2, 5, 9, 30, tzinfo=UTC)),
    ("sla-breached", datetime(2026, 2, 5, 10, 0, tzinfo=UTC)),
    ("sla-at-risk", datetime(2026, 2, 6, 11, 0, tzinfo=UTC)),
    ("sla-breached", datetime(2026, 2, 6, 15, 0, tzinfo=UTC)),
]
REPORT = {
    "partner": "zevenaar",
    "kind": "incident",
    "title": "Beeldscherm zwart",
    "item": "ICT-WP-01",
    "impact": 2,
    "urgency": 2,
    "channel": "desk",
    "requester": {"id": "p-1", "name": "A. de Vries"},
}


async def test_after_downtime_each_overdue_moment_is_told_once_with_its_true_time(
    stream: Connection,
    catalogue_told: int,
    settings_for: Any,
    client_of: Any,
    station_of: Any,
) -> None:
    settings = await settings_for("tickets")
    client = await client_of("operator")
    async with running(define(), settings, clock=lambda: OPENED) as service:
        await station_of(service).knows(catalogue_told)
        reply = await client.command(
            "tickets", "open-ticket", REPORT, AGENT, command_id=str(uuid4())
        )

    async def told() -> list[tuple[str, datetime]]:
        found = await envelopes(stream, "evt.tickets.*")
        events = [each.event() for each in found if each.subject == reply["ticket"]]
        return [(event.event_name, event.occurred_at) for event in events]

    async def all_told() -> list[tuple[str, datetime]]:
        found = await told()
        return found if len(found) >= len(OVERDUE) + 1 else []

    assert await told() == [("ticket-opened", OPENED)]
    async with running(define(), settings, clock=lambda: LATER):
        assert await eventually(all_told) == [("ticket-opened", OPENED), *OVERDUE]
    async with running(define(), settings, clock=lambda: LATER + timedelta(days=1)) as service:
        assert await station_of(service).count("timer") == 0
    assert len(await told()) == len(OVERDUE) + 1
