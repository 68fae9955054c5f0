"""Value types that several events share."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

PartnerSlug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"),
    Field(description="Short name of a partner, as in its address and its streams"),
]
ItemCode = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z0-9][A-Z0-9-]{1,29}$"),
    Field(description="Code of a catalogue item, e.g. ICT-WP-01"),
]
CalendarName = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"),
    Field(description="Name of a service calendar"),
]
Oin = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{20}$"),
    Field(description="Organisation identification number, 20 digits"),
]
ShortText = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
LongText = Annotated[str, StringConstraints(max_length=8000, strip_whitespace=True)]
Cents = AfterValidator(lambda amount: amount.quantize(Decimal("0.01")))
"""Writes an amount with two decimals, however it was given."""
Euro = Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2), Cents]
Percentage = Annotated[Decimal, Field(ge=0, le=100, max_digits=5, decimal_places=2)]
Minutes = Annotated[int, Field(ge=1, le=10_000_000, description="Business minutes")]
Year = Annotated[int, Field(ge=1990, le=2200, description="Calendar year")]

Domain = Literal["ict", "hr", "procurement", "finance", "legal"]
Tier = Literal["basic", "plus", "custom"]
TicketKind = Literal[
    "incident",
    "service-request",
    "change",
    "problem",
    "security-incident",
    "complaint",
    "question",
]
Priority = Annotated[int, Field(ge=1, le=5, description="1 is the most urgent")]
