"""Who may do what with corrections: the keeper decides, partners see what it does to theirs."""

from services.gateway.access.rows import (
    CATALOGUE_MANAGER,
    CENTRE_READERS,
    TICKET_READERS,
    Row,
    row,
)

_READERS = (*CENTRE_READERS, *CATALOGUE_MANAGER)

CORRECTIONS: tuple[Row, ...] = (
    row("POST /v1/calendars/{calendar}/_correct", all=CATALOGUE_MANAGER),
    row(
        "POST /v1/service-levels/{domain}/{item}/{kind}/{priority}/_correct",
        all=CATALOGUE_MANAGER,
    ),
    row("GET /v1/corrections", partner=TICKET_READERS, all=_READERS),
    row("GET /v1/corrections/{correction}", partner=TICKET_READERS, all=_READERS),
    row("GET /v1/corrections/{correction}/tickets", partner=TICKET_READERS, all=_READERS),
    row("POST /v1/corrections/{correction}/_refresh", all=CATALOGUE_MANAGER),
    row("POST /v1/corrections/{correction}/_accept", all=CATALOGUE_MANAGER),
    row("POST /v1/corrections/{correction}/_drop", all=CATALOGUE_MANAGER),
    # Pages of the portal
    row("GET /correcties", partner=TICKET_READERS, all=_READERS),
    row("GET /correcties/{correction}", partner=TICKET_READERS, all=_READERS),
    row("POST /correcties/{correction}", all=CATALOGUE_MANAGER),
)
