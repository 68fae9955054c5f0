"""Read models: the row that each keeps per aggregate, and the table that follows from it.

A row is a tuple, because a rebuild makes millions of them. Its first field is the aggregate's id
and its second the aggregate's version up to which it is folded.
Tables live in the schema of a generation (`generations.py`), never in `public`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, NamedTuple, get_args, get_origin, get_type_hints

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from services.projection.catalogue_rows import (
    Agreement,
    Calendar,
    ExperienceTarget,
    Item,
    Json,
    Partner,
    ServiceLevel,
)

SHAPE = 3
"""Raised when rows or folds change: what an earlier shape holds must then be rebuilt."""

Row = tuple[Any, ...]


class Ticket(NamedTuple):
    """What is known of a ticket. Seconds are business seconds of the clock's last reading.

    It is open while it is neither resolved nor cancelled; a reopened one is not resolved.
    `…_at_risk_at` and `…_breached_at` are said of the present norm. `minutes` is the work that was
    logged, `quality`, `speed` and `communication` how it was rated (1-10), `tasks` how a request
    is fulfilled: `{"task", "team", "what", "due", "done_at"}` in order. `change` is empty but for a
    planned change: `{"change_type", "risk", "starts_at", "ends_at", "decision", "decided_at",
    "result"}`.
    """

    ticket: str
    version: int
    partner: str
    kind: str
    status: str
    priority: int
    impact: int
    urgency: int
    item: str | None
    item_version: int | None
    domain: str
    tier: str | None
    out_of_catalogue: bool
    channel: str
    team: str | None
    line: str | None
    waiting_on: str | None
    requester: str
    opened_at: datetime
    responded_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    cancelled_at: datetime | None
    response_due: datetime | None
    resolution_due: datetime | None
    response_minutes: int | None
    resolution_minutes: int | None
    target_percentage: Decimal | None
    norm_source: str | None
    agreement: str | None
    calendar: str | None
    calendar_version: int | None
    pauses_on_supplier: bool | None
    response_seconds: int
    resolution_seconds: int
    paused_at: datetime | None
    response_at_risk_at: datetime | None
    resolution_at_risk_at: datetime | None
    response_breached_at: datetime | None
    resolution_breached_at: datetime | None
    within_response: bool | None
    within_resolution: bool | None
    reopened: int
    reassignments: int
    external: str | None
    generated: bool
    minutes: int
    billable_minutes: int
    quality: int | None
    speed: int | None
    communication: int | None
    tasks: Json
    change: Json
    updated_at: datetime


class Window(NamedTuple):
    """A maintenance window or freeze; `partners` empty is all. `as_planned` is told at its end."""

    number: str
    version: int
    kind: str
    title: str
    description: str
    partners: Json
    starts_at: datetime
    ends_at: datetime
    status: str
    announced_at: datetime | None
    as_planned: bool | None


class Invoice(NamedTuple):
    """An invoice or credit note; amounts are text, `lines` as `InvoiceIssued` tells them."""

    aggregate: str
    version: int
    invoice: str
    partner: str
    kind: str
    run: str
    issued_on: date
    due_on: date
    advanced: str
    total: str
    corrects: str | None
    reason: str | None
    credited_by: str | None
    lines: Json


class TimelineEntry(NamedTuple):
    """One event of a ticket, without anything personal."""

    ticket: str
    version: int
    event: str
    occurred_at: datetime
    details: Json


_TYPES: dict[object, type[TypeEngine[Any]]] = {
    str: Text,
    int: Integer,
    bool: Boolean,
    date: Date,
    datetime: DateTime,
    Decimal: Numeric,
    Json: JSONB,
}


@dataclass(frozen=True, slots=True)
class ReadModel:
    """A kind of row and its table. `key` is the name of the field with the aggregate's id."""

    row: type[Row]
    table: Table

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def key(self) -> str:
        return self.columns[0]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.table.columns.keys())


def _read_model(row: type[Row], name: str, *indexes: Index, key: str | None = None) -> ReadModel:
    hints = get_type_hints(row, include_extras=True)
    columns = [_column(field, hint, key=field == key) for field, hint in hints.items()]
    return ReadModel(row, Table(name, MetaData(), *columns, *indexes))


def _column(name: str, hint: Any, *, key: bool) -> Column[Any]:
    nullable = get_origin(hint) is UnionType
    base = get_args(hint)[0] if nullable else hint
    kind = DateTime(timezone=True) if base is datetime else _TYPES[base]()
    return Column(name, kind, primary_key=key, nullable=nullable)


def _index(name: str, *columns: str, where: str | None = None, unique: bool = False) -> Index:
    condition = None if where is None else text(where)
    return Index(name, *columns, unique=unique, postgresql_where=condition)


PARTNER = _read_model(Partner, "partner", key="aggregate")
ITEM = _read_model(Item, "item", key="aggregate")
SERVICE_LEVEL = _read_model(ServiceLevel, "service_level", key="aggregate")
CALENDAR = _read_model(Calendar, "calendar", key="aggregate")
EXPERIENCE_TARGET = _read_model(
    ExperienceTarget,
    "experience_target",
    _index("experience_target_partner", "partner"),
    key="aggregate",
)
AGREEMENT = _read_model(
    Agreement, "agreement", _index("agreement_partner", "partner"), key="aggregate"
)
TICKET = _read_model(
    Ticket,
    "ticket",
    _index("ticket_opened", "opened_at"),
    _index("ticket_partner_opened", "partner", "opened_at"),
    _index("ticket_partner_updated", "partner", "updated_at"),
    _index("ticket_requester", "requester", "opened_at"),
    _index("ticket_open", "partner", where="resolved_at IS NULL AND cancelled_at IS NULL"),
    _index("ticket_resolved", "partner", "resolved_at", where="resolved_at IS NOT NULL"),
    _index("ticket_responded", "partner", "responded_at", where="responded_at IS NOT NULL"),
    _index(
        "ticket_response_breached",
        "partner",
        "response_breached_at",
        where="response_breached_at IS NOT NULL",
    ),
    _index(
        "ticket_resolution_breached",
        "partner",
        "resolution_breached_at",
        where="resolution_breached_at IS NOT NULL",
    ),
    key="ticket",
)
WINDOW = _read_model(Window, "maintenance", _index("maintenance_ends", "ends_at"), key="number")
INVOICE = _read_model(
    Invoice, "invoice", _index("invoice_partner", "partner", "issued_on"), key="aggregate"
)
TIMELINE = _read_model(
    TimelineEntry, "timeline", _index("timeline_entry", "ticket", "version", unique=True)
)

AGGREGATES: Sequence[ReadModel] = (
    PARTNER,
    CALENDAR,
    ITEM,
    SERVICE_LEVEL,
    EXPERIENCE_TARGET,
    AGREEMENT,
    TICKET,
    WINDOW,
    INVOICE,
)
"""One row per aggregate."""
READ_MODELS: Sequence[ReadModel] = (*AGGREGATES, TIMELINE)
