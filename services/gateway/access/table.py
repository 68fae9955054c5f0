"""The table of role × route, whole."""

from services.gateway.access.catalogue import CATALOGUE
from services.gateway.access.corrections import CORRECTIONS
from services.gateway.access.finance import FINANCE
from services.gateway.access.privacy import PRIVACY
from services.gateway.access.problems import PROBLEMS
from services.gateway.access.reports import REPORT_ROWS
from services.gateway.access.rows import (
    ADMINISTRATOR,
    CENTRE_READERS,
    STEERING,
    TICKET_READERS,
    USER,
    Row,
    public,
    row,
)
from services.gateway.access.tickets import TICKETS
from services.gateway.identity import CENTRE_ROLES

TABLE: tuple[Row, ...] = (
    # What anybody may read
    public("GET /v1/openapi.json"),
    public("GET /problems"),
    public("GET /problems/{slug}"),
    public("GET /schemas/{context}/{schema}"),
    *CATALOGUE,
    *TICKETS,
    *CORRECTIONS,
    *PROBLEMS,
    *PRIVACY,
    *FINANCE,
    *REPORT_ROWS,
    # Figures
    row("GET /v1/dashboards/{partner}", partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_READERS),
    row("GET /v1/ticket-exports/{partner}", partner=TICKET_READERS, all=("controller",)),
    row(
        "GET /v1/events",
        own=USER,
        partner=(*ADMINISTRATOR, *STEERING),
        all=CENTRE_READERS,
    ),
    # Pages of the portal
    public("GET /static"),
    public("GET /inloggen"),
    public("GET /inloggen/terug"),
    public("POST /uitloggen"),
    public("GET /uitgelogd"),
    public("GET /taal/{language}"),
    row("GET /", own=USER, partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_ROLES),
    row("GET /dashboard", partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_READERS),
    row("GET /dashboard/{partner}", partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_READERS),
    row(
        "GET /dashboard/{partner}/cijfers",
        partner=(*ADMINISTRATOR, *STEERING),
        all=CENTRE_READERS,
    ),
    row("GET /dashboard/{partner}/live", partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_READERS),
    row("GET /dashboard/{partner}/meldingen.csv", partner=TICKET_READERS, all=("controller",)),
    # The development issuer, where it runs, is its own door
    public("GET /dev-issuer/login.css"),
    public("GET /dev-issuer/.well-known/openid-configuration"),
    public("GET /dev-issuer/jwks"),
    public("GET /dev-issuer/authorize"),
    public("POST /dev-issuer/authorize"),
    public("POST /dev-issuer/token"),
    public("GET /dev-issuer/logout"),
)
