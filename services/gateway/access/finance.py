"""Who may do what with finance."""

from services.gateway.access.disputes import DISPUTES
from services.gateway.access.rows import STEERING, Row, row

CONTROLLER = ("controller",)
OWNER = ("owner",)
PARTNER_PAGES = (
    "",
    "/kosten",
    "/kosten/{partner}",
    "/facturen",
    "/facturen/{invoice}",
    "/facturen/{invoice}/regels/{line}",
    "/bron",
    "/begroting",
    "/begroting/{year}/{pool}",
    "/boekingen",
    "/verdeling",
)
"""What everybody who steers for a partner reads: the totals that all share, and its own."""
BOARD_PAGES = (
    "/risicos",
    "/risicos/{risk}",
    "/weerstand",
    "/treasury",
    "/indicatoren",
    "/businesscases",
    "/businesscases/{case}",
)
CONTROLLER_PAGES = (
    "/jaar",
    "/doorbelasting",
    "/offertes",
    "/offertes/{quote}",
    "/import",
    "/import/{file}/sjabloon.{form}",
)
CONTROLLER_FORMS = (
    "/begroting/nieuw",
    "/begroting/{year}/{pool}/wijzigen",
    "/begroting/{year}/{pool}/boeken",
    "/verdeling/gebruikers",
    "/verdeling/per-workplace",
    "/verdeling/per-resident",
    "/verdeling/fixed-key",
    "/verdeling/fixed-price",
    "/verdeling/hourly-rate",
    "/verdeling/funded-staff",
    "/verdeling/licences",
    "/verdeling/participation",
    "/verdeling/surcharge",
    "/verdeling/out-of-catalogue",
    "/doorbelasting/voorschot",
    "/doorbelasting/afrekening",
    "/doorbelasting/{run}",
    "/facturen/{invoice}/crediteren",
    "/risicos/nieuw",
    "/risicos/{risk}/wijzigen",
    "/risicos/{risk}/sluiten",
    "/weerstand/reserve",
    "/weerstand/percentage",
    "/weerstand/simulatie",
    "/treasury/lening",
    "/treasury/kas",
    "/treasury/renterisico",
    "/treasury/balans",
    "/indicatoren/vastleggen",
    "/businesscases/nieuw",
    "/businesscases/{case}/resultaat",
    "/offertes/toetreden",
    "/offertes/uittreden",
    "/import/{file}",
)
OWNER = ("owner",)

POSITION = (
    "/v1/risks",
    "/v1/risks/{risk}",
    "/v1/reserves",
    "/v1/resilience-assessments",
    "/v1/loans",
    "/v1/cash-positions",
    "/v1/interest-risk-assessments",
    "/v1/balance-sheets",
    "/v1/balance-sheets/{year}",
    "/v1/indicators",
    "/v1/cost-per-resident",
    "/v1/business-cases",
    "/v1/business-cases/{case}",
)
"""What owners read."""
RECORDED = (
    "/v1/risks",
    "/v1/risks/{risk}/_update",
    "/v1/risks/{risk}/_close",
    "/v1/reserves",
    "/v1/resilience-assessments",
    "/v1/loans",
    "/v1/cash-positions",
    "/v1/interest-risk-assessments",
    "/v1/balance-sheets",
    "/v1/indicators",
    "/v1/business-cases",
    "/v1/business-cases/{case}/results",
)
"""What the controller records of it."""

FINANCE: tuple[Row, ...] = (
    row("POST /v1/budgets", all=CONTROLLER),
    row("POST /v1/budgets/{year}/{pool}/_amend", all=CONTROLLER),
    row("POST /v1/budgets/{year}/{pool}/bookings", all=CONTROLLER),
    row("POST /v1/charging-methods", all=CONTROLLER),
    row("POST /v1/user-counts", all=CONTROLLER),
    row("POST /v1/charging-runs", all=CONTROLLER),
    row("POST /v1/settlements", all=CONTROLLER),
    # Cost and charging
    row("GET /v1/budgets", partner=STEERING, all=CONTROLLER),
    row("GET /v1/budgets/{year}/{pool}", partner=STEERING, all=CONTROLLER),
    row("GET /v1/bookings", partner=STEERING, all=CONTROLLER),
    row("GET /v1/charging-methods", partner=STEERING, all=CONTROLLER),
    row("GET /v1/charging-methods/{pool}", partner=STEERING, all=CONTROLLER),
    row("GET /v1/user-counts", partner=STEERING, all=CONTROLLER),
    row("GET /v1/charging-runs", partner=STEERING, all=CONTROLLER),
    row("GET /v1/charging-runs/{run}", partner=STEERING, all=CONTROLLER),
    row("GET /v1/charging-runs/{run}/lines", partner=STEERING, all=CONTROLLER),
    row("GET /v1/settlements", partner=STEERING, all=CONTROLLER),
    row("GET /v1/settlements/{year}", partner=STEERING, all=CONTROLLER),
    row("GET /v1/partners/{partner}/costs/{year}", partner=STEERING, all=CONTROLLER),
    row("GET /v1/source-events", partner=STEERING, all=CONTROLLER),
    # Where the centre stands
    *(row(f"GET {path}", partner=OWNER, all=CONTROLLER) for path in POSITION),
    *(row(f"POST {path}", all=CONTROLLER) for path in RECORDED),
    # Joining and leaving
    row("GET /v1/quotes", all=CONTROLLER),
    row("GET /v1/quotes/{quote}", all=CONTROLLER),
    row("GET /v1/quote-comparisons", all=CONTROLLER),
    row("POST /v1/entry-quotes", all=CONTROLLER),
    row("POST /v1/exit-quotes", all=CONTROLLER),
    # Invoices
    row("GET /v1/invoices", partner=STEERING, all=CONTROLLER),
    row("GET /v1/invoices/{invoice}", partner=STEERING, all=CONTROLLER),
    row("POST /v1/invoices", all=CONTROLLER),
    row("POST /v1/invoices/{invoice}/_credit", all=CONTROLLER),
    # Pages of the portal
    *(row(f"GET /financien{path}", partner=STEERING, all=CONTROLLER) for path in PARTNER_PAGES),
    *(row(f"GET /financien{path}", partner=OWNER, all=CONTROLLER) for path in BOARD_PAGES),
    *(row(f"GET /financien{path}", all=CONTROLLER) for path in CONTROLLER_PAGES),
    *(
        row(f"{method} /financien{path}", all=CONTROLLER)
        for path in CONTROLLER_FORMS
        for method in ("GET", "POST")
    ),
    row("POST /v1/invoices/{invoice}/_correct", all=CONTROLLER),
    *DISPUTES,
)
