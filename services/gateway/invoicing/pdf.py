"""An invoice as a tagged PDF."""

from collections.abc import Iterator, Mapping
from typing import Any

from contracts.finance.parties import BillingDetails
from services.gateway.invoicing.document import ZERO, Customer, InvoiceDocument
from services.gateway.invoicing.explanation import Explanation
from services.gateway.language import Language, Texts
from services.gateway.typeset import typeset

Pair = tuple[str, str]


async def pdf(
    document: InvoiceDocument, texts: Texts, language: Language, house: Mapping[str, str]
) -> bytes:
    """The same bytes for the same invoice in the same language, whenever it is made."""
    words = Explanation(texts, language)
    issued_on = document.invoice.issued_on
    return await typeset("invoice", content(document, words), language, issued_on, house=house)


def content(document: InvoiceDocument, words: Explanation) -> dict[str, Any]:
    """What the template shows, as it will be read."""
    say, invoice = words.say, document.invoice
    author = document.supplier.name if document.supplier else say("bill-centre")
    return {
        "title": words.title(document),
        "author": author,
        "to": {"heading": say("bill-to"), "lines": _receiver(document.customer, words)},
        "from": {"heading": say("bill-from"), "lines": _sender(document, author, words)},
        "facts": {"heading": say("bill-about"), "pairs": list(_facts(document, words))},
        "lines": {
            "heading": say("bill-lines"),
            "columns": [say(f"bill-column-{name}") for name in _COLUMNS],
            "rows": list(_rows(document, words)),
            "totals": list(_totals(document, words)),
        },
        "notes": list(_notes(document, words)),
        "basis": {
            "heading": say("bill-basis"),
            "text": [words.run(document), say("bill-basis-intro")],
            "columns": [say(f"bill-column-{name}") for name in ("place", "days", "sources")],
            "rows": [
                [str(place), words.days(line.first, line.last), words.sources(line)]
                for place, line in enumerate(invoice.lines, start=1)
            ],
        },
    }


_COLUMNS = ("place", "pool", "method", "reckoned", "amount")


def _address(details: BillingDetails) -> list[str]:
    return [details.street, f"{details.postal_code}  {details.city}"]


def _numbers(details: BillingDetails | None, oin: str | None, words: Explanation) -> list[str]:
    known = {name: getattr(details, name, None) for name in ("kvk", "oin", "vat", "iban")}
    known["oin"] = known["oin"] or oin
    return [f"{words.say(f'bill-{name}')} {value}" for name, value in known.items() if value]


def _sender(document: InvoiceDocument, name: str, words: Explanation) -> list[str]:
    details = document.supplier
    mailbox = [details.mailbox] if details and details.mailbox else []
    address = _address(details) if details else []
    return [name, *address, *mailbox, *_numbers(details, None, words)]


def _receiver(customer: Customer, words: Explanation) -> list[str]:
    details = customer.details
    name = details.name if details else customer.name
    address = _address(details) if details else []
    return [name, *address, *_numbers(details, customer.oin, words)]


def _facts(document: InvoiceDocument, words: Explanation) -> Iterator[Pair]:
    say, invoice, details = words.say, document.invoice, document.customer.details
    yield say("bill-number"), invoice.invoice
    yield say("bill-date"), words.day(invoice.issued_on)
    if invoice.total > 0:
        yield say("bill-due"), words.day(invoice.due_on)
    yield say("bill-subject"), words.subject(document)
    yield say("bill-days"), words.period(document)
    if details and details.buyer_reference:
        yield say("bill-reference"), details.buyer_reference
    for name, value in (
        ("corrects", invoice.corrects),
        ("replaces", invoice.replaces),
        ("reason", invoice.reason),
    ):
        if value:
            yield say(f"bill-{name}"), value


def _rows(document: InvoiceDocument, words: Explanation) -> Iterator[list[str]]:
    for place, line in enumerate(document.invoice.lines, start=1):
        yield [
            str(place),
            document.pool_name(line),
            words.method(line),
            words.reckoned(line),
            words.euro(line.amount),
        ]


def _totals(document: InvoiceDocument, words: Explanation) -> Iterator[Pair]:
    say, invoice = words.say, document.invoice
    yield say("bill-charged"), words.euro(invoice.charged)
    yield say("bill-vat-amount"), words.euro(ZERO)
    if invoice.advanced:
        yield say("bill-advanced"), words.euro(-invoice.advanced)
    sign = "credit" if invoice.total < 0 else "debit"
    yield say("bill-total", sign=sign), words.euro(abs(invoice.total))


def _notes(document: InvoiceDocument, words: Explanation) -> Iterator[str]:
    say, invoice, supplier = words.say, document.invoice, document.supplier
    treatment = supplier.vat_treatment if supplier else "cost-sharing"
    yield say("bill-vat-reason", treatment=treatment)
    due = words.day(invoice.due_on)
    if invoice.total < 0:
        yield say("bill-repay")
    elif supplier and supplier.iban:
        yield say("bill-pay", due=due, iban=_grouped(supplier.iban), invoice=invoice.invoice)
    else:
        yield say("bill-pay-somehow", due=due, invoice=invoice.invoice)
    if invoice.corrects is None:
        yield say("bill-object")


def _grouped(iban: str) -> str:
    """In fours, as people read it."""
    return " ".join(iban[start : start + 4] for start in range(0, len(iban), 4))
