"""A partner reads its own invoices, each line with what explains it, and nobody else's."""

from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts.documents.examples.finance.bills import BILLS
from contracts.finance.bills import InvoiceCredited, InvoiceIssued

CLIENT = Caller("p-1", frozenset({"client"}), frozenset({"zevenaar"}))
OTHER = Caller("p-2", frozenset({"client"}), frozenset({"1stroom"}))
CONTROLLER = Caller("p-3", frozenset({"controller"}), None)
ISSUED = next(each.event for each in BILLS if isinstance(each.event, InvoiceIssued))
CREDITED = next(each.event for each in BILLS if isinstance(each.event, InvoiceCredited))
assert isinstance(ISSUED, InvoiceIssued)


@pytest_asyncio.fixture
async def books(teller: Any, publish: Any, projection: Any) -> Any:
    """Two invoices of one partner, the first of them taken back; one of another."""
    teller.partner("zevenaar")
    teller.partner("1stroom")
    teller.tell("invoice/F2026-00001", ISSUED)
    second = ISSUED.model_copy(update={"invoice": "F2026-00002", "partner": "1stroom"})
    teller.tell("invoice/F2026-00002", second)
    note = {"invoice": "F2026-00003", "kind": "credit-note", "corrects": "F2026-00001"}
    teller.tell("invoice/F2026-00003", ISSUED.model_copy(update=note))
    teller.tell("invoice/F2026-00001", CREDITED)
    await projection.caught_up(await publish(*teller.told))
    return projection


async def numbers(books: Any, caller: Caller, **asked: Any) -> list[str]:
    reply = await books.ask("invoices", caller, **asked)
    assert reply["total"] == len(reply["items"])
    return [item["invoice"] for item in reply["items"]]


async def test_a_client_reads_the_invoices_of_its_own_partner(books: Any) -> None:
    assert await numbers(books, CLIENT) == ["F2026-00003", "F2026-00001"]
    assert await numbers(books, OTHER) == ["F2026-00002"]
    assert await numbers(books, CONTROLLER) == ["F2026-00003", "F2026-00002", "F2026-00001"]
    assert await numbers(books, CONTROLLER, partner="1stroom") == ["F2026-00002"]


async def test_an_invoice_of_another_is_not_there(books: Any) -> None:
    assert await numbers(books, OTHER, invoice="F2026-00001") == []
    with pytest.raises(Refused) as refusal:
        await numbers(books, OTHER, partner="zevenaar")
    assert refusal.value.faults[0].slug == "not-found"


async def test_an_invoice_is_told_with_what_explains_it(books: Any) -> None:
    reply = await books.ask("invoices", CLIENT, invoice="F2026-00001")
    (found,) = reply["items"]
    assert reply["sequence"] == 6
    assert (found["total"], found["credited_by"]) == (str(ISSUED.total), "F2026-00002")
    assert found["aggregate_version"] == 2
    (line,) = found["lines"]
    assert (line["driver"], line["count"], line["of_count"]) == ("key", "52", "100")
    assert line["sources"][0]["aggregate"] == "pool/2026-werkplekken"
