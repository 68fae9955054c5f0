"""Calendars, norms and experience targets as they stand, each leading to its next version."""

from typing import Any, get_args

from starlette.responses import Response

from contracts.values import Domain
from services.gateway.portal.catalogue_keeping.items import DOMAINS, DONE
from services.gateway.portal.listing import Listing, choice, positive
from services.gateway.portal.visit import Visit, Visiting

_SIZE = 50
_EVERY = get_args(Domain)


async def calendars(visit: Visiting, pagina: str = "1", gedaan: str = "") -> Response:
    return await _listed(visit, "calendars", "/beheer/kalenders", {}, pagina, gedaan)


async def levels(
    visit: Visiting, domein: str = "", pagina: str = "1", gedaan: str = ""
) -> Response:
    filters = {"domein": choice(domein, DOMAINS)}
    return await _listed(visit, "service-levels", "/beheer/normen", filters, pagina, gedaan)


async def experience(visit: Visiting, pagina: str = "1", gedaan: str = "") -> Response:
    return await _listed(visit, "experience-targets", "/beheer/ervaring", {}, pagina, gedaan)


async def _listed(
    visit: Visit, query: str, path: str, filters: dict[str, str], page: str, done: str
) -> Response:
    wanted: dict[str, Any] = {"page": positive(page), "size": _SIZE}
    found = await visit.view(query, domain=filters.get("domein") or None, **wanted)
    return await visit.page(
        f"keeping_{query.replace('-', '_')}.html",
        items=found["items"],
        domains=_EVERY,
        names={partner.slug: partner.name for partner in await visit.partners()},
        done=done if done in DONE else "",
        listing=Listing(
            path=path,
            filters=filters,
            sort="",
            page=found["page"],
            size=found["size"],
            total=found["total"],
        ),
    )
