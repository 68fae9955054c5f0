"""Asking the read models of finance: what cannot exist is not found, rather than wrongly asked."""

from typing import Any

from chassis.errors import PartnerForbidden, Refused
from services.gateway.portal.visit import Visit

ALL = 1000
"""More than the books of one cooperation hold of anything that is shown whole."""


async def view(visit: Visit, query: str, **asked: Any) -> dict[str, Any]:
    """The answer. Raises `PartnerForbidden` for what the address names wrongly."""
    try:
        return await visit.view(query, **asked)
    except Refused as refused:
        if refused.faults[0].kind != "invalid":
            raise
        raise PartnerForbidden from None


async def only(visit: Visit, query: str, **asked: Any) -> dict[str, Any]:
    """The one item of a list. Raises `PartnerForbidden` when there is none."""
    items: list[dict[str, Any]] = (await view(visit, query, **asked))["items"]
    if not items:
        raise PartnerForbidden
    return items[0]


async def every(visit: Visit, query: str, **asked: Any) -> list[dict[str, Any]]:
    """All items of a list that is shown whole."""
    items: list[dict[str, Any]] = (await view(visit, query, **asked, size=ALL))["items"]
    return items


async def names(visit: Visit) -> dict[str, str]:
    """The names of the partners that the visitor sees, by their slugs."""
    return {partner.slug: partner.name for partner in await visit.partners()}


async def pool_names(visit: Visit) -> dict[str, str]:
    """The names of pools, by their codes."""
    return {row["pool"]: row["name"] for row in await every(visit, "budgets")}
