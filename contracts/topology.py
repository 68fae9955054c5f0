"""Who publishes, consumes, commands and asks what.

The single source from which streams, consumers, NATS permissions, the AsyncAPI document and the
event catalogue are made. A service that is not named here can say and hear nothing.
"""

from collections.abc import Iterator

import contracts.catalog
import contracts.finance
import contracts.tickets  # noqa: F401  each registers their events
from contracts.service import Consumer, Service

DOMAIN_STREAM = "DOMAIN"
PROCESSING_STREAM = "PROCESSING"
"""Who processed whose personal data: the lines of `ldv.<service>`, which nobody can take out."""
LIVE = "live"
"""`live.<view>.<partner>`: a read model of this partner changed. Best effort, for screens."""


CATALOG = Service(
    name="catalog",
    does="partners, catalogue, service and experience levels, agreements",
    commands=(
        "register-partner",
        "update-partner-statistics",
        "announce-withdrawal",
        "define-calendar",
        "draft-catalogue-item",
        "publish-catalogue-item",
        "revise-catalogue-item",
        "retire-catalogue-item",
        "correct-calendar",
        "set-service-level",
        "correct-service-level",
        "set-experience-target",
        "sign-agreement",
        "amend-agreement",
        "end-agreement",
    ),
)

TICKETS = Service(
    name="tickets",
    does="tickets of every kind, from opening to closing, and their SLA clock",
    commands=(
        "open-ticket",
        "assign-ticket",
        "start-work",
        "pause-ticket",
        "resume-ticket",
        "change-priority",
        "reclassify-ticket",
        "resolve-ticket",
        "close-ticket",
        "reopen-ticket",
        "cancel-ticket",
        "log-time",
        "rate-ticket",
        "complete-task",
        "plan-change",
        "approve-change",
        "reject-change",
        "implement-change",
        "link-to-problem",
        "unlink-from-problem",
        "record-root-cause",
        "record-known-error",
        "withdraw-known-error",
        "declare-major-incident",
        "attach-to-major-incident",
        "detach-from-major-incident",
        "share-major-incident",
        "post-major-incident-update",
        "end-major-incident",
        "record-security-signals",
        "plan-maintenance",
        "announce-maintenance",
        "complete-maintenance",
        "cancel-maintenance",
        "declare-change-freeze",
        "lift-change-freeze",
        "refresh-correction",
        "accept-correction",
        "drop-correction",
        "import-tickets",
        "erase-requester",
    ),
    queries=(
        "texts",
        "clock",
        "corrections",
        "correction",
        "correction-tickets",
        "person",
        "erasures",
        "erasure",
        "processing-log",
    ),
    consumers=(Consumer(name="catalogue", contexts=("catalog",)),),
    keeps_persons=True,
)

FINANCE = Service(
    name="finance",
    does="budgets, charging and invoices, risk and resilience, treasury, business cases",
    commands=(
        "set-budget",
        "amend-budget",
        "book-cost",
        "set-charging-method",
        "count-users",
        "run-charging",
        "settle-year",
        "issue-invoice",
        "credit-invoice",
        "correct-invoice",
        "set-billing-details",
        "raise-objection",
        "reject-objection",
        "uphold-objection",
        "register-risk",
        "update-risk",
        "close-risk",
        "set-reserve",
        "assess-resilience",
        "register-loan",
        "record-cash-position",
        "assess-interest-risk",
        "record-balance-sheet",
        "set-indicator",
        "plan-business-case",
        "record-business-case-result",
        "quote-entry",
        "quote-exit",
        "import-rows",
    ),
    consumers=(
        Consumer(
            name="catalogue",
            contexts=("catalog",),
            events=(
                "partner-joined",
                "partner-statistics-updated",
                "partner-withdrawal-announced",
                "agreement-signed",
                "agreement-amended",
                "agreement-ended",
            ),
        ),
        Consumer(
            name="time",
            contexts=("tickets",),
            events=("time-logged", "ticket-reclassified"),
        ),
    ),
)

PROJECTION = Service(
    name="projection",
    does="partner-facing read models, folded from the domain stream",
    queries=(
        "partners",
        "catalogue",
        "catalogue-item",
        "catalogue-keeping",
        "catalogue-keeping-item",
        "revision-preview",
        "calendars",
        "service-levels",
        "experience-targets",
        "agreements",
        "tickets",
        "desk",
        "ticket",
        "timeline",
        "problem",
        "known-errors",
        "major-incidents",
        "security-signals",
        "maintenance",
        "invoices",
        "invoice-document",
        "objections",
        "billing-details",
        "budgets",
        "bookings",
        "charging-methods",
        "user-counts",
        "charging-runs",
        "charging-lines",
        "settlements",
        "own-costs",
        "risks",
        "risk",
        "reserves",
        "resilience",
        "loans",
        "cash-positions",
        "interest-risk",
        "balance-sheets",
        "indicators",
        "cost-per-resident",
        "business-cases",
        "quotes",
        "quote-comparison",
        "finance-events",
        "dashboard",
        "report",
        "report-sources",
        "kept-reports",
        "kept-report",
        "personal-data",
        "status",
    ),
    reads_stream=True,
    live=True,
)

GATEWAY = Service(
    name="gateway",
    does="the only door: HTTP API and portal",
    sends=("catalog", "tickets", "finance"),
    asks=("tickets", "projection"),
    watches=True,
)

OPERATOR = Service(
    name="operator",
    does="the operator's command: provisioning, cases, import, reconciliation",
    sends=("catalog", "tickets", "finance"),
    asks=("tickets", "projection"),
    reads_stream=True,
    administers=True,
)

SERVICES: tuple[Service, ...] = (CATALOG, TICKETS, FINANCE, PROJECTION, GATEWAY, OPERATOR)


def service(name: str) -> Service:
    """The service of this name; `LookupError` when the topology has none."""
    for candidate in SERVICES:
        if candidate.name == name:
            return candidate
    raise LookupError(f"no service {name!r} in the topology")


def command_subject(service_name: str, command: str) -> str:
    return f"cmd.{service_name}.{command}"


def query_subject(service_name: str, query: str) -> str:
    return f"qry.{service_name}.{query}"


def administration_subject(service_name: str, request: str) -> str:
    return f"adm.{service_name}.{request}"


def live_subject(view: str, partner: str) -> str:
    return f"{LIVE}.{view}.{partner}"


def processing_subject(service_name: str) -> str:
    return f"ldv.{service_name}"


def durable(service_name: str, consumer: Consumer) -> str:
    """The name of the durable consumer on the stream."""
    return f"{service_name}-{consumer.name}"


def publishers() -> Iterator[Service]:
    """The services that publish domain events."""
    return (candidate for candidate in SERVICES if candidate.publishes)


def consumers_of(context: str) -> Iterator[Service]:
    """The services that consume events of `context`."""
    for candidate in SERVICES:
        durables = any(context in consumer.contexts for consumer in candidate.consumers)
        if durables or candidate.name == "projection":
            yield candidate
