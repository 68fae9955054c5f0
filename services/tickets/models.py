"""Tables of `tickets`: the present state of each ticket, and the copy of what `catalog` told."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, Text, Uuid, func, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Row(SQLModel, registry=registry()):
    pass


class Ticket(Row, table=True):
    """A ticket, for deciding on the next command. `personal` is what its opening sealed."""

    number: str = Field(primary_key=True, sa_type=Text)
    partner: str = Field(sa_type=Text)
    requester: str = Field(sa_type=Text, index=True)
    version: int
    state: dict[str, Any] = Field(sa_type=JSONB)
    personal: dict[str, Any] = Field(sa_type=JSONB)


class Imported(Row, table=True):
    """Which ticket a history of another system became: each becomes one, once."""

    source: str = Field(primary_key=True, sa_type=Text)
    external: str = Field(primary_key=True, sa_type=Text)
    ticket: str = Field(sa_type=Text)


class Erasure(Row, table=True):
    """A person who was erased on request. `tickets` are those that it is about."""

    id: UUID = Field(
        sa_column=Column(Uuid, primary_key=True, server_default=func.gen_random_uuid())
    )
    subject: str = Field(sa_type=Text, index=True)
    asked_at: datetime = Field(sa_type=DateTime(timezone=True))
    asked_by: str = Field(sa_type=Text)
    tickets: list[str] = Field(sa_type=ARRAY(Text))


class KeyBackup(Row, table=True):
    """A backup that was made, and holds the keys of its moment."""

    __tablename__ = "key_backup"

    taken_at: datetime = Field(sa_type=DateTime(timezone=True), primary_key=True)


class CatalogueEvent(Row, table=True):
    """An event of `catalog`, in the order in which it came in."""

    __tablename__ = "catalogue_event"

    id: int | None = Field(
        default=None, sa_column=Column(BigInteger, Identity(always=True), primary_key=True)
    )
    event_id: UUID = Field(unique=True)
    type: str = Field(sa_type=Text)
    data: dict[str, Any] = Field(sa_type=JSONB)


class Window(Row, table=True):
    """A maintenance window or freeze. `freezes` marks the freezes that hold or will."""

    number: str = Field(primary_key=True, sa_type=Text)
    version: int
    freezes: bool
    state: dict[str, Any] = Field(sa_type=JSONB)


class MajorIncident(Row, table=True):
    """A major incident; which tickets belong to it stands with the tickets."""

    __tablename__ = "major_incident"

    number: str = Field(primary_key=True, sa_type=Text)
    version: int
    state: dict[str, Any] = Field(sa_type=JSONB)


class Signals(Row, table=True):
    """The counts of security signals in a partner's month; `key` is `<partner>/<month>`."""

    key: str = Field(primary_key=True, sa_type=Text)
    version: int
    state: dict[str, Any] = Field(sa_type=JSONB)


class Correction(Row, table=True):
    """A correction of clocks, and how far the work on it has come."""

    number: str = Field(primary_key=True, sa_type=Text)
    version: int
    status: str = Field(sa_type=Text)
    state: dict[str, Any] = Field(sa_type=JSONB)
    progress: dict[str, Any] = Field(sa_type=JSONB)


class CorrectedTicket(Row, table=True):
    """What a correction does to a ticket, as worked out at this version of the ticket.

    `changes` is off where only the norm has another name; `applied` says that it was done. The
    last four say whether the norm was kept.
    """

    __tablename__ = "corrected_ticket"
    __table_args__ = (
        Index("corrected_ticket_partner", "partner", "correction"),
        Index(
            "corrected_ticket_waiting",
            "correction",
            "ticket",
            postgresql_where=text("NOT applied"),
        ),
    )

    correction: str = Field(primary_key=True, sa_type=Text)
    ticket: str = Field(primary_key=True, sa_type=Text)
    partner: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    domain: str = Field(sa_type=Text)
    item: str | None = Field(sa_type=Text)
    priority: int
    status: str = Field(sa_type=Text)
    opened_at: datetime = Field(sa_type=DateTime(timezone=True))
    version: int
    changes: bool
    applied: bool
    before: dict[str, Any] = Field(sa_type=JSONB)
    after: dict[str, Any] = Field(sa_type=JSONB)
    response_before: bool | None
    response_after: bool | None
    resolution_before: bool | None
    resolution_after: bool | None
