"""Objections and corrections as callers know them: commands over NATS, events on the stream."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection
from uuid_utils.compat import uuid7

from chassis.client import Caller, Client
from chassis.clock import utc_now
from chassis.errors import Refused
from chassis.testing.stream import envelopes, eventually
from contracts.envelope import source_urn, wrap
from contracts.registry import DomainEvent
from services.finance.domain.objections import dutch_day
from services.finance.service import definition

CONTROLLER = Caller("controller", frozenset({"controller"}), None)
OPERATOR = Caller("operator", frozenset({"operator"}), None)
CLIENT = Caller("p-1", frozenset({"client"}), frozenset({"zevenaar"}))
STRANGER = Caller("p-2", frozenset({"client"}), frozenset({"1stroom"}))
OWNER = Caller("p-3", frozenset({"owner"}), frozenset({"zevenaar"}))
TODAY = dutch_day(utc_now()).isoformat()
DETAILS = {
    "name": "ICT-dienst",
    "street": "Markt 1",
    "postal_code": "6901 BB",
    "city": "Zevenaar",
    "kvk": "12345678",
    "vat": "NL001234567B01",
    "iban": "NL91ABNA0417164300",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """The running service, which has issued one invoice to Zevenaar today."""

    client: Client
    stream: Connection
    invoice: str = ""

    @property
    def objection(self) -> str:
        return f"{self.invoice}-1"

    async def order(
        self, name: str, body: Any, caller: Caller = CONTROLLER, **other: Any
    ) -> dict[str, Any]:
        payload = body if isinstance(body, dict) else body.model_dump(mode="json")
        sent = {"command_id": str(uuid4())} | other
        return await self.client.command("finance", name, payload, caller, **sent)

    async def refusal(self, name: str, body: Any, caller: Caller = CONTROLLER, **other: Any) -> str:
        with pytest.raises(Refused) as refused:
            await self.order(name, body, caller, **other)
        return refused.value.faults[0].slug

    async def disputed(self, caller: Caller = CLIENT, **other: Any) -> dict[str, Any]:
        body = {"invoice": self.invoice, "line": 1, "reason": "Werkplekken ingeleverd"}
        return await self.order("raise-objection", body | other, caller)

    def upholding(self, **other: Any) -> dict[str, Any]:
        usual = {"objection": self.objection, "reason": "Dat klopt", "issued_on": TODAY}
        return usual | {"amounts": {"1": "50000.00"}} | other

    def rejecting(self) -> dict[str, Any]:
        return {"objection": self.objection, "reason": "De sleutel is afgesproken"}

    async def tell(self, aggregate: str, event: DomainEvent) -> None:
        envelope = wrap(
            event,
            id=uuid7(),
            source=source_urn("0" * 20, event.context),
            aggregate=aggregate,
            version=1,
            recorded_at=event.occurred_at,
        )
        await self.stream.jetstream().publish(event.subject(), envelope.to_json())

    async def published(self, event: str, count: int = 1) -> list[Any]:
        """The events of this name, once there are so many."""

        async def attempt() -> list[Any] | None:
            found = await envelopes(self.stream, f"evt.finance.{event}")
            return [each.event() for each in found] if len(found) >= count else None

        return await eventually(attempt)


@pytest_asyncio.fixture
async def desk(stream: Connection, start_service: Any, client_of: Any, books: Any) -> Desk:
    await start_service(definition)
    bare = Desk(await client_of("operator"), stream)
    for partner in ("zevenaar", "1stroom"):
        await bare.tell(f"partner/{partner}", books.joined(partner))
    await bare.order("set-budget", books.budget())

    async def set_method() -> bool:
        try:
            return bool(await bare.order("set-charging-method", books.method()))
        except Refused:
            return False

    await eventually(set_method)
    await bare.order("run-charging", {"year": 2026, "quarter": 1})
    issue = {"run": "2026-q1", "partner": "zevenaar", "issued_on": TODAY}
    issued = await bare.order("issue-invoice", issue)
    return Desk(bare.client, stream, issued["invoice"])


async def test_an_objection_that_is_right_puts_the_invoice_right(desk: Desk) -> None:
    raised = await desk.disputed()
    assert raised == {"objection": desk.objection, "version": 1}
    upheld = await desk.order("uphold-objection", desk.upholding(), expected_version=1)
    (corrected,) = await desk.published("corrected-invoice-issued")
    note = (await desk.published("invoice-issued", 2))[-1]
    (answer,) = await desk.published("objection-upheld")
    assert (answer.credit_note, answer.corrected) == (note.invoice, corrected.invoice)
    assert (upheld["credit_note"], upheld["corrected"]) == (note.invoice, corrected.invoice)
    assert (note.corrects, corrected.replaces) == (desk.invoice, desk.invoice)
    assert corrected.total == Decimal("50000.00")
    assert corrected.reason == f"{desk.objection}: Dat klopt"
    sources = [source.aggregate for source in corrected.lines[-1].sources]
    assert sources == [f"invoice/{desk.invoice}", f"objection/{desk.objection}"]


async def test_an_objection_is_answered_once_also_when_two_answer_at_once(desk: Desk) -> None:
    await desk.disputed()
    answers = await asyncio.gather(
        desk.order("reject-objection", desk.rejecting()),
        desk.order("uphold-objection", desk.upholding()),
        return_exceptions=True,
    )
    refused = [each for each in answers if isinstance(each, Refused)]
    assert [each.faults[0].slug for each in refused] == ["objection-answered"]
    again = await desk.refusal("reject-objection", desk.rejecting())
    assert again == "objection-answered"


async def test_only_the_client_of_the_partner_objects_and_only_the_controller_answers(
    desk: Desk,
) -> None:
    body = {"invoice": desk.invoice, "reason": "Klopt niet"}
    assert await desk.refusal("raise-objection", body, STRANGER) == "not-found"
    unknown = body | {"invoice": "F2026-99999"}
    assert await desk.refusal("raise-objection", unknown, CLIENT) == "not-found"
    assert await desk.refusal("raise-objection", body, OWNER) == "client-required"
    assert await desk.refusal("raise-objection", body, CONTROLLER) == "client-required"
    await desk.disputed()
    for name, answer in (
        ("reject-objection", desk.rejecting()),
        ("uphold-objection", desk.upholding()),
    ):
        assert await desk.refusal(name, answer, CLIENT) == "controller-required"
    assert await desk.refusal("raise-objection", body | {"line": 1}, CLIENT) == "objection-open"
    late = {"now": utc_now() + timedelta(weeks=7)}
    assert await desk.refusal("raise-objection", body, OPERATOR, **late) == "objection-term-passed"


async def test_an_invoice_that_was_put_right_meanwhile_is_not_put_right_again(desk: Desk) -> None:
    await desk.disputed()
    correct = {"invoice": desk.invoice, "issued_on": TODAY, "reason": "Telling"}
    made = await desk.order("correct-invoice", correct | {"amounts": {"1": "50000.00"}})
    assert await desk.refusal("uphold-objection", desk.upholding()) == "invoice-credited-before"
    upheld = await desk.order("uphold-objection", desk.upholding(amounts={}))
    assert (upheld["credit_note"], upheld["corrected"]) == (made["credit_note"], None)
    assert len(await desk.published("invoice-credited")) == 1
    whole = {"invoice": made["invoice"], "reason": "Nog niet goed"}
    assert (await desk.order("raise-objection", whole, CLIENT))["version"] == 1


async def test_numbers_follow_each_other_also_when_a_correction_is_refused(desk: Desk) -> None:
    correct = {"invoice": desk.invoice, "issued_on": TODAY, "reason": "Telling"}
    nothing = correct | {"amounts": {"9": "1.00"}}
    assert await desk.refusal("correct-invoice", nothing) == "invoice-line-unknown"
    made = await desk.order("correct-invoice", correct | {"amounts": {"1": "50000.00"}})
    numbers = [int(desk.invoice[-5:]) + step for step in (1, 2)]
    assert [int(made[name][-5:]) for name in ("credit_note", "invoice")] == numbers


async def test_a_settlement_counts_what_advances_were_put_right_to(desk: Desk, books: Any) -> None:
    correct = {"invoice": desk.invoice, "issued_on": TODAY, "reason": "Telling"}
    await desk.order("correct-invoice", correct | {"amounts": {"1": "50000.00"}})
    await desk.order("book-cost", books.cost("B-1", "400000.00"))
    await desk.order("settle-year", {"year": 2026})
    settlement = (await desk.published("costs-allocated", 4))[-2:]
    due = {part.partner: (part.total, part.advanced, part.due) for part in settlement}
    assert due["zevenaar"] == (208_000, 50_000, 158_000)


async def test_billing_details_are_those_of_the_centre_or_of_a_partner(desk: Desk) -> None:
    for partner in (None, "zevenaar"):
        body = {"partner": partner, "valid_from": "2026-01-01", "details": DETAILS}
        assert (await desk.order("set-billing-details", body))["version"] == 1
        assert await desk.refusal("set-billing-details", body) == "billing-details-not-later"
    other = {"partner": "rsd", "valid_from": "2026-01-01", "details": DETAILS}
    assert await desk.refusal("set-billing-details", other) == "charged-partner-unknown"
    told = Counter(each.partner for each in await desk.published("billing-details-set", 2))
    assert told == {None: 1, "zevenaar": 1}
