"""The case, its catalogue as `tickets` would hear it, and histories put to the real decisions."""

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from io import StringIO
from typing import Any

import pytest
from nats.aio.client import Client as Connection
from rich.console import Console

from bodemplaat.cases.comparing import Compared, compare
from bodemplaat.cases.loader import FOLDER, load
from bodemplaat.cases.model import Case, Published, Volume, Volumes
from bodemplaat.cases.orders import Order, phases
from bodemplaat.cases.player import play_past
from bodemplaat.cases.showing import markdown_row
from bodemplaat.cases.telling import until_heard
from bodemplaat.cases.yearly import yearly
from bodemplaat.imports.history import History, Step
from bodemplaat.imports.sending import send
from bodemplaat.operator import OPERATOR
from chassis.client import Client
from chassis.credentials import Credentials
from chassis.definition import Definition
from chassis.service import running
from chassis.settings import Settings
from chassis.testing.broker import connected, fresh_stream
from chassis.testing.databases import Databases
from chassis.testing.stream import envelopes, eventually
from contracts.catalog import (
    AgreementSigned,
    CalendarDefined,
    CatalogueItemPublished,
    PartnerJoined,
    ServiceLevelSet,
)
from contracts.envelope import Envelope
from contracts.registry import DomainEvent
from contracts.tickets import Sealed, TicketEvent
from services.catalog.service import definition as catalog
from services.finance.service import definition as finance
from services.projection.service import compose as projection
from services.tickets import commands
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.decisions import decide
from services.tickets.domain.opening import Opening, open_ticket
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import evolve, fold
from services.tickets.service import definition as tickets

Told = dict[type[Any], list[Any]]
PlayedPast = Callable[[str], Awaitable[Told]]
Shown = Callable[[str], Awaitable[list[Compared]]]
Decided = Callable[[Iterable[History]], dict[str, list[TicketEvent]]]

DOCS = FOLDER.parent / "docs"
NUMBER = "INC-2026-000001"
SEALED = Sealed(subject="someone", text="")
COMMANDS = {
    "assign": commands.AssignTicket,
    "start": commands.StartWork,
    "pause": commands.PauseTicket,
    "resume": commands.ResumeTicket,
    "prioritise": commands.ChangePriority,
    "reclassify": commands.ReclassifyTicket,
    "resolve": commands.ResolveTicket,
    "close": commands.CloseTicket,
    "reopen": commands.ReopenTicket,
    "cancel": commands.CancelTicket,
    "rate": commands.RateTicket,
}


@pytest.fixture(scope="session")
def case() -> Case:
    return load("de-liemers")


@pytest.fixture(scope="session")
def ons() -> Case:
    return load("ons")


@pytest.fixture(scope="session")
def past(nats_url: str, credentials: Credentials, databases: Databases) -> "_Past":
    return _Past(nats_url, credentials, databases)


@pytest.fixture(scope="session")
def played_past(past: "_Past") -> PlayedPast:
    """Plays the past of a case in on services of its own, twice; the events per type, in order."""

    async def told(name: str) -> Told:
        return (await past.of(name)).told

    return told


@pytest.fixture(scope="session")
def shown(past: "_Past") -> Shown:
    """The figures that a case published, beside those of the reports once its past is played in.

    Of its years, a twentieth of those that say how many tickets were rated is played in as well.
    """

    async def compared(name: str) -> list[Compared]:
        return (await past.of(name)).compared

    return compared


@pytest.fixture(scope="session")
def not_on_the_page() -> Callable[[list[Compared]], list[str]]:
    """Rows that docs/published-figures.md lacks; of counts of tickets it has those published."""
    page = frozenset((DOCS / "published-figures.md").read_text(encoding="utf-8").splitlines())

    def missing(compared: list[Compared]) -> list[str]:
        whole = [replace(e, ours=e.published) if e.of_tickets else e for e in compared]
        return [row for row in map(markdown_row, whole) if row not in page]

    return missing


@dataclass(frozen=True, slots=True)
class _Played:
    told: Told
    compared: list[Compared]


class _Past:
    def __init__(self, nats_url: str, credentials: Credentials, databases: Databases) -> None:
        self._nats_url = nats_url
        self._credentials = credentials
        self._databases = databases
        self._played: dict[str, _Played] = {}

    async def of(self, name: str) -> _Played:
        if name not in self._played:
            self._played[name] = await self._play(name)
        return self._played[name]

    async def _play(self, name: str) -> _Played:
        case, quiet = load(name), Console(file=StringIO())
        async with AsyncExitStack() as stack:
            enter = stack.enter_async_context
            administrator = await enter(fresh_stream(self._nats_url, self._credentials))
            services = (catalog, tickets, finance, *([projection()] if _publishes(case) else []))
            for service in services:
                await enter(self._service(service))
            client = Client(await enter(connected(self._nats_url, self._credentials, "operator")))
            assert (await play_past(case, client, quiet))[1] == ()
            found = await _everything(administrator, client)
            assert (await play_past(case, client, quiet))[1] == ()
            assert len(await _everything(administrator, client)) == len(found)
            compared = await _compared(case, client) if _publishes(case) else []
        told: Told = defaultdict(list)
        for envelope in found:
            event = envelope.event()
            told[type(event)].append(event)
        return _Played(told, compared)

    @asynccontextmanager
    async def _service(self, service: Definition[Any]) -> AsyncIterator[None]:
        async with self._databases.fresh(service.name) as urls:
            settings = Settings(
                nats_url=self._nats_url,
                nats_seed_file=self._credentials.seed_file(service.name),
                database_url=urls[service.name].runtime,
                relay_poll_seconds=0.2,
                stop_seconds=3.0,
            )
            async with running(service, settings):
                yield


def _publishes(case: Case) -> bool:
    return case.published != Published()


async def _compared(case: Case, client: Client) -> list[Compared]:
    """With a twentieth of the years that were rated played in."""
    small = [_twentieth(volume) for volume in case.volumes.volumes if volume.ratings]
    years = yearly(case.model_copy(update={"volumes": Volumes(volumes=tuple(small))}))
    async for batch in send(client, f"case:{case.name}", years):
        assert {sent.outcome for sent in batch} == {"imported"}
    await until_heard(client, "tickets", [])

    async def followed() -> bool:
        status = await client.query("projection", "status", {}, OPERATOR)
        return not status["lag"]

    await eventually(followed)
    return await compare(case.published, client)


def _twentieth(volume: Volume) -> Volume:
    assert volume.ratings is not None
    return volume.model_copy(
        update={
            "received": round(volume.received / 20),
            "closed": round(volume.closed / 20),
            "ratings": volume.ratings.model_copy(update={"rated": volume.ratings.rated // 20}),
        }
    )


async def _everything(administrator: Connection, client: Client) -> list[Envelope]:
    for service in (catalog, tickets, finance):
        await until_heard(client, service.name, [])
    return await envelopes(administrator)


@pytest.fixture(scope="session")
def decided(case: Case) -> Decided:
    return _decisions(case)


@pytest.fixture(scope="session")
def decided_at_ons(ons: Case) -> Decided:
    return _decisions(ons)


def _decisions(case: Case) -> Decided:
    """Histories put to the real decisions under the catalogue of a case."""
    orders = [order for phase in phases(case) for order in phase]
    told = [event for order in orders if (event := _event(case, order)) is not None]
    rules = Rules(Catalogue().apply(told), plans=False)
    return lambda histories: {each.external: _events(each, rules) for each in histories}


def _event(case: Case, order: Order) -> DomainEvent | None:
    told = {**order.body, "occurred_at": order.now}
    match order.command:
        case "register-partner":
            return PartnerJoined.model_validate(told)
        case "define-calendar":
            return CalendarDefined.model_validate({**told, "calendar_version": 1})
        case "publish-catalogue-item":
            (item,) = (each for each in case.catalogue.items if each.item == order.body["item"])
            told |= {"item_version": 1, "content": item.content}
            return CatalogueItemPublished.model_validate(told)
        case "set-service-level":
            return ServiceLevelSet.model_validate(told)
        case "sign-agreement":
            return AgreementSigned.model_validate(told)
    return None


def _events(history: History, rules: Rules) -> list[TicketEvent]:
    first, *rest = history.steps
    opening = Opening(NUMBER, SEALED, external=history.external, generated=history.generated)
    command = commands.OpenTicket.model_validate(first.fields)
    events: list[TicketEvent] = [open_ticket(command, first.at, rules, opening)]
    ticket = fold(events)
    for step in rest:
        happened = decide(ticket, _command(step), step.at, rules, SEALED, actor=ticket.requester)
        for event in happened:
            ticket = evolve(ticket, event)
        events += happened
    return events


def _command(step: Step) -> commands.TicketCommand:
    return COMMANDS[step.do].model_validate({**step.fields, "ticket": NUMBER})
