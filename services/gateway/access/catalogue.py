"""Who may do what with partners, catalogue, service levels and agreements."""

from services.gateway.access.rows import CATALOGUE_MANAGER, Row, row
from services.gateway.identity import CENTRE_ROLES, PARTNER_ROLES

CATALOGUE: tuple[Row, ...] = (
    # Partners
    row("GET /v1/partners", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /v1/partners/{partner}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("POST /v1/partners", all=CATALOGUE_MANAGER),
    row("POST /v1/partners/{partner}/statistics", all=CATALOGUE_MANAGER),
    row("POST /v1/partners/{partner}/_withdraw", all=CATALOGUE_MANAGER),
    # Catalogue
    row("GET /v1/catalogue-items", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /v1/catalogue-items/{item}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("POST /v1/catalogue-items", all=CATALOGUE_MANAGER),
    row("POST /v1/catalogue-items/{item}/_publish", all=CATALOGUE_MANAGER),
    row("POST /v1/catalogue-items/{item}/_revise", all=CATALOGUE_MANAGER),
    row("POST /v1/catalogue-items/{item}/_retire", all=CATALOGUE_MANAGER),
    row("POST /v1/calendars", all=CATALOGUE_MANAGER),
    row("POST /v1/service-levels", all=CATALOGUE_MANAGER),
    row("POST /v1/agreements", all=CATALOGUE_MANAGER),
    row("POST /v1/agreements/{agreement}/_amend", all=CATALOGUE_MANAGER),
    row("POST /v1/agreements/{agreement}/_end", all=CATALOGUE_MANAGER),
    # Pages of the portal
    row("GET /catalogus", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /catalogus/{item}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /deelnemers", all=CENTRE_ROLES),
)
