"""What the read model tells of an invoice, in types."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from contracts.finance.parties import BillingDetails

ZERO = Decimal("0.00")


class Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Source(Told):
    aggregate: str
    first_version: int
    last_version: int


class Line(Told):
    pool: str
    method: str
    first: date
    last: date
    amount: Decimal
    of_amount: Decimal | None = None
    price: Decimal | None = None
    driver: str | None = None
    count: Decimal | None = None
    of_count: Decimal | None = None
    days: int
    of_days: int
    sources: tuple[Source, ...] = ()


class Invoice(Told):
    invoice: str
    partner: str
    kind: Literal["invoice", "credit-note"]
    run: str
    issued_on: date
    due_on: date
    advanced: Decimal
    total: Decimal
    corrects: str | None
    replaces: str | None
    reason: str | None
    credited_by: str | None
    lines: tuple[Line, ...]

    @property
    def charged(self) -> Decimal:
        """The sum of the lines, in euro; less what was advanced it is the total."""
        return sum((line.amount for line in self.lines), ZERO)


class Customer(Told):
    partner: str
    name: str
    oin: str | None
    details: BillingDetails | None


class Run(Told):
    """The run that the lines follow from, and how far on the stream it had heard."""

    run: str
    kind: Literal["advance", "settlement"]
    first: date
    last: date
    catalogue_sequence: int
    time_sequence: int


class InvoiceDocument(Told):
    """`supplier` is null until it is told how invoices name the service centre."""

    invoice: Invoice
    replaced_by: str | None
    supplier: BillingDetails | None
    customer: Customer
    run: Run | None
    pools: Mapping[str, str]

    @classmethod
    def of(cls, reply: Mapping[str, Any]) -> "InvoiceDocument":
        return cls.model_validate(reply)

    def pool_name(self, line: Line) -> str:
        return self.pools.get(line.pool, line.pool)

    @property
    def first(self) -> date:
        """The first day that anything on it is about."""
        days = [line.first for line in self.invoice.lines]
        return min(days) if days else self.run.first if self.run else self.invoice.issued_on

    @property
    def last(self) -> date:
        days = [line.last for line in self.invoice.lines]
        return max(days) if days else self.run.last if self.run else self.invoice.issued_on
