"""Read models: the row that each keeps per aggregate, and the table that follows from it.

Tables live in the schema of a generation (`generations.py`), never in `public`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from services.projection.catalogue_rows import (
    Agreement,
    Calendar,
    ExperienceTarget,
    Item,
    Partner,
    ServiceLevel,
)
from services.projection.column_kinds import Json
from services.projection.finance_models import FINANCE, SOURCE_EVENT
from services.projection.incident_rows import MajorIncident, SecuritySignals
from services.projection.tables import VACUUMED_OFTEN, ReadModel, Row, index, read_model

__all__ = ["Json", "ReadModel", "Row"]

SHAPE = 8
"""Raised when rows or folds change: what an earlier shape holds must then be rebuilt."""


class Ticket(NamedTuple):
    """What is known of a ticket. Seconds are business seconds of the clock's last reading.

    It is open while it is neither resolved nor cancelled; a reopened one is not resolved.
    `…_at_risk_at` and `…_breached_at` are said of the present norm. `minutes` is the work that was
    logged, `quality`, `speed` and `communication` how it was rated (1-10), `tasks` how a request
    is fulfilled: `{"task", "team", "what", "due", "done_at"}` in order. `change` is empty but for a
    planned change: `{"change_type", "risk", "starts_at", "ends_at", "decision", "decided_at",
    "result"}`.
    `problem` and `major_incident` are what an incident belongs to. Of a problem are `root_cause`
    and, while it is a known error, `known_error` (what goes wrong), `workaround`, `known_since`.
    Once its personal data was erased, at `erased_at`, it has no `requester`.
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
    requester: str | None
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
    problem: str | None
    major_incident: str | None
    root_cause: str | None
    known_error: str | None
    workaround: str | None
    known_since: datetime | None
    erased_at: datetime | None
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
    """An invoice or credit note; amounts are text, `lines` as `InvoiceIssued` tells them.

    It `corrects` what it takes back, and `replaces` an invoice in the place of which it came.
    """

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
    replaces: str | None
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


PARTNER = read_model(Partner, "partner", key="aggregate")
ITEM = read_model(Item, "item", key="aggregate")
SERVICE_LEVEL = read_model(ServiceLevel, "service_level", key="aggregate")
CALENDAR = read_model(Calendar, "calendar", key="aggregate")
EXPERIENCE_TARGET = read_model(
    ExperienceTarget,
    "experience_target",
    index("experience_target_partner", "partner"),
    key="aggregate",
)
AGREEMENT = read_model(
    Agreement, "agreement", index("agreement_partner", "partner"), key="aggregate"
)
TICKET = read_model(
    Ticket,
    "ticket",
    index("ticket_opened", "opened_at"),
    index(
        "ticket_partner_opened",
        "partner",
        "opened_at",
        holds=("cancelled_at", "out_of_catalogue", "generated"),
    ),
    index("ticket_partner_updated", "partner", "updated_at"),
    index("ticket_requester", "requester", "opened_at"),
    index("ticket_problem", "problem", where="problem IS NOT NULL"),
    index("ticket_major_incident", "major_incident", where="major_incident IS NOT NULL"),
    index("ticket_change", "partner", where="kind = 'change'"),
    index("ticket_known_error", "known_since", where="known_since IS NOT NULL"),
    index("ticket_open", "partner", where="resolved_at IS NULL AND cancelled_at IS NULL"),
    index(
        "ticket_resolved",
        "partner",
        "resolved_at",
        where="resolved_at IS NOT NULL AND cancelled_at IS NULL",
        holds=("resolution_seconds", "within_resolution", "opened_at", "generated"),
    ),
    index("ticket_rated", "resolved_at", where="quality IS NOT NULL"),
    index("ticket_to_close", "resolved_at", where="status = 'resolved'"),
    index(
        "ticket_responded",
        "partner",
        "responded_at",
        where="responded_at IS NOT NULL AND cancelled_at IS NULL",
        holds=("within_response",),
    ),
    index(
        "ticket_response_breached",
        "partner",
        "response_breached_at",
        where="response_breached_at IS NOT NULL",
    ),
    index(
        "ticket_resolution_breached",
        "partner",
        "resolution_breached_at",
        where="resolution_breached_at IS NOT NULL",
    ),
    key="ticket",
    storage=VACUUMED_OFTEN,
)
WINDOW = read_model(Window, "maintenance", index("maintenance_ends", "ends_at"), key="number")
INVOICE = read_model(
    Invoice, "invoice", index("invoice_partner", "partner", "issued_on"), key="aggregate"
)
MAJOR_INCIDENT = read_model(MajorIncident, "major_incident", key="number")
SECURITY_SIGNALS = read_model(
    SecuritySignals,
    "security_signals",
    index("security_signals_month", "partner", "month"),
    key="aggregate",
)
TIMELINE = read_model(
    TimelineEntry, "timeline", index("timeline_entry", "ticket", "version", unique=True)
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
    MAJOR_INCIDENT,
    SECURITY_SIGNALS,
    INVOICE,
    *FINANCE,
)
"""One row per aggregate."""
READ_MODELS: Sequence[ReadModel] = (*AGGREGATES, TIMELINE, SOURCE_EVENT)
