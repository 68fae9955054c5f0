"""Who may do what with documents of invoices, objections and billing details."""

from services.gateway.access.rows import STEERING, Row, row

CONTROLLER = ("controller",)
CLIENT = ("client",)

DISPUTES: tuple[Row, ...] = (
    row("GET /v1/objections", partner=STEERING, all=CONTROLLER),
    row("GET /v1/objections/{objection}", partner=STEERING, all=CONTROLLER),
    row("POST /v1/invoices/{invoice}/objections", partner=CLIENT),
    row("POST /v1/objections/{objection}/_reject", all=CONTROLLER),
    row("POST /v1/objections/{objection}/_uphold", all=CONTROLLER),
    row("GET /v1/billing-details", all=CONTROLLER),
    row("POST /v1/billing-details", all=CONTROLLER),
)
