"""Budgets, bookings, and how each pool is charged: a form per method."""

from services.gateway.portal.finance import present
from services.gateway.portal.finance.charging_preview import preview_advance, preview_settlement
from services.gateway.portal.finance.forms.area import (
    FINANCE,
    KNOWN_POOL,
    POOL,
    VALID_FROM,
    YEAR,
    amount,
    choice,
)
from services.gateway.portal.forms import Field, Form, Part, Partners, Rows

_POOLS = "/financien/begroting"
_ONE_POOL = f"{_POOLS}/{{year}}/{{pool}}"
_METHODS = "/financien/verdeling"
_RUNS = "/financien/doorbelasting"
_STRUCTURAL = choice(
    "structural", options="structural", required=False, empty="finance-structural-usual"
)
_LINES = Rows("lines", (Field("line"), amount("amount"), _STRUCTURAL), spare=4)
_TEAMS = Field("method.teams", "lines", required=False, hint=True)

COSTS: tuple[Form, ...] = (
    Form(
        name="budget",
        path=f"{_POOLS}/nieuw",
        area=FINANCE,
        command="set-budget",
        subject=present.pool,
        done=_ONE_POOL,
        back=_POOLS,
        parts=(YEAR, POOL, Field("name"), _LINES),
        new=True,
    ),
    Form(
        name="amendment",
        path=f"{_ONE_POOL}/wijzigen",
        area=FINANCE,
        command="amend-budget",
        subject=present.pool,
        done=_ONE_POOL,
        parts=(Field("amended_on", "date"), Field("description"), _LINES),
    ),
    Form(
        name="booking",
        path=f"{_ONE_POOL}/boeken",
        area=FINANCE,
        command="book-cost",
        subject=present.pool,
        done=_ONE_POOL,
        parts=(
            Field("booking", hint=True),
            Field("booked_on", "date"),
            Field("description"),
            amount("amount", hint=True),
            choice(
                "partner",
                options="partner",
                required=False,
                hint=True,
                empty="finance-partner-nobody",
            ),
            _STRUCTURAL,
        ),
    ),
    Form(
        name="users",
        path=f"{_METHODS}/gebruikers",
        area=FINANCE,
        command="count-users",
        subject=present.users,
        done=_METHODS,
        parts=(choice("partner", options="partner"), YEAR, Field("users", "number")),
        new=True,
    ),
    Form(
        name="advance",
        path=f"{_RUNS}/voorschot",
        area=FINANCE,
        command="run-charging",
        subject=present.run,
        done=f"{_RUNS}/{{run}}",
        parts=(YEAR, choice("quarter", options="quarter")),
        new=True,
        preview=preview_advance,
    ),
    Form(
        name="settlement",
        path=f"{_RUNS}/afrekening",
        area=FINANCE,
        command="settle-year",
        subject=present.run,
        done=f"{_RUNS}/{{run}}",
        parts=(YEAR,),
        new=True,
        preview=preview_settlement,
    ),
)

_METHOD_PARTS: dict[str, tuple[Part, ...]] = {
    "per-workplace": (),
    "per-resident": (),
    "fixed-key": (Partners("method.shares"),),
    "fixed-price": (Partners("method.prices"),),
    "hourly-rate": (amount("method.rate"), _TEAMS),
    "funded-staff": (
        Partners("method.fte"),
        amount("method.price"),
        amount("method.rate"),
        _TEAMS,
    ),
    "licences": (amount("method.discount"),),
    "participation": (Partners("method.shares"),),
    "surcharge": (
        Field("method.over", "lines", hint=True),
        Partners("method.percentages"),
    ),
    "out-of-catalogue": (Partners("method.rates"), _TEAMS),
}
"""Each method of charging with what belongs to it."""

METHODS: tuple[Form, ...] = tuple(
    Form(
        name=f"method-{method}",
        path=f"{_METHODS}/{method}",
        area=FINANCE,
        command="set-charging-method",
        subject=present.method,
        done=_METHODS,
        parts=(KNOWN_POOL, VALID_FROM, *parts),
        new=True,
        fixed={"method": {"method": method}},
    )
    for method, parts in _METHOD_PARTS.items()
)
