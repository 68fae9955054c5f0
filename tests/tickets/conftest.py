"""A catalogue to decide by, and a service desk that plays commands on one ticket."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.errors import Refused
from chassis.service import Running
from chassis.testing.stream import envelopes, eventually
from contracts.catalog import (
    AgreementSigned,
    CalendarDefined,
    CatalogueItemPublished,
    CatalogueItemRetired,
    CatalogueItemRevised,
    PartnerJoined,
    PartnerWithdrawalAnnounced,
    ServiceLevelSet,
)
from contracts.envelope import Envelope, source_urn, wrap
from contracts.registry import DomainEvent
from contracts.tickets import Sealed, TicketEvent
from services.tickets.commands import OpenTicket, TicketCommand
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.decisions import decide
from services.tickets.domain.fulfilment import planned
from services.tickets.domain.opening import Opening, open_ticket
from services.tickets.domain.passing import catch_up
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, fold
from services.tickets.service import define

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SECRET = Sealed(subject="p-1", text="c2VhbGVk")
START = date(2024, 1, 1)


def _told(event: type[DomainEvent], **data: Any) -> DomainEvent:
    return event.model_validate({"occurred_at": datetime(2024, 1, 1, tzinfo=UTC), **data})


def _content(tier: str = "basic", *, steps: bool = False) -> dict[str, Any]:
    return {
        "name": "Werkplek",
        "domain": "ict",
        "tier": tier,
        "unit": "workplace",
        "tariffs": {2026: "900.00"},
        "owner": "ICT",
        "steps": [
            {"team": "Beheer", "what": "Inrichten", "lead_minutes": 540},
            {"team": "Servicedesk", "what": "Uitreiken", "lead_minutes": 60},
        ]
        if steps
        else [],
    }


def _norm(
    response: int, resolution: int, calendar: str | None = "kantoor", *, supplier: bool = False
) -> dict[str, Any]:
    return {
        "response_minutes": response,
        "resolution_minutes": resolution,
        "calendar": calendar,
        "target_percentage": "90",
        "pauses_on_supplier": supplier,
    }


def _level(
    item: str | None, priority: int, norm: dict[str, Any], since: date = START
) -> DomainEvent:
    return _told(
        ServiceLevelSet,
        domain="ict",
        item=item,
        kind="incident",
        priority=priority,
        norm=norm,
        valid_from=since,
    )


def catalogue_events() -> list[DomainEvent]:
    """Office hours; norms per priority; Zevenaar with an agreement, 1Stroom that leaves."""
    return [
        _told(
            PartnerJoined,
            partner="zevenaar",
            name="Zevenaar",
            kind="municipality",
            oin="0" * 20,
            joined_on=START,
        ),
        _told(
            PartnerJoined,
            partner="1stroom",
            name="1Stroom",
            kind="work-organisation",
            oin="0" * 20,
            joined_on=START,
        ),
        _told(PartnerWithdrawalAnnounced, partner="1stroom", leaves_on=date(2026, 6, 30)),
        _told(
            CalendarDefined,
            calendar="kantoor",
            calendar_version=1,
            name="Kantooruren",
            valid_from=START,
            hours=[{"weekday": day, "opens": "08:00", "closes": "17:00"} for day in range(1, 6)],
        ),
        _told(
            CatalogueItemPublished,
            item="ICT-WP-01",
            item_version=1,
            valid_from=START,
            content=_content(),
        ),
        _told(
            CatalogueItemRevised,
            item="ICT-WP-01",
            item_version=2,
            valid_from=date(2026, 3, 1),
            content=_content("plus"),
        ),
        _told(
            CatalogueItemPublished,
            item="ICT-OUD-01",
            item_version=1,
            valid_from=START,
            content=_content(),
        ),
        _told(CatalogueItemRetired, item="ICT-OUD-01", retired_from=date(2026, 2, 1)),
        _told(
            CatalogueItemPublished,
            item="ICT-LOS-01",
            item_version=1,
            valid_from=date(2026, 1, 1),
            content=_content("custom"),
        ),
        _told(
            CatalogueItemPublished,
            item="ICT-LAP-01",
            item_version=1,
            valid_from=START,
            content=_content(steps=True),
        ),
        _told(
            AgreementSigned,
            agreement="DVO-ZEVENAAR",
            partner="zevenaar",
            starts_on=START,
            items=["ICT-WP-01", "ICT-OUD-01"],
            deviating_norms=[
                {
                    "item": "ICT-WP-01",
                    "domain": "ict",
                    "kind": "incident",
                    "priority": 1,
                    "norm": _norm(8, 120, None),
                }
            ],
            reopen_days=7,
        ),
        _level("ICT-WP-01", 1, _norm(12, 240)),
        _level("ICT-WP-01", 2, _norm(60, 480, supplier=True)),
        _level("ICT-WP-01", 2, _norm(40, 400), date(2026, 9, 1)),
        _level(None, 1, _norm(20, 320)),
        _level(None, 2, _norm(60, 480, supplier=True)),
        _level(None, 3, _norm(120, 960)),
        _level(None, 4, _norm(240, 2400)),
    ]


def moment(text: str) -> datetime:
    """A Dutch wall-clock moment, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=AMSTERDAM).astimezone(UTC)


def opening(**changes: Any) -> OpenTicket:
    return OpenTicket.model_validate(
        {
            "partner": "zevenaar",
            "kind": "incident",
            "title": "Beeldscherm zwart",
            "item": "ICT-WP-01",
            "impact": 2,
            "urgency": 2,
            "channel": "portal",
            "requester": {"id": "p-1", "name": "A. de Vries"},
            **changes,
        }
    )


@dataclass
class Desk:
    """Plays commands on one ticket and keeps every event."""

    rules: Rules
    events: list[TicketEvent] = field(default_factory=list)

    def open(self, at: str | datetime, **changes: Any) -> Ticket:
        opened = open_ticket(
            opening(**changes), _at(at), self.rules, Opening("INC-2026-000001", SECRET)
        )
        self.events.append(opened)
        self._take(planned(self.ticket, opened.occurred_at, self.rules))
        return self.ticket

    def do(
        self, at: str | datetime, command: type[TicketCommand], *, actor: str = "p-1", **fields: Any
    ) -> list[str]:
        """Decide on a command; gives the names of the events that followed."""
        ordered = command(ticket="INC-2026-000001", **fields)
        return self._take(decide(self.ticket, ordered, _at(at), self.rules, SECRET, actor=actor))

    def wait(self, at: str | datetime) -> list[str]:
        return self._take(catch_up(self.ticket, _at(at), self.rules))

    @property
    def ticket(self) -> Ticket:
        return fold(self.events)

    def occurred(self, name: str) -> list[datetime]:
        return [event.occurred_at for event in self.events if event.event_name == name]

    def _take(self, events: Sequence[TicketEvent]) -> list[str]:
        self.events += events
        return [event.event_name for event in events]


def _at(at: str | datetime) -> datetime:
    return moment(at) if isinstance(at, str) else at


@pytest_asyncio.fixture
async def catalogue_told(stream: Connection) -> int:
    """What `catalog` would have published, on a fresh stream; gives how many events."""
    events = catalogue_events()
    for number, event in enumerate(events, start=1):
        envelope = wrap(
            event,
            id=uuid4(),
            source=source_urn("0" * 20, "catalog"),
            aggregate=f"catalogue/{number}",
            version=1,
            recorded_at=event.occurred_at,
        )
        await stream.jetstream().publish(type(event).subject(), envelope.to_json())
    return len(events)


@dataclass(frozen=True)
class Station:
    """The running service, and a look into its database."""

    service: Running[Any]

    async def rows(self, query: str, *values: Any) -> list[Any]:
        url = self.service.settings.database_url
        async with await psycopg.AsyncConnection.connect(url) as connection:
            return await (await connection.execute(query.encode(), values)).fetchall()

    async def count(self, table: str) -> int:
        ((count,),) = await self.rows(f"SELECT count(*) FROM {table}")  # noqa: S608
        return int(count)

    async def knows(self, events: int) -> None:
        """Returns when the service has taken in so many events of the catalogue."""

        async def known() -> bool:
            return await self.count("catalogue_event") == events

        await eventually(known)


@pytest_asyncio.fixture
async def station(
    catalogue_told: int, start_service: Callable[..., Awaitable[Running[Any]]]
) -> Station:
    """The service, running, with the catalogue known to it."""
    station = Station(await start_service(define()))
    await station.knows(catalogue_told)
    return station


@pytest.fixture
def station_of() -> type[Station]:
    return Station


@pytest.fixture(scope="session")
def rules() -> Rules:
    return Rules(Catalogue().apply(catalogue_events()))


@pytest.fixture
def desk(rules: Rules) -> Desk:
    return Desk(rules)


@pytest.fixture(scope="session")
def desk_of(rules: Rules) -> Callable[[], Desk]:
    """A new desk each time, for tests that try many tickets."""
    return lambda: Desk(rules)


@pytest.fixture(scope="session")
def at() -> Callable[[str], datetime]:
    return moment


_AGENT = Caller("agent-1", frozenset({"agent"}), None)
_REPORT: dict[str, Any] = {
    "partner": "zevenaar",
    "kind": "incident",
    "title": "Beeldscherm zwart",
    "description": "Sinds vanochtend",
    "item": "ICT-WP-01",
    "impact": 2,
    "urgency": 2,
    "channel": "portal",
    "requester": {"id": "p-1", "name": "A. de Vries", "email": "a.devries@zevenaar.example"},
}


@dataclass
class Orders:
    """Sends commands to the running service and reads what it published."""

    client: Client
    administrator: Connection
    rows: Callable[..., Awaitable[list[Any]]]

    async def order(
        self, name: str, body: dict[str, Any], caller: Caller = _AGENT, **other: Any
    ) -> dict[str, Any]:
        sent = {"command_id": str(uuid4())} | other
        return await self.client.command("tickets", name, body, caller, **sent)

    async def open(self, caller: Caller = _AGENT, **changes: Any) -> str:
        ticket: str = (await self.order("open-ticket", _REPORT | changes, caller))["ticket"]
        return ticket

    async def refusal(
        self, name: str, body: dict[str, Any], caller: Caller = _AGENT, **other: Any
    ) -> str:
        with pytest.raises(Refused) as refusal:
            await self.order(name, body, caller, **other)
        return refusal.value.faults[0].slug

    async def texts(self, caller: Caller, *tickets: str) -> dict[str, Any]:
        asked = {"tickets": list(tickets)}
        texts: dict[str, Any] = (await self.client.query("tickets", "texts", asked, caller))[
            "texts"
        ]
        return texts

    async def published(self, ticket: str, count: int) -> list[Envelope]:
        """The events of a ticket, once there are `count`."""

        async def enough() -> list[Envelope]:
            found = await envelopes(self.administrator, "evt.tickets.>")
            of_ticket = [envelope for envelope in found if envelope.subject == ticket]
            return of_ticket if len(of_ticket) >= count else []

        return await eventually(enough)


@pytest_asyncio.fixture
async def orders(stream: Connection, station: Station, client_of: Any) -> Orders:
    return Orders(await client_of("operator"), stream, station.rows)


@pytest.fixture
def report() -> dict[str, Any]:
    """What a user of Zevenaar reports."""
    return dict(_REPORT)
