"""E-invoices of every method of charging pass the European and the Dutch rules, to the cent."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from peppol_py import validate_peppol_document

from contracts.finance import charging
from contracts.finance.charging import Line, Source
from services.finance.domain.charging.allocation import charge
from services.finance.domain.charging.facts import Count, DatedMethod, Facts, Hours, Member, Pool
from services.finance.domain.invoice import taken_back
from services.finance.domain.periods import quarter_of
from services.gateway.errors import EInvoiceIncomplete
from services.gateway.invoicing.document import InvoiceDocument
from services.gateway.invoicing.ubl import ubl
from services.gateway.language import Texts

CEN = "CEN-EN16931-UBL.xsl"
PEPPOL = "PEPPOL-EN16931-UBL.xsl"
NOT_OURS = {"PEPPOL-EN16931-R004", "PEPPOL-EN16931-P0100"}
"""Peppol's own identifier and its list of document types: NLCIUS has others."""
DETAILS: dict[str, Any] = {
    "street": "Markt 1",
    "postal_code": "6901 BB",
    "city": "Zevenaar",
    "vat": "NL001234567B01",
}
SUPPLIER = DETAILS | {"name": "ICT-dienst", "kvk": "12345678", "iban": "NL91ABNA0417164300"}
CUSTOMER = DETAILS | {"name": "Gemeente Zevenaar", "mailbox": "facturen@zevenaar.example"}
HALF = Decimal("50.00")
SHARES = {"zevenaar": HALF, "1stroom": HALF}
METHODS: Mapping[str, Any] = {
    "per-workplace": charging.PerWorkplace(),
    "per-resident": charging.PerResident(),
    "fixed-key": charging.FixedKey(shares=SHARES),
    "fixed-price": charging.FixedPrice(prices={"zevenaar": Decimal("12000.01")}),
    "hourly-rate": charging.HourlyRate(rate=Decimal("85.00"), teams=("beheer",)),
    "funded-staff": charging.FundedStaff(
        fte={"zevenaar": Decimal("0.75")},
        price=Decimal("82000.00"),
        rate=Decimal("71.50"),
        teams=("archief",),
    ),
    "licences": charging.Licences(discount=Decimal(10)),
    "participation": charging.Participation(shares=SHARES),
    "surcharge": charging.Surcharge(over=("fixed-key",), percentages={"zevenaar": Decimal(5)}),
    "out-of-catalogue": charging.OutOfCatalogueHours(rates={"zevenaar": Decimal("95.00")}),
}


def source(aggregate: str) -> Source:
    return Source(aggregate=aggregate, first_version=1, last_version=2)


def worked(team: str, minutes: int, *, outside: bool = False) -> Hours:
    kind: Any = "out-of-catalogue-hours" if outside else "hours"
    when = date(2026, 2, 2)
    return Hours(team, "zevenaar", when, Decimal(minutes) / 60, kind, source("logged"))


@cache
def lines() -> tuple[Line, ...]:
    """What Zevenaar pays of a pool per method, and of what was booked on it alone."""
    new_year = date(2026, 1, 1)
    pools = [
        Pool(
            name,
            Decimal("10000.03"),
            [DatedMethod(new_year, method, source(f"method/{name}"))],
            {"zevenaar": Decimal("-12.34")} if name == "fixed-key" else {},
            (source(f"pool/2026-{name}"),),
        )
        for name, method in METHODS.items()
    ]
    members = [Member(partner, new_year) for partner in SHARES]
    drivers: Any = ("workplaces", "residents", "users")
    counts = {
        (partner, driver): Count(Decimal(count), source(f"partner/{partner}"))
        for partner, count in (("zevenaar", 457), ("1stroom", 311))
        for driver in drivers
    }
    hours = [worked("beheer", 740), worked("archief", 150), worked("beheer", 90, outside=True)]
    found = charge(pools, quarter_of(2026, 1), Facts(members, counts, hours))
    return tuple(line for line in found if line.partner == "zevenaar")


def document(own: tuple[Line, ...] | None = None, **other: Any) -> InvoiceDocument:
    told = lines() if own is None else own
    advanced = other.pop("advanced", Decimal("0.00"))
    supplier = other.pop("supplier", SUPPLIER)
    invoice = {
        "invoice": "F2026-00001",
        "partner": "zevenaar",
        "kind": "invoice",
        "run": "2026-q1",
        "issued_on": date(2026, 1, 5),
        "due_on": date(2026, 2, 4),
        "advanced": advanced,
        "total": sum((line.amount for line in told), Decimal(0)) - advanced,
        "corrects": None,
        "replaces": None,
        "reason": None,
        "credited_by": None,
        "lines": [line.model_dump() for line in told],
    }
    customer = {"partner": "zevenaar", "name": "Zevenaar", "oin": "0" * 20, "details": CUSTOMER}
    return InvoiceDocument.of(
        {
            "invoice": invoice | other,
            "replaced_by": None,
            "supplier": supplier,
            "customer": customer,
            "run": None,
            "pools": {},
        }
    )


def credit_note() -> InvoiceDocument:
    back = tuple(map(taken_back, lines()))
    return document(back, kind="credit-note", corrects="F2025-00009", reason="Sleutel verkeerd")


def corrected() -> InvoiceDocument:
    difference = lines()[0].model_copy(update={"method": "correction", "amount": Decimal("-0.01")})
    return document((*lines(), difference), replaces="F2025-00009", reason="Telling")


DOCUMENTS = {
    "invoice": document(),
    "credit note": credit_note(),
    "corrected invoice": corrected(),
    "settlement that gives money back": document(advanced=Decimal("999999.99")),
    "nothing but the advance": document((), advanced=Decimal("10.00")),
    "outside the scope of VAT": document(supplier=SUPPLIER | {"vat_treatment": "outside-scope"}),
}


@cache
def texts() -> Texts:
    return Texts.load()


def written(told: InvoiceDocument) -> bytes:
    return ubl(told, texts())


def found(told: InvoiceDocument) -> Any:
    return etree.fromstring(written(told))


def amount(root: Any, name: str) -> Decimal:
    return Decimal(root.findtext(f"{{*}}LegalMonetaryTotal/{{*}}{name}"))


def test_every_method_of_charging_is_among_them() -> None:
    known = {each.model_fields["method"].default for each in get_args(get_args(charging.Method)[0])}
    assert known == set(METHODS)
    assert {line.method for line in lines()} == known | {"direct"}


@pytest.mark.parametrize("told", DOCUMENTS.values(), ids=DOCUMENTS)
def test_it_passes_the_european_rules(told: InvoiceDocument) -> None:
    assert validate_peppol_document(written(told), [CEN], warnings=True) == []


@pytest.mark.parametrize("told", DOCUMENTS.values(), ids=DOCUMENTS)
def test_it_passes_the_rules_for_dutch_senders(told: InvoiceDocument) -> None:
    broken = validate_peppol_document(written(told), [PEPPOL], warnings=True)
    assert {each["code"] for each in broken} <= NOT_OURS


def test_a_broken_one_would_be_noticed() -> None:
    broken = written(document()).replace(b"<cbc:DocumentCurrencyCode>EUR", b"<cbc:X>EUR")
    broken = broken.replace(b"EUR</cbc:DocumentCurrencyCode>", b"EUR</cbc:X>")
    codes = {each["code"] for each in validate_peppol_document(broken, [CEN])}
    assert "BR-05" in codes


@pytest.mark.parametrize(
    ("told", "kind", "code"),
    [
        (document(), "Invoice", "380"),
        (credit_note(), "CreditNote", "381"),
        (corrected(), "Invoice", "384"),
    ],
    ids=["380", "381", "384"],
)
def test_the_type_says_what_it_is_and_names_the_earlier_one(
    told: InvoiceDocument, kind: str, code: str
) -> None:
    root = found(told)
    assert etree.QName(root).localname == kind
    assert root.findtext(f"{{*}}{kind}TypeCode") == code
    earlier = root.findtext("{*}BillingReference/{*}InvoiceDocumentReference/{*}ID")
    assert earlier == (None if code == "380" else "F2025-00009")


def test_a_credit_note_gives_back_what_the_invoice_asked() -> None:
    assert amount(found(credit_note()), "PayableAmount") == document().invoice.total


def test_hours_stand_as_hours_at_their_rate() -> None:
    root = found(document())
    hours = {
        each.getparent().findtext("{*}Price/{*}PriceAmount")
        for each in root.iter("{*}InvoicedQuantity")
        if each.get("unitCode") == "HUR"
    }
    assert {"71.50", "95.00"} <= hours


@settings(max_examples=30, deadline=None)
@given(
    amounts=st.lists(st.decimals("-99999.99", "99999.99", places=2), max_size=8),
    advanced=st.decimals("-99999.99", "99999.99", places=2),
    taken=st.booleans(),
)
def test_totals_are_those_of_the_lines_to_the_cent(
    amounts: list[Decimal], advanced: Decimal, *, taken: bool
) -> None:
    own = tuple(lines()[-1].model_copy(update={"amount": each}) for each in amounts)
    earlier = "F2025-00009" if taken else None
    told = document(own, advanced=advanced, corrects=earlier)
    root = found(told)
    each = [
        Decimal(line.text)
        for line in root.iter("{*}LineExtensionAmount")
        if etree.QName(line.getparent()).localname != "LegalMonetaryTotal"
    ]
    charged = amount(root, "LineExtensionAmount")
    assert sum(each, Decimal(0)) == charged == amount(root, "TaxInclusiveAmount")
    sign = -1 if taken else 1
    assert amount(root, "PayableAmount") == sign * told.invoice.total
    assert charged == sign * sum(amounts, Decimal(0))


def test_who_lacks_details_is_named() -> None:
    with pytest.raises(EInvoiceIncomplete) as refusal:
        written(document(supplier=None))
    assert refusal.value.params["missing"] == ["supplier", "supplier.iban"]
