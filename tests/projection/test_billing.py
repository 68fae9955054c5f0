"""What a document needs of an invoice, and objections: for those whom they concern."""

from datetime import date
from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts.documents.examples import example_of
from contracts.finance.bills import ChargingRunCompleted, InvoiceCredited, InvoiceIssued
from contracts.finance.corrections import CorrectedInvoiceIssued
from contracts.finance.costs import BudgetSet
from contracts.finance.objections import ObjectionRaised, ObjectionUpheld
from contracts.finance.parties import BillingDetailsSet
from contracts.registry import DomainEvent

CLIENT = Caller("p-1", frozenset({"client"}), frozenset({"zevenaar"}))
OTHER = Caller("p-2", frozenset({"client"}), frozenset({"1stroom"}))
USER = Caller("p-4", frozenset({"user"}), frozenset({"zevenaar"}))
CONTROLLER = Caller("p-3", frozenset({"controller"}), None)


def event(of: type[DomainEvent], /, **other: Any) -> Any:
    return example_of(of).event.model_copy(update=other)


@pytest_asyncio.fixture
async def books(teller: Any, publish: Any, projection: Any) -> Any:
    """An invoice that was disputed and put right, and one of another partner."""
    for partner in ("zevenaar", "1stroom"):
        teller.partner(partner)
    details = event(BillingDetailsSet).details
    teller.tell("pool/2026-werkplekken", event(BudgetSet, pool="werkplekken", year=2026))
    teller.tell("run/2026-q1", event(ChargingRunCompleted))
    for day in (1, 9):
        named = details.model_copy(update={"name": f"ICT-dienst {day}"})
        told = {"partner": None, "valid_from": date(2026, 1, day), "details": named}
        teller.tell("billing/centre", event(BillingDetailsSet, **told))
    teller.tell("billing/partner-zevenaar", event(BillingDetailsSet, valid_from=date(2026, 2, 1)))
    teller.tell("invoice/F2026-00001", event(InvoiceIssued))
    note = {"invoice": "F2026-00002", "kind": "credit-note", "corrects": "F2026-00001"}
    teller.tell("invoice/F2026-00002", event(InvoiceIssued, **note))
    teller.tell("invoice/F2026-00001", event(InvoiceCredited))
    teller.tell("invoice/F2026-00003", event(CorrectedInvoiceIssued))
    foreign = {"invoice": "F2026-00004", "partner": "1stroom"}
    teller.tell("invoice/F2026-00004", event(InvoiceIssued, **foreign))
    for name in ("F2026-00001-1", "F2026-00001-2", "F2026-00004-3"):
        partner = "1stroom" if name.endswith("3") else "zevenaar"
        told = {"objection": name, "invoice": name[:11], "partner": partner}
        teller.tell(f"objection/{name}", event(ObjectionRaised, **told))
    teller.tell("objection/F2026-00001-1", event(ObjectionUpheld))
    await projection.caught_up(await publish(*teller.told))
    return projection


async def test_a_document_is_told_whole(books: Any) -> None:
    told = await books.ask("invoice-document", CLIENT, invoice="F2026-00001")
    assert (told["invoice"]["invoice"], told["replaced_by"]) == ("F2026-00001", "F2026-00003")
    assert told["run"]["catalogue_sequence"] == 41
    assert set(told["pools"]) == {"werkplekken"}
    assert told["customer"]["details"]["name"] == "Gemeente Zevenaar"
    assert [each["objection"] for each in told["objections"]] == ["F2026-00001-1", "F2026-00001-2"]


async def test_a_document_names_who_sent_it_as_it_was_called_then(books: Any) -> None:
    for invoice, name in (("F2026-00001", "ICT-dienst 1"), ("F2026-00003", "ICT-dienst 9")):
        told = await books.ask("invoice-document", CONTROLLER, invoice=invoice)
        assert told["supplier"]["name"] == name


@pytest.mark.parametrize("caller", [OTHER, USER], ids=["another partner", "a user"])
async def test_the_document_of_another_is_not_there(books: Any, caller: Caller) -> None:
    for invoice in ("F2026-00001", "F2026-00009"):
        with pytest.raises(Refused) as refusal:
            await books.ask("invoice-document", caller, invoice=invoice)
        assert refusal.value.faults[0].slug == "not-found"


async def test_a_corrected_invoice_stands_among_the_invoices(books: Any) -> None:
    (found,) = (await books.ask("invoices", CLIENT, invoice="F2026-00003"))["items"]
    assert (found["kind"], found["replaces"], found["total"]) == (
        "invoice",
        "F2026-00001",
        "52000.00",
    )
    assert len(found["lines"]) == 2


async def test_objections_are_those_of_the_own_partner(books: Any) -> None:
    async def numbers(caller: Caller, **asked: Any) -> list[str]:
        reply = await books.ask("objections", caller, **asked)
        return [each["objection"][-1] for each in reply["items"]]

    assert await numbers(CLIENT) == ["2", "1"], "what waits for an answer comes first"
    assert await numbers(OTHER) == ["3"]
    assert await numbers(CONTROLLER, status="open") == ["2", "3"]
    assert await numbers(OTHER, objection="F2026-00001-1") == []
    with pytest.raises(Refused):
        await numbers(OTHER, partner="zevenaar")
    with pytest.raises(Refused):
        await numbers(USER)


async def test_an_answer_tells_what_came_of_it(books: Any) -> None:
    (found,) = (await books.ask("objections", CLIENT, objection="F2026-00001-1"))["items"]
    assert (found["status"], found["credit_note"], found["corrected"]) == (
        "upheld",
        "F2026-00002",
        "F2026-00003",
    )
    assert found["answer"] == "De werkplekken zijn inderdaad ingeleverd."
    assert found["aggregate_version"] == 2


async def test_billing_details_are_the_controllers(books: Any) -> None:
    told = await books.ask("billing-details", CONTROLLER)
    assert [each["partner"] for each in told["items"]] == [None, "zevenaar"]
    assert len(told["items"][0]["versions"]) == 2
    with pytest.raises(Refused):
        await books.ask("billing-details", CLIENT)


async def test_reports_call_the_centre_as_invoices_do(books: Any) -> None:
    told = await books.ask("report", CONTROLLER, report="board", period="2026-Q1")
    assert told["report"]["centre"] == "ICT-dienst 9"


async def test_a_rebuild_comes_to_the_same_bills_and_objections(books: Any) -> None:
    assert (await books.rebuild()).equal is True
    told = await books.ask("invoice-document", CLIENT, invoice="F2026-00003")
    assert told["invoice"]["replaces"] == "F2026-00001"
