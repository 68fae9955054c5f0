"""Known errors: what goes wrong, what helps meanwhile; for the partners whom it concerns.

One of an item concerns the partners whose agreement has the item; one of no item, everybody.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Text, cast, select
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from services.projection.catalogue_rows import Agreement
from services.projection.models import AGREEMENT, ITEM, TICKET
from services.projection.views.offer import terms_on
from services.projection.views.params import KnownErrorsParams
from services.projection.views.rows import fetch
from services.projection.views.scope import require_partner

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
TELLING = 4
"""Letters from which on a word tells what a report is about."""

_t = TICKET.table.c
KnownError = dict[str, Any]


async def known_errors(
    asked: KnownErrorsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """A page of those that concern the partner asked for, else any that the caller acts for.

    There are few enough of them to be weighed one by one.
    """
    partners = context.partners
    if asked.partner is not None:
        await require_partner(session, context, asked.partner)
        partners = frozenset({asked.partner})
    items = await _taken(session, partners, context.now.astimezone(AMSTERDAM).date())
    concerning = [each for each in await _all(session) if _concerns(each, items)]
    found = list(chosen(concerning, asked))
    start = (asked.page - 1) * asked.size
    return {
        "items": found[start : start + asked.size],
        "total": len(found),
        "page": asked.page,
        "size": asked.size,
    }


async def _all(session: AsyncSession) -> list[KnownError]:
    """The newest first."""
    name = ITEM.table.c.names[cast(_t.item_version, Text)].astext.label("item_name")
    query = (
        select(
            _t.ticket.label("problem"),
            _t.item,
            name,
            _t.domain,
            _t.known_error.label("summary"),
            _t.workaround,
            _t.root_cause,
            _t.known_since,
        )
        .select_from(
            TICKET.table.outerjoin(ITEM.table, ITEM.table.c.aggregate == "item/" + _t.item)
        )
        .where(_t.known_since.is_not(None))
        .order_by(_t.known_since.desc(), _t.ticket)
    )
    return await fetch(session, query)


async def _taken(
    session: AsyncSession, partners: frozenset[str] | None, day: date
) -> frozenset[str] | None:
    """The items that agreements of these partners have on the day; `None` for all partners."""
    if partners is None:
        return None
    query = select(AGREEMENT.table).where(AGREEMENT.table.c.partner.in_(sorted(partners)))
    agreements = [Agreement(*row) for row in await session.execute(query)]
    return frozenset(item for _, terms in terms_on(agreements, day) for item in terms["items"])


def _concerns(error: Mapping[str, Any], items: frozenset[str] | None) -> bool:
    return items is None or error["item"] is None or error["item"] in items


def chosen(errors: Iterable[KnownError], asked: KnownErrorsParams) -> Iterator[KnownError]:
    """Those that are asked for, in the order in which they are shown."""
    if asked.about is not None:
        weighed = [(_likelihood(error, asked), error) for error in errors]
        weighed.sort(key=lambda each: -each[0])
        yield from (error for likelihood, error in weighed if likelihood)
        return
    for error in errors:
        of_item = asked.item in (None, error["item"])
        of_domain = asked.domain in (None, error["domain"])
        if of_item and of_domain and all(word in _told(error) for word in _words(asked.search)):
            yield error


def _likelihood(error: KnownError, asked: KnownErrorsParams) -> int:
    """How likely it is what somebody is about to report: the item weighs more than any word."""
    words = {word for word in _words(asked.about) if len(word) >= TELLING}
    shared = sum(word in _told(error) for word in words)
    of_item = asked.item is not None and asked.item == error["item"]
    return shared + (len(words) + 1) * of_item


def _words(text: str | None) -> list[str]:
    return (text or "").casefold().split()


def _told(error: KnownError) -> str:
    names = ("problem", "item", "item_name", "summary", "workaround")
    return " ".join(error[name] or "" for name in names).casefold()
