"""The catalogue as its keepers see it: drafts and retired items too, and what a revision does."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import PartnerForbidden
from services.projection.catalogue_rows import Agreement, Item, Partner
from services.projection.models import AGREEMENT, ITEM, PARTNER
from services.projection.views.history import changes, history
from services.projection.views.params import KeepingItemParams, KeepingParams, PreviewParams
from services.projection.views.preview import Revision, affected
from services.projection.views.scope import require_keeper


async def keeping(asked: KeepingParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """A page of all items, by code."""
    require_keeper(context)
    found = [_listed(item) for item in await _items(session) if _matches(item, asked)]
    start = (asked.page - 1) * asked.size
    return {
        "items": found[start : start + asked.size],
        "total": len(found),
        "page": asked.page,
        "size": asked.size,
    }


async def keeping_item(
    asked: KeepingItemParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """One item whole. Raises `PartnerForbidden` for one that does not exist."""
    require_keeper(context)
    item = await _item(session, asked.item)
    return {
        "item": {
            **_listed(item),
            "draft": item.draft,
            "versions": item.versions,
            "history": list(history(item)),
            "agreements": [
                {"agreement": each.agreement, "partner": each.partner}
                for each in await _agreements(session)
                if item.item in each.versions[-1]["terms"]["items"]
            ],
        }
    }


async def preview(asked: PreviewParams, context: Context, session: AsyncSession) -> dict[str, Any]:
    """What revising the item would change, and for whom.

    `before` is its newest version, for a revision comes after every other. Raises
    `PartnerForbidden` for an item without a version.
    """
    require_keeper(context)
    item = await _item(session, asked.item)
    if not item.versions:
        raise PartnerForbidden
    after = asked.content.model_dump(mode="json")
    revision = Revision(asked.item, asked.valid_from, item.versions[-1]["content"], after)
    partners = [Partner(*row) for row in await session.execute(select(PARTNER.table))]
    return {
        "item": item.item,
        "aggregate_version": item.version,
        "valid_from": asked.valid_from,
        "unit": after["unit"],
        "changes": changes(revision.before, after),
        "partners": affected(revision, partners, await _agreements(session)),
    }


def _listed(item: Item) -> dict[str, Any]:
    """`version` is the newest one's number; null while it is a draft."""
    newest: Mapping[str, Any] | None = item.versions[-1] if item.versions else None
    content = newest["content"] if newest else item.draft
    return {
        "item": item.item,
        "aggregate_version": item.version,
        "status": item.status,
        "version": newest and newest["version"],
        "valid_from": newest and newest["valid_from"],
        "retired_from": item.retired_from,
        **{name: content[name] for name in ("name", "domain", "tier", "unit", "owner")},
    }


def _matches(item: Item, asked: KeepingParams) -> bool:
    listed = _listed(item)
    if asked.status is not None and item.status != asked.status:
        return False
    if asked.domain is not None and listed["domain"] != asked.domain:
        return False
    told = f"{item.item} {listed['name']} {listed['owner']}".casefold()
    return all(word in told for word in (asked.search or "").casefold().split())


async def _items(session: AsyncSession) -> list[Item]:
    rows = await session.execute(select(ITEM.table).order_by(ITEM.table.c.item))
    return [Item(*row) for row in rows]


async def _item(session: AsyncSession, code: str) -> Item:
    rows = await session.execute(select(ITEM.table).where(ITEM.table.c.item == code))
    found = rows.first()
    if found is None:
        raise PartnerForbidden
    return Item(*found)


async def _agreements(session: AsyncSession) -> list[Agreement]:
    rows = await session.execute(select(AGREEMENT.table).order_by(AGREEMENT.table.c.agreement))
    return [Agreement(*row) for row in rows]
