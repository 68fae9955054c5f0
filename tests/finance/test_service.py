"""The service as its callers know it: commands over NATS, events on the stream."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection
from uuid_utils.compat import uuid7

from chassis.client import Caller, Client
from chassis.errors import Refused
from chassis.service import Running
from chassis.testing.stream import envelopes, eventually
from contracts import topology
from contracts.envelope import Envelope, source_urn, wrap
from contracts.registry import DomainEvent
from services.finance.service import definition

CONTROLLER = Caller("controller", frozenset({"controller"}), None)


class Office:
    """Sends commands to the running service, and tells it what other services published."""

    def __init__(self, client: Client, service: Running[Any], administrator: Connection) -> None:
        self.client = client
        self.service = service
        self.administrator = administrator

    async def order(
        self, name: str, body: Any, caller: Caller = CONTROLLER, **other: Any
    ) -> dict[str, Any]:
        sent = {"command_id": str(uuid4())} | other
        payload = body if isinstance(body, dict) else body.model_dump(mode="json")
        return await self.client.command("finance", name, payload, caller, **sent)

    async def refusal(self, name: str, body: Any, caller: Caller = CONTROLLER) -> str:
        with pytest.raises(Refused) as refusal:
            await self.order(name, body, caller)
        return refusal.value.faults[0].slug

    async def tell(self, aggregate: str, version: int, event: DomainEvent) -> None:
        envelope = wrap(
            event,
            id=uuid7(),
            source=source_urn("0" * 20, event.context),
            aggregate=aggregate,
            version=version,
            recorded_at=event.occurred_at,
        )
        await self.administrator.jetstream().publish(event.subject(), envelope.to_json())

    async def until(self, name: str, body: Any, **expected: Any) -> dict[str, Any]:
        """The reply as soon as what was told has come in."""

        async def attempt() -> dict[str, Any] | None:
            try:
                reply = await self.order(name, body)
            except Refused:
                return None
            return reply if expected.items() <= reply.items() else None

        return await eventually(attempt)

    async def published(self, subject: str) -> list[Envelope]:
        async def attempt() -> list[Envelope] | None:
            return await envelopes(self.administrator, subject)

        return await eventually(attempt)


@pytest_asyncio.fixture
async def office(stream: Connection, start_service: Any, client_of: Any) -> Office:
    service = await start_service(definition)
    return Office(await client_of("operator"), service, stream)


async def open_books(office: Office, books: Any) -> None:
    """Two partners, a pool with its budget, and a key."""
    await office.tell("partner/zevenaar", 1, books.joined())
    await office.tell("partner/1stroom", 1, books.joined("1stroom"))
    await office.order("set-budget", books.budget())
    await office.until("set-charging-method", books.method())


def test_the_table_of_commands_is_the_topology() -> None:
    assert set(definition.commands) == set(topology.FINANCE.commands)
    assert set(definition.subscriptions) == {each.name for each in topology.FINANCE.consumers}


async def test_a_year_from_budget_to_settlement(office: Office, books: Any) -> None:
    await open_books(office, books)
    for quarter in (1, 2, 3, 4):
        await office.order("run-charging", {"year": 2026, "quarter": quarter})
    await office.order("book-cost", books.cost("B-1", "400000.00"))
    await office.order("book-cost", books.cost("B-2", "500.00", partner="zevenaar"))
    reply = await office.order("settle-year", {"year": 2026})
    assert reply == {"run": "2026-settlement", "version": 3, "earlier": False}
    invoice = {"run": "2026-settlement", "partner": "1stroom", "issued_on": "2027-03-01"}
    issued = await office.order("issue-invoice", invoice)
    assert issued == {"invoice": "F2027-00001", "version": 1, "earlier": False}
    (envelope,) = await office.published("evt.finance.invoice-issued")
    event: Any = envelope.event()
    assert (envelope.partner, event.kind) == ("1stroom", "credit-note")
    assert sum(line.amount for line in event.lines) == 192_000
    assert event.total == 192_000 - event.advanced


async def test_a_period_is_run_once(office: Office, books: Any) -> None:
    await open_books(office, books)
    order = {"year": 2026, "quarter": 1}
    first, second = await asyncio.gather(
        office.order("run-charging", order), office.order("run-charging", order)
    )
    assert {first["earlier"], second["earlier"]} == {True, False}
    assert first["version"] == second["version"] == 3
    assert len(await office.published("evt.finance.charging-run-completed")) == 1


async def test_an_invoice_is_issued_once_and_numbers_are_consecutive(
    office: Office, books: Any
) -> None:
    await open_books(office, books)
    await office.order("run-charging", {"year": 2026, "quarter": 1})
    order = {"run": "2026-q1", "partner": "zevenaar", "issued_on": "2026-01-05"}
    first = await office.order("issue-invoice", order)
    again = await office.order("issue-invoice", order)
    assert (first["invoice"], again["invoice"]) == ("F2026-00001", "F2026-00001")
    assert again["earlier"]
    assert await office.refusal("issue-invoice", order | {"partner": "rsd"}) == "allocation-unknown"
    assert await office.refusal("issue-invoice", order | {"run": "2026-q2"}) == "run-unknown"
    other = await office.order("issue-invoice", order | {"partner": "1stroom"})
    assert other["invoice"] == "F2026-00002"
    crediting = {"invoice": "F2026-00001", "issued_on": "2026-02-01", "reason": "Sleutel"}
    credited = await office.order("credit-invoice", crediting)
    assert credited["invoice"] == "F2026-00003"
    assert await office.refusal("credit-invoice", crediting) == "invoice-credited-before"


async def test_a_settled_year_is_closed(office: Office, books: Any) -> None:
    await open_books(office, books)
    await office.order("settle-year", {"year": 2026})
    assert (await office.order("settle-year", {"year": 2026}))["earlier"]
    assert await office.refusal("book-cost", books.cost()) == "year-closed"
    assert await office.refusal("amend-budget", books.amendment("1.00")) == "year-closed"
    assert await office.refusal("run-charging", {"year": 2026, "quarter": 1}) == "year-closed"
    assert await office.order("set-budget", books.budget(year=2027))


async def test_what_is_missing_is_refused_by_name(office: Office, books: Any) -> None:
    order = {"year": 2026, "quarter": 1}
    assert await office.refusal("run-charging", order) == "budget-missing"
    assert await office.refusal("set-charging-method", books.method()) == "charged-partner-unknown"
    await office.order("set-budget", books.budget())
    assert await office.refusal("run-charging", order) == "method-missing"
    assert await office.refusal("book-cost", books.cost(pool="hr")) == "pool-unknown"
    await office.order("book-cost", books.cost())
    assert await office.refusal("book-cost", books.cost()) == "booking-exists"
    await office.order("set-charging-method", books.method({"method": "per-resident"}))
    await office.tell("partner/zevenaar", 1, books.joined())
    await office.until("count-users", {"partner": "zevenaar", "year": 2026, "users": 10})
    assert await office.refusal("run-charging", order) == "driver-count-missing"


async def test_logged_time_is_charged_by_the_hour(office: Office, books: Any) -> None:
    await office.tell("partner/zevenaar", 1, books.joined())
    for number, version, minutes, billable in (
        ("INC-2026-000001", 2, 90, True),
        ("INC-2026-000001", 3, 600, False),
        ("REQ-2026-000002", 2, 60, True),
    ):
        await office.tell(number, version, books.logged(number, minutes, billable=billable))
    await office.tell("REQ-2026-000002", 3, books.taken_out("REQ-2026-000002"))
    await office.order("set-budget", books.budget("uren", "0.00"))
    await office.order("set-budget", books.budget("buiten", "0.00"))
    hourly = {"method": "hourly-rate", "rate": "80.00"}
    await office.order("set-charging-method", books.method(hourly, pool="uren"))
    outside = {"method": "out-of-catalogue", "rates": {"zevenaar": "110.00"}}
    await office.until("set-charging-method", books.method(outside, pool="buiten"))
    await drained(office, "finance-time")
    await office.order("run-charging", {"year": 2026, "quarter": 1})
    (envelope,) = await office.published("evt.finance.costs-allocated")
    event: Any = envelope.event()
    assert {line.pool: str(line.amount) for line in event.lines} == {
        "uren": "120.00",
        "buiten": "110.00",
    }
    (completed,) = await office.published("evt.finance.charging-run-completed")
    found: Any = completed.event()
    assert (found.catalogue_sequence, found.time_sequence) == (1, 4)
    sources = {source.aggregate for line in event.lines for source in line.sources}
    assert "evt.tickets.time-logged" in sources


async def test_the_other_commands_are_taken(office: Office, books: Any) -> None:
    month = {"year": 2022, "floating_debt": "462000.00", "budget_total": "22935000.00"}
    years = [{"year": 2016, "savings_structural": "50.00", "costs_one_off": "131.00"}]
    entry = {
        "joins_on": "2027-01-01",
        "friction": "1.00",
        "workplaces": 1,
        "price_per_workplace": "2.00",
    }
    loan = {
        "loan": "BNG-1",
        "lender": "Bank",
        "principal": "7180000.00",
        "rate": "-0.27",
        "first_year": 2021,
        "redemptions": {"2022": "2040000.00"},
    }
    reserve = {"reserve": "algemeen", "name": "Reserve", "valid_from": "2022-12-31"}
    indicator = {"indicator": "fte", "name": "Formatie", "year": 2022, "unit": "fte"}
    content = books.risk().model_dump(mode="json")
    orders = [
        ("register-risk", {"risk": "cyber", "content": content}),
        ("update-risk", {"risk": "cyber", "content": content | {"chance": 3}}),
        ("set-reserve", reserve | {"amount": "354000.00"}),
        (
            "assess-resilience",
            {"on": "2022-12-31", "turnover": "22935000.00", "how": {"way": "simulation"}},
        ),
        ("close-risk", {"risk": "cyber", "closed_on": "2023-01-01", "reason": "Verzekerd"}),
        ("register-loan", loan),
        ("record-cash-position", month | {"month": 1}),
        ("record-cash-position", month | {"month": 2}),
        ("record-cash-position", month | {"month": 3}),
        ("assess-interest-risk", {"budget_totals": {"2022": "22935000.00", "2023": "1.00"}}),
        ("record-balance-sheet", {"year": 2022, "sheet": {}}),
        ("set-indicator", indicator | {"value": "116.3"}),
        ("plan-business-case", {"case": "blnp", "name": "BLNP", "themes": {"ict": years}}),
        ("record-business-case-result", {"case": "blnp", "theme": "ict", "result": years[0]}),
        ("quote-entry", {"quote": "nieuw", "name": "Nieuw", "assumptions": entry}),
    ]
    replies = [await office.order(name, body) for name, body in orders]
    assert [reply["version"] for reply in replies] == [1, 2, 1, 1, 3, 1, 1, 2, 4, 1, 1, 1, 1, 2, 1]
    (limit,) = await office.published("evt.finance.cash-limit-assessed")
    event: Any = limit.event()
    assert str(event.room) == "1418670.00"


async def test_only_the_controller_and_the_operator_command(office: Office, books: Any) -> None:
    agent = Caller("agent", frozenset({"agent", "catalogue-manager", "owner"}), None)
    assert await office.refusal("set-budget", books.budget(), agent) == "controller-required"
    operator = Caller("operator", frozenset({"operator"}), None)
    assert await office.order("set-budget", books.budget(), operator)


async def test_the_same_command_twice_has_one_effect(office: Office, books: Any) -> None:
    first = await office.order("set-budget", books.budget(), command_id="budget-1")
    again = await office.order("set-budget", books.budget(), command_id="budget-1")
    assert first == again == {"pool": "2026-ict", "version": 1}


async def drained(office: Office, consumer: str) -> None:
    """Wait until the consumer has taken in everything."""

    async def attempt() -> bool:
        info = await office.administrator.jetstream().consumer_info("DOMAIN", consumer)
        return not info.num_pending and not info.num_ack_pending

    await eventually(attempt)
