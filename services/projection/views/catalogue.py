"""The catalogue as it reads on a day, for everybody or under a partner's agreements."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import PartnerForbidden
from services.projection.catalogue_rows import Agreement, Item, ServiceLevel
from services.projection.models import AGREEMENT, CALENDAR, ITEM, SERVICE_LEVEL
from services.projection.views.history import history
from services.projection.views.offer import Offer, holding, offers
from services.projection.views.params import CatalogueItemParams, CatalogueParams
from services.projection.views.promise import norms_on
from services.projection.views.scope import require_partner
from services.projection.views.sorting import sort_key

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
SORTS = {name: name for name in ("item", "name", "domain", "tier")}


async def catalogue(
    asked: CatalogueParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """A page of the items that can be ordered on the day."""
    key, descending = sort_key(asked.sort, SORTS)
    day = asked.on or _today(context)
    agreements = await _agreements(session, context, asked.partner)
    found = [
        offer
        for offer in offers(await _items(session), agreements, day)
        if offer.can_be_ordered and _matches(offer, asked)
    ]
    shown = sorted((offer.shown() for offer in found), key=lambda item: item["item"])
    shown.sort(key=lambda item: str(item[key]).casefold(), reverse=descending)
    start = (asked.page - 1) * asked.size
    return {
        "items": shown[start : start + asked.size],
        "total": len(shown),
        "page": asked.page,
        "size": asked.size,
    }


async def catalogue_item(
    asked: CatalogueItemParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """One item with its norms. Raises `PartnerForbidden` when no version holds on the day."""
    day = asked.on or _today(context)
    agreements = await _agreements(session, context, asked.partner)
    items = [item for item in await _items(session) if item.item == asked.item]
    for offer in offers(items, agreements, day):
        levels = await _service_levels(session, offer)
        norms = norms_on(offer, levels, agreements or (), day)
        return {
            "item": {
                **offer.shown(),
                "prices": offer.priced(),
                "norms": await _with_calendars(session, norms, day),
                "versions": offer.versions(),
                "history": list(history(offer.item)),
            }
        }
    raise PartnerForbidden


async def _with_calendars(
    session: AsyncSession, norms: list[dict[str, Any]], day: date
) -> list[dict[str, Any]]:
    """The norms, each with what its calendar is called on the day."""
    table = CALENDAR.table.c
    wanted = {norm["calendar"] for norm in norms} - {None}
    query = select(table.calendar, table.versions).where(table.calendar.in_(sorted(wanted)))
    held = {name: holding(versions, day) for name, versions in await session.execute(query)}
    names = {name: version["name"] for name, version in held.items() if version}
    return [{**norm, "calendar_name": names.get(norm["calendar"])} for norm in norms]


def _matches(offer: Offer, asked: CatalogueParams) -> bool:
    content = offer.content
    if asked.domain is not None and content["domain"] != asked.domain:
        return False
    if asked.tier is not None and content["tier"] != asked.tier:
        return False
    words = (asked.search or "").casefold().split()
    told = f"{offer.item.item} {content['name']} {content['description']}".casefold()
    return all(word in told for word in words)


def _today(context: Context) -> date:
    return context.now.astimezone(AMSTERDAM).date()


async def _items(session: AsyncSession) -> list[Item]:
    return [Item(*row) for row in await session.execute(select(ITEM.table))]


async def _agreements(
    session: AsyncSession, context: Context, partner: str | None
) -> list[Agreement] | None:
    """The partner's agreements, by number; `None` when no partner is asked for."""
    if partner is None:
        return None
    await require_partner(session, context, partner)
    table = AGREEMENT.table
    query = select(table).where(table.c.partner == partner).order_by(table.c.agreement)
    return [Agreement(*row) for row in await session.execute(query)]


async def _service_levels(session: AsyncSession, offer: Offer) -> list[ServiceLevel]:
    table = SERVICE_LEVEL.table
    query = select(table).where(
        table.c.domain == offer.content["domain"],
        or_(table.c.item.is_(None), table.c.item == offer.item.item),
    )
    return [ServiceLevel(*row) for row in await session.execute(query)]
