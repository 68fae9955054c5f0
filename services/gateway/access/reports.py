"""Who may do what with reports: what `contracts.reports` says of each of them, and nothing else.

A route is open to whoever may read one report at least; `reading` then asks for the one that is
meant.
"""

from collections.abc import Collection, Iterator

from contracts.reports import REPORTS, ReportName
from services.gateway.access.rows import Row, row
from services.gateway.errors import RoleForbidden
from services.gateway.identity import CENTRE_ROLES, PARTNER_ROLES, Person

READERS = frozenset[str]().union(*(kind.readers for kind in REPORTS.values()))
_ROUTES = (
    "GET /v1/reports",
    "GET /v1/reports/{report}",
    "POST /v1/reports/{report}",
    "GET /v1/reports/{report}/sources",
    "GET /v1/kept-reports",
    "GET /v1/kept-reports/{kept}",
    # Pages of the portal
    "GET /rapporten",
    "GET /rapporten/bewaard",
    "GET /rapporten/bewaard/{kept}",
    "GET /rapporten/bewaard/{kept}/rapport.{form}",
    "GET /rapporten/{report}",
    "POST /rapporten/{report}",
    "GET /rapporten/{report}/bron",
    "GET /rapporten/{report}/rapport.{form}",
)

REPORT_ROWS: tuple[Row, ...] = tuple(
    row(route, partner=sorted(READERS & PARTNER_ROLES), all=sorted(READERS & CENTRE_ROLES))
    for route in _ROUTES
)


def readable(roles: Collection[str]) -> Iterator[ReportName]:
    """The reports that one of the roles may read, in their order."""
    return (name for name, kind in REPORTS.items() if not kind.readers.isdisjoint(roles))


def browsing(person: Person) -> Person:
    """The person who lists what is kept: by roles of the centre only, where there are any.

    With those somebody acts for every partner, also where a role of one partner opens the report.
    """
    centre = person.acting_as(READERS & CENTRE_ROLES)
    return centre if centre.roles else person


def reading(person: Person, report: ReportName, partner: str | None) -> Person:
    """The person with no more roles than those that may read it.

    Raises `RoleForbidden` when there are none, `PartnerForbidden` for a foreign partner.
    """
    reader = person.acting_as(REPORTS[report].readers)
    if not reader.roles:
        raise RoleForbidden
    if partner is not None:
        reader.require_partner(partner)
    return reader
