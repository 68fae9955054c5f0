"""Where someone can go within finance, and the frame that its pages share."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response

from services.gateway.portal.finance.forms import FORMS
from services.gateway.portal.visit import Visit

CONTROLLER = frozenset({"controller"})
STEERING = frozenset({"contract-manager", "client", "owner"}) | CONTROLLER
BOARD = frozenset({"owner"}) | CONTROLLER
_DONE = {form.name: form.done_text for form in FORMS} | {"issue": "finance-done-issue"}
_YEAR_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Place:
    """`text` is the id of its name."""

    address: str
    text: str
    roles: frozenset[str]


PLACES: tuple[Place, ...] = (
    Place("/financien/jaar", "finance-year-calendar", CONTROLLER),
    Place("/financien/kosten", "finance-costs", STEERING),
    Place("/financien/facturen", "finance-invoices", STEERING),
    Place("/financien/bezwaren", "dispute-objections", STEERING),
    Place("/financien/begroting", "finance-budgets", STEERING),
    Place("/financien/boekingen", "finance-bookings", STEERING),
    Place("/financien/verdeling", "finance-methods", STEERING),
    Place("/financien/doorbelasting", "finance-runs", CONTROLLER),
    Place("/financien/risicos", "finance-risks", BOARD),
    Place("/financien/weerstand", "finance-resilience", BOARD),
    Place("/financien/treasury", "finance-treasury", BOARD),
    Place("/financien/indicatoren", "finance-indicators", BOARD),
    Place("/financien/businesscases", "finance-cases", BOARD),
    Place("/financien/offertes", "finance-quotes", CONTROLLER),
    Place("/financien/factuurgegevens", "dispute-billing-details", CONTROLLER),
    Place("/financien/import", "finance-import", CONTROLLER),
)


def places_for(roles: Collection[str]) -> tuple[Place, ...]:
    return tuple(place for place in PLACES if not place.roles.isdisjoint(roles))


def keeps(visit: Visit) -> bool:
    """Whether the visitor keeps the books."""
    return bool(visit.roles & CONTROLLER)


async def page(visit: Visit, template: str, **facts: Any) -> Response:
    """A page of finance, with its places and what was just done."""
    done = _DONE.get(visit.request.query_params.get("gedaan", ""), "")
    return await visit.page(
        template,
        **{"places": places_for(visit.roles), "keeps": keeps(visit), "done": done, **facts},
    )


def year_of(visit: Visit, given: str) -> int:
    """The year asked for, else the present one."""
    return int(given) if given.isdecimal() and len(given) == _YEAR_DIGITS else visit.today().year
