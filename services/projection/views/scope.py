"""Who sees what: the partner scope of the caller, and of a user only the own tickets."""

from sqlalchemy import ColumnElement, and_, true
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import select

from chassis.command import Context
from chassis.errors import PartnerForbidden
from services.projection.models import PARTNER, TICKET

USER = "user"
KEEPER = "catalogue-manager"
_partner = PARTNER.table.c
_ticket = TICKET.table.c


def only_own(context: Context) -> bool:
    """Whether the caller sees own tickets only: whoever has no role beside that of a user."""
    return context.roles <= {USER}


def visible(context: Context) -> ColumnElement[bool]:
    """The tickets that the caller may see."""
    scope = true() if context.partners is None else _ticket.partner.in_(sorted(context.partners))
    own = _ticket.requester == context.actor if only_own(context) else true()
    return and_(scope, own)


async def require_partner(session: AsyncSession, context: Context, partner: str) -> None:
    """Raises `PartnerForbidden` for a partner that is foreign or does not exist: both the same."""
    context.require_partner(partner)
    known = select(_partner.slug).where(_partner.slug == partner)
    if (await session.execute(known)).first() is None:
        raise PartnerForbidden


def require_keeper(context: Context) -> None:
    """Raises `PartnerForbidden` for whoever does not keep the catalogue: drafts do not exist."""
    if KEEPER not in context.roles:
        raise PartnerForbidden
