"""Who may do what with problems, known errors, major incidents and security signals."""

from services.gateway.access.rows import (
    ADMINISTRATOR,
    AGENT,
    CENTRE_READERS,
    STEERING,
    USER,
    Row,
    row,
)
from services.gateway.identity import CENTRE_ROLES, PARTNER_ROLES

SIGNAL_READERS = (*ADMINISTRATOR, *STEERING)
FORMS = (
    "/meldingen/{ticket}/probleem",
    "/meldingen/{ticket}/probleem-los",
    "/meldingen/{ticket}/oorzaak",
    "/meldingen/{ticket}/bekende-fout",
    "/meldingen/{ticket}/bekende-fout-intrekken",
    "/meldingen/{ticket}/grote-storing",
    "/meldingen/{ticket}/grote-storing-bij",
    "/meldingen/{ticket}/grote-storing-los",
    "/beveiligingssignalen/nieuw",
)

PROBLEMS: tuple[Row, ...] = (
    row("GET /v1/problems/{ticket}", all=CENTRE_READERS),
    row("POST /v1/problems/{ticket}/_diagnose", all=AGENT),
    row("POST /v1/problems/{ticket}/known-error/_record", all=AGENT),
    row("POST /v1/problems/{ticket}/known-error/_withdraw", all=AGENT),
    row("POST /v1/tickets/{ticket}/problem/_link", all=AGENT),
    row("POST /v1/tickets/{ticket}/problem/_unlink", all=AGENT),
    row("GET /v1/known-errors", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /v1/major-incidents", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /v1/major-incidents/{major}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("POST /v1/major-incidents", all=AGENT),
    row("POST /v1/major-incidents/{major}/_share", all=AGENT),
    row("POST /v1/major-incidents/{major}/updates", all=AGENT),
    row("POST /v1/major-incidents/{major}/_end", all=AGENT),
    row("POST /v1/tickets/{ticket}/major-incident/_attach", all=AGENT),
    row("POST /v1/tickets/{ticket}/major-incident/_detach", all=AGENT),
    row("GET /v1/security-signals", partner=SIGNAL_READERS, all=CENTRE_READERS),
    row("POST /v1/security-signals", all=AGENT),
    # Pages of the portal
    row("GET /bekende-fouten", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("POST /melden/bekende-fouten", partner=(*USER, *ADMINISTRATOR), all=AGENT),
    *(row(f"{method} {path}", all=AGENT) for path in FORMS for method in ("GET", "POST")),
    row("GET /grote-storingen", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /grote-storingen/nu", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /grote-storingen/live", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /grote-storingen/{major}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("POST /grote-storingen/{major}", all=AGENT),
    row("GET /beveiligingssignalen", partner=SIGNAL_READERS, all=CENTRE_READERS),
)
