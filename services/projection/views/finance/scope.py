"""Who sees what of finance.

The controller sees all. Who steers for a partner sees what all partners share, and what is that
partner's own; never what is another's. Where the centre stands is for its owners.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, true

from chassis.command import Context
from chassis.errors import PartnerForbidden
from chassis.headers import OPERATOR
from services.projection.amounts import total
from services.projection.finance_rows import SHARED

_KEEPERS = frozenset({"controller", OPERATOR})
_OWNER = frozenset({"owner"})
_STEERING = frozenset({"client", "contract-manager"}) | _OWNER

_BY_PARTNER = ("shares", "prices", "fte", "rates", "percentages")
"""Fields of methods that hold something of each partner."""


def require_books(context: Context) -> None:
    """Raises `PartnerForbidden` for whoever neither steers for a partner nor keeps the books."""
    _require(context, _STEERING | _KEEPERS)


def require_position(context: Context) -> None:
    """Raises `PartnerForbidden` for whoever is neither an owner nor keeps the books."""
    _require(context, _OWNER | _KEEPERS)


def require_keeper(context: Context) -> None:
    """Raises `PartnerForbidden` for whoever does not keep the books."""
    _require(context, _KEEPERS)


def sees_position(context: Context) -> bool:
    return not context.roles.isdisjoint(_OWNER | _KEEPERS)


def keeps_books(context: Context) -> bool:
    return not context.roles.isdisjoint(_KEEPERS)


def _require(context: Context, allowed: frozenset[str]) -> None:
    if context.roles.isdisjoint(allowed):
        raise PartnerForbidden


def own(context: Context, column: ColumnElement[Any]) -> ColumnElement[bool]:
    """Rows of the partners that the caller acts for."""
    return true() if context.partners is None else column.in_(sorted(context.partners))


def own_or_shared(context: Context, column: ColumnElement[Any]) -> ColumnElement[bool]:
    return own(context, column) | column.is_(None)


def visible(amounts: Mapping[str, str], context: Context) -> dict[str, str]:
    """Of amounts by whom they are for: what all share, and what is the caller's own."""
    return {
        whose: amount for whose, amount in amounts.items() if whose == SHARED or context.sees(whose)
    }


def seen(amounts: Mapping[str, str], context: Context) -> Decimal:
    """Their sum, as far as the caller sees them."""
    return total(visible(amounts, context).values())


def seen_method(method: Mapping[str, Any], context: Context) -> dict[str, Any]:
    """A method of charging, with no other partner's share, price or rate."""
    return {
        name: visible(value, context) if name in _BY_PARTNER and value else value
        for name, value in method.items()
    }
