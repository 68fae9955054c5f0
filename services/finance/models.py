"""Tables of `finance`: the present state of each aggregate, and copies of what others told."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Row(SQLModel, registry=registry()):
    pass


class State(Row):
    """One aggregate. The table's name is its kind, as in the aggregate's id: `pool/2026-ict`."""

    key: str = Field(primary_key=True, sa_type=Text)
    version: int
    state: dict[str, Any] = Field(sa_type=JSONB)


class Pool(State, table=True):
    pass


class Method(State, table=True):
    pass


class Users(State, table=True):
    pass


class Run(State, table=True):
    pass


class Year(State, table=True):
    pass


class Invoice(State, table=True):
    """Of a credit note `run` is empty, and of what comes in the place of an invoice: these put
    the invoice of the run right.
    """

    run: str | None = Field(default=None, index=True, sa_type=Text)
    partner: str = Field(sa_type=Text)


class Objection(State, table=True):
    pass


class Billing(State, table=True):
    """How invoices name the service centre and each partner."""


class Risk(State, table=True):
    pass


class Reserve(State, table=True):
    pass


class Resilience(State, table=True):
    pass


class Loan(State, table=True):
    pass


class Cash(State, table=True):
    pass


class InterestRisk(State, table=True):
    __tablename__ = "interest-risk"


class Balance(State, table=True):
    pass


class Indicator(State, table=True):
    pass


class BusinessCase(State, table=True):
    __tablename__ = "case"


class Quote(State, table=True):
    pass


class Booking(Row, table=True):
    """Which bookings were made, each once per pool and year."""

    pool: str = Field(primary_key=True, sa_type=Text)
    booking: str = Field(primary_key=True, sa_type=Text)


class InvoiceNumber(Row, table=True):
    """The last number that was given in a year. Taken with the document, so none is skipped."""

    __tablename__ = "invoice_number"

    year: int = Field(primary_key=True)
    last: int


class CatalogueEvent(Row, table=True):
    """An event of `catalog`, in the order in which it came in."""

    __tablename__ = "catalogue_event"

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    event_id: UUID = Field(unique=True)
    aggregate: str = Field(sa_type=Text)
    version: int
    stream_sequence: int = Field(sa_type=BigInteger)
    type: str = Field(sa_type=Text)
    data: dict[str, Any] = Field(sa_type=JSONB)


class LoggedTime(Row, table=True):
    """Charged time that `tickets` told, in the order of the stream."""

    __tablename__ = "logged_time"

    event_id: UUID = Field(primary_key=True)
    stream_sequence: int = Field(sa_type=BigInteger)
    ticket: str = Field(sa_type=Text)
    partner: str = Field(sa_type=Text)
    team: str = Field(sa_type=Text)
    minutes: int
    worked_on: date = Field(index=True)


class TicketScope(Row, table=True):
    """Whether a ticket lies outside the catalogue, as it was last told."""

    __tablename__ = "ticket_scope"

    ticket: str = Field(primary_key=True, sa_type=Text)
    version: int
    out_of_catalogue: bool
