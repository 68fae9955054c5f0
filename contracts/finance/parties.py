"""Who sends invoices and who gets them, as an invoice must name them."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.finance.charging import Value
from contracts.registry import DomainEvent, published
from contracts.values import Oin, PartnerSlug, ShortText

VatNumber = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}[0-9A-Z]{2,12}$"),
    Field(description="VAT identification number, e.g. NL001234567B01"),
]
Kvk = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{8}$"),
    Field(description="Number in the trade register (KvK), 8 digits"),
]
Iban = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"),
    Field(description="Bank account, without spaces"),
]
Mailbox = Annotated[
    str,
    StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$", max_length=200),
    Field(description="Mail address of a department, not of a person"),
]
PostalCode = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9A-Z][0-9A-Z -]{2,8}[0-9A-Z]$"),
    Field(description="As on an envelope, e.g. 6901 AA"),
]
Country = Annotated[
    str, StringConstraints(pattern=r"^[A-Z]{2}$"), Field(description="ISO 3166-1, e.g. NL")
]
VatTreatment = Annotated[
    Literal["cost-sharing", "outside-scope"],
    Field(
        description="Why no VAT is charged: exempt as a cost-sharing group (VAT Directive art. "
        "132(1)(f), in Dutch law Wet OB 1968 art. 11(1)(u)), or outside the scope of VAT"
    ),
]


class BillingDetails(Value):
    """An organisation as an invoice names it: nothing in it is about a person."""

    name: ShortText = Field(description="Legal name")
    street: ShortText = Field(description="Street and number, or postbox")
    postal_code: PostalCode
    city: ShortText = Field(description="Place of the address")
    country: Country = "NL"
    oin: Oin | None = None
    kvk: Kvk | None = None
    vat: VatNumber | None = None
    iban: Iban | None = None
    mailbox: Mailbox | None = None
    buyer_reference: ShortText | None = Field(
        default=None, description="What the receiver wants to see on each invoice"
    )
    vat_treatment: VatTreatment = "cost-sharing"


@published("finance")
class BillingDetailsSet(DomainEvent):
    """From `valid_from` invoices name it so; documents of before keep what they named."""

    partner: PartnerSlug | None = Field(description="Null: the service centre itself")
    valid_from: date = Field(description="First day on which this holds, a Dutch date")
    details: BillingDetails
