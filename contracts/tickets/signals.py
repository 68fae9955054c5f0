"""Security signals: counted per partner, month and sort, never one by one."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.registry import DomainEvent, published
from contracts.values import PartnerSlug

Month = Annotated[
    str,
    StringConstraints(pattern=r"^(199[0-9]|2[01][0-9]{2})-(0[1-9]|1[0-2])$"),
    Field(description="Calendar month, e.g. 2026-03"),
]
SignalSort = Annotated[
    Literal["suspicious-login", "phishing-mail"], Field(description="What sort of signal")
]
SignalCount = Annotated[int, Field(ge=0, le=1_000_000_000, description="How many in the month")]


@published("tickets")
class SecuritySignalsCounted(DomainEvent):
    """The count of a month; a later one of the same month and sort replaces it."""

    partner: PartnerSlug
    month: Month
    sort: SignalSort
    count: SignalCount
