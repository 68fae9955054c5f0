"""Tables of `tickets`: the present state of each ticket, and the copy of what `catalog` told."""

from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Column, Identity, Text
from sqlalchemy.dialects.postgresql import JSONB
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


class SecuritySignals(Row, table=True):
    """A month of a partner, with its counts."""

    __tablename__ = "security_signals"

    partner: str = Field(primary_key=True, sa_type=Text)
    month: str = Field(primary_key=True, sa_type=Text)
    version: int
    state: dict[str, Any] = Field(sa_type=JSONB)
