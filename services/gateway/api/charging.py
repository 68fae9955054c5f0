"""Budgets, bookings and charging: what the cost pools cost, and charging it to the partners."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from contracts.finance.charging import Amount, Method, PoolCode
from contracts.finance.costs import BookingId
from contracts.values import PartnerSlug, ShortText, Year
from services.gateway.access import guarded_router
from services.gateway.api.sending import Ordering, Receipt
from services.gateway.wire import Body

YearPath = Annotated[Year, Path(description="Calendar year")]
PoolPath = Annotated[PoolCode, Path(description="Code of the cost pool")]
TAGS = ["Charging"]


class BudgetLine(Body):
    line: ShortText = Field(description="What the money is for")
    amount: Amount
    structural: bool = Field(default=True, description="Comes back each year; or incidental")


class Budget(Body):
    """The original budget; it is set once per year, and amended afterwards."""

    year: Year
    pool: PoolCode
    name: ShortText
    lines: tuple[BudgetLine, ...] = Field(min_length=1, max_length=200)


class BudgetAmendment(Body):
    """Differences per line, below zero to take off."""

    amended_on: date
    description: ShortText
    lines: tuple[BudgetLine, ...] = Field(min_length=1, max_length=200)


class Booking(Body):
    """Actual cost; with a partner, that partner pays it itself."""

    booking: BookingId
    booked_on: date
    description: ShortText
    amount: Amount
    partner: PartnerSlug | None = None
    structural: bool = True
    line: ShortText | None = Field(default=None, description="Line of the budget that it is on")


class ChargingMethod(Body):
    """How a pool is charged from a day on; `method` names the way, with what belongs to it."""

    pool: PoolCode
    valid_from: date
    method: Method


class UserCount(Body):
    """Licensed users of a partner in a year."""

    partner: PartnerSlug
    year: Year
    users: int = Field(ge=0)


class ChargingRun(Body):
    """The advance of a quarter; a quarter that was run already gives the earlier run."""

    year: Year
    quarter: int = Field(ge=1, le=4)


class Settlement(Body):
    """The settlement of a year, which closes it."""

    year: Year


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.post("/v1/budgets", status_code=201, summary="Set a budget")(set_budget)
    routes.post("/v1/budgets/{year}/{pool}/_amend", summary="Amend a budget")(amend_budget)
    routes.post("/v1/budgets/{year}/{pool}/bookings", summary="Book a cost")(book_cost)
    routes.post("/v1/charging-methods", summary="Set how a pool is charged")(set_method)
    routes.post("/v1/user-counts", summary="Count licensed users")(count_users)
    routes.post("/v1/charging-runs", summary="Charge a quarter in advance")(run_charging)
    routes.post("/v1/settlements", summary="Settle a year and close it")(settle_year)
    return routes


async def set_budget(body: Budget, order: Ordering) -> Receipt:
    return await order.created("finance", "set-budget", body.command(), None)


async def amend_budget(
    year: YearPath, pool: PoolPath, body: BudgetAmendment, order: Ordering
) -> Receipt:
    command = body.command(year=year, pool=pool)
    return await order.changed("finance", "amend-budget", command, None)


async def book_cost(year: YearPath, pool: PoolPath, body: Booking, order: Ordering) -> Receipt:
    command = body.command(year=year, pool=pool)
    return await order.changed("finance", "book-cost", command, None)


async def set_method(body: ChargingMethod, order: Ordering) -> Receipt:
    return await order.changed("finance", "set-charging-method", body.command(), None)


async def count_users(body: UserCount, order: Ordering) -> Receipt:
    return await order.changed("finance", "count-users", body.command(), None)


async def run_charging(body: ChargingRun, order: Ordering) -> Receipt:
    return await order.changed("finance", "run-charging", body.command(), None)


async def settle_year(body: Settlement, order: Ordering) -> Receipt:
    return await order.changed("finance", "settle-year", body.command(), None)
