"""Who and what a handler admits: the caller, and the partners that a command names."""

from collections.abc import Iterable

from chassis.command import Context
from chassis.headers import OPERATOR
from services.finance.errors import ChargedPartnerUnknown, ControllerRequired
from services.finance.repository import Work

CONTROLLER = "controller"


def admit(context: Context) -> None:
    """Raises `ControllerRequired` for callers without a role that may command here."""
    if context.roles.isdisjoint({CONTROLLER, OPERATOR}):
        raise ControllerRequired


async def require_partners(field: str, named: Iterable[str], context: Context, work: Work) -> None:
    """Raises `ChargedPartnerUnknown` for somebody who never was a partner.

    Raises `PartnerForbidden` for a partner for whom the caller does not act.
    """
    wanted = sorted(named)
    for partner in wanted:
        context.require_partner(partner)
    if not wanted:
        return
    known = (await work.catalogue.partners()).members
    for partner in wanted:
        if partner not in known:
            raise ChargedPartnerUnknown(field, partner=partner)
