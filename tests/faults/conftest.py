"""A small catalogue in the stream, for services that decide by it."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from contracts.catalog import (
    CalendarDefined,
    Norm,
    PartnerJoined,
    PartnerStatisticsUpdated,
    ServiceHours,
    ServiceLevelSet,
)
from contracts.envelope import Envelope, source_urn, wrap
from contracts.registry import DomainEvent

START = datetime(2024, 1, 1, tzinfo=UTC)
SOURCE = source_urn("0" * 20, "catalog")
YEARS = range(2000, 2020)
"""Years of figures: events enough to be in the midst of."""


def _facts() -> list[tuple[str, int, DomainEvent]]:
    joined = PartnerJoined(
        occurred_at=START,
        partner="zevenaar",
        name="Zevenaar",
        kind="municipality",
        oin="0" * 20,
        joined_on=START.date(),
    )
    hours = CalendarDefined(
        occurred_at=START,
        calendar="kantoor",
        calendar_version=1,
        name="Kantooruren",
        valid_from=START.date(),
        hours=tuple(ServiceHours(weekday=d, opens="08:00", closes="17:00") for d in range(1, 6)),
    )
    level = ServiceLevelSet(
        occurred_at=START,
        domain="ict",
        item=None,
        kind="incident",
        priority=3,
        norm=Norm(
            response_minutes=60,
            resolution_minutes=480,
            calendar="kantoor",
            target_percentage="90",
        ),
        valid_from=START.date(),
    )
    return [
        ("calendar/kantoor", 1, hours),
        ("norm/ict/-/incident/3", 1, level),
        ("partner/zevenaar", 1, joined),
        *(("partner/zevenaar", n, _figures(year)) for n, year in enumerate(YEARS, start=2)),
    ]


def _figures(year: int) -> DomainEvent:
    return PartnerStatisticsUpdated(
        occurred_at=START, partner="zevenaar", year=year, residents=year, workplaces=year
    )


@pytest.fixture
def facts() -> list[Envelope]:
    """What `catalog` tells: a calendar, a norm, a partner and its figures of many years."""
    return [
        wrap(
            event,
            id=uuid4(),
            source=SOURCE,
            aggregate=aggregate,
            version=version,
            recorded_at=START,
        )
        for aggregate, version, event in _facts()
    ]


@pytest_asyncio.fixture
async def tell(stream: Connection) -> Callable[[Sequence[Envelope]], Awaitable[None]]:
    """Puts envelopes in the stream, one after the other."""

    async def put(envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            subject = type(envelope.event()).subject()
            await stream.jetstream().publish(subject, envelope.to_json())

    return put


@pytest.fixture
def report() -> dict[str, Any]:
    """An incident as it is reported, of the priority for which there is a norm."""
    return {
        "partner": "zevenaar",
        "kind": "incident",
        "title": "Beeldscherm zwart",
        "impact": 2,
        "urgency": 2,
        "channel": "portal",
        "requester": {"id": "p-1", "name": "A. de Vries"},
    }
