"""Who may do what with documents of invoices, objections and billing details."""

from services.gateway.access.rows import STEERING, Row, row

CONTROLLER = ("controller",)
CLIENT = ("client",)

KEPT = (
    "/financien/facturen/{invoice}/corrigeren",
    "/financien/bezwaren/{objection}/afwijzen",
    "/financien/bezwaren/{objection}/gegrond",
    "/financien/factuurgegevens/nieuw",
)
"""The controller's forms."""

DISPUTES: tuple[Row, ...] = (
    row("GET /v1/objections", partner=STEERING, all=CONTROLLER),
    row("GET /v1/objections/{objection}", partner=STEERING, all=CONTROLLER),
    row("POST /v1/invoices/{invoice}/objections", partner=CLIENT),
    row("POST /v1/objections/{objection}/_reject", all=CONTROLLER),
    row("POST /v1/objections/{objection}/_uphold", all=CONTROLLER),
    row("GET /v1/billing-details", all=CONTROLLER),
    row("POST /v1/billing-details", all=CONTROLLER),
    # Pages of the portal
    row("GET /financien/facturen/{invoice}/factuur.pdf", partner=STEERING, all=CONTROLLER),
    row("GET /financien/facturen/{invoice}/factuur.xml", partner=STEERING, all=CONTROLLER),
    row("GET /financien/bezwaren", partner=STEERING, all=CONTROLLER),
    row("GET /financien/bezwaren/{objection}", partner=STEERING, all=CONTROLLER),
    row("GET /financien/factuurgegevens", all=CONTROLLER),
    *(
        row(f"{method} /financien/facturen/{{invoice}}/bezwaar", partner=CLIENT)
        for method in ("GET", "POST")
    ),
    *(row(f"{method} {path}", all=CONTROLLER) for path in KEPT for method in ("GET", "POST")),
)
