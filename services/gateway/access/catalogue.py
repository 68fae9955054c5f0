"""Who may do what with partners, catalogue, service levels and agreements."""

from services.gateway.access.rows import ADMINISTRATOR, CATALOGUE_MANAGER, STEERING, Row, row
from services.gateway.identity import CENTRE_ROLES, PARTNER_ROLES

AGREEMENT_READERS = (*ADMINISTRATOR, *STEERING)
"""Partner roles that read what was agreed; users see what it means for an item."""

KEEPING_PAGES = (
    "",
    "/producten",
    "/producten/{item}",
    "/kalenders",
    "/normen",
    "/ervaring",
)
KEEPING_FORMS = (
    "/producten/nieuw",
    "/producten/{item}/concept",
    "/producten/{item}/publiceren",
    "/producten/{item}/herzien",
    "/producten/{item}/intrekken",
    "/kalenders/nieuw",
    "/kalenders/{calendar}",
    "/kalenders/{calendar}/corrigeren",
    "/normen/nieuw",
    "/normen/{domain}/{item}/{kind}/{priority}",
    "/normen/{domain}/{item}/{kind}/{priority}/corrigeren",
    "/ervaring/nieuw",
    "/ervaring/{partner}/{domain}",
    "/overeenkomsten/nieuw",
    "/overeenkomsten/{agreement}/wijzigen",
    "/overeenkomsten/{agreement}/beeindigen",
    "/deelnemers/nieuw",
    "/deelnemers/{partner}/kentallen",
    "/deelnemers/{partner}/vertrek",
)

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
    row("GET /v1/catalogue-records", all=CATALOGUE_MANAGER),
    row("GET /v1/catalogue-records/{item}", all=CATALOGUE_MANAGER),
    row("POST /v1/catalogue-records/{item}/_preview", all=CATALOGUE_MANAGER),
    # Service levels
    row("GET /v1/calendars", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /v1/calendars/{calendar}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("POST /v1/calendars", all=CATALOGUE_MANAGER),
    row("GET /v1/service-levels", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row(
        "GET /v1/service-levels/{domain}/{item}/{kind}/{priority}",
        partner=PARTNER_ROLES,
        all=CENTRE_ROLES,
    ),
    row("POST /v1/service-levels", all=CATALOGUE_MANAGER),
    row("GET /v1/experience-targets", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /v1/experience-targets/{partner}/{domain}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("POST /v1/experience-targets", all=CATALOGUE_MANAGER),
    # Agreements
    row("GET /v1/agreements", partner=AGREEMENT_READERS, all=CENTRE_ROLES),
    row("GET /v1/agreements/{agreement}", partner=AGREEMENT_READERS, all=CENTRE_ROLES),
    row("POST /v1/agreements", all=CATALOGUE_MANAGER),
    row("POST /v1/agreements/{agreement}/_amend", all=CATALOGUE_MANAGER),
    row("POST /v1/agreements/{agreement}/_end", all=CATALOGUE_MANAGER),
    # Pages of the portal
    row("GET /catalogus", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /catalogus/{item}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /overeenkomsten", partner=AGREEMENT_READERS, all=CENTRE_ROLES),
    row("GET /overeenkomsten/{agreement}", partner=AGREEMENT_READERS, all=CENTRE_ROLES),
    row("GET /deelnemers", all=CENTRE_ROLES),
    row("GET /deelnemers/{partner}", all=CENTRE_ROLES),
    *(
        row(f"{method} /beheer{path}", all=CATALOGUE_MANAGER)
        for path in KEEPING_FORMS
        for method in ("GET", "POST")
    ),
    *(row(f"GET /beheer{path}", all=CATALOGUE_MANAGER) for path in KEEPING_PAGES),
)
