"""Who may do what with budgets, charging and invoices."""

from services.gateway.access.rows import STEERING, Row, row

CONTROLLER = ("controller",)

FINANCE: tuple[Row, ...] = (
    row("POST /v1/budgets", all=CONTROLLER),
    row("POST /v1/budgets/{year}/{pool}/_amend", all=CONTROLLER),
    row("POST /v1/budgets/{year}/{pool}/bookings", all=CONTROLLER),
    row("POST /v1/charging-methods", all=CONTROLLER),
    row("POST /v1/user-counts", all=CONTROLLER),
    row("POST /v1/charging-runs", all=CONTROLLER),
    row("POST /v1/settlements", all=CONTROLLER),
    row("GET /v1/invoices", partner=STEERING, all=CONTROLLER),
    row("GET /v1/invoices/{invoice}", partner=STEERING, all=CONTROLLER),
    row("POST /v1/invoices", all=CONTROLLER),
    row("POST /v1/invoices/{invoice}/_credit", all=CONTROLLER),
)
