"""Who may do what with people's personal data: the privacy officer, and nobody else.

Those whose reading is logged neither read that log nor erase.
"""

from services.gateway.access.rows import Row, row

PRIVACY_OFFICER = ("privacy-officer",)

PRIVACY: tuple[Row, ...] = (
    row("GET /v1/data-subjects", all=PRIVACY_OFFICER),
    row("POST /v1/erasures", all=PRIVACY_OFFICER),
    row("GET /v1/erasures", all=PRIVACY_OFFICER),
    row("GET /v1/erasures/{erasure}", all=PRIVACY_OFFICER),
    row("GET /v1/processing-log", all=PRIVACY_OFFICER),
    # Pages of the portal
    row("GET /persoonsgegevens", all=PRIVACY_OFFICER),
    row("POST /persoonsgegevens/wissen", all=PRIVACY_OFFICER),
    row("GET /persoonsgegevens/{erasure}", all=PRIVACY_OFFICER),
    row("GET /verwerkingenlogboek", all=PRIVACY_OFFICER),
)
