"""`/v1/budgets`, bookings, methods, counts, and what a partner pays in a year."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from pydantic import Field

from contracts.finance.charging import PoolCode
from contracts.values import PartnerSlug, Year
from services.gateway.access import guarded_router
from services.gateway.api.finance.books import At, Origin, Reading, SourceRange, YearPath
from services.gateway.api.paging import Page, Paging
from services.gateway.wire import Shape

TAGS = ["Cost"]
PoolPath = Annotated[PoolCode, Path(description="Code of the cost pool")]


class Against(Shape):
    """Budget against what was booked, in euro."""

    budget: Decimal
    booked: Decimal
    remaining: Decimal


class PoolLine(Shape):
    line: str
    structural: bool
    original: Decimal
    amended: Decimal
    budget: Decimal
    booked: Decimal | None = Field(description="Null where no booking names the line")


class AmendmentLine(Shape):
    line: str
    amount: Decimal
    structural: bool = True


class BudgetChange(Shape):
    version: int
    amended_on: date
    description: str
    lines: list[AmendmentLine]


class Budgeted(Against):
    """Partners see what was booked for all and on themselves, never what was on another."""

    original: Decimal = Field(description="Euro, as first set")
    amended: Decimal = Field(description="Euro that amendments added")
    shared: Decimal = Field(description="Euro booked for all")
    structural: Against
    incidental: Against
    forecast: Decimal | None = Field(
        description="Euro by the end of the year, when structural cost goes on as it did"
    )


class Pool(Budgeted, Origin):
    year: Year
    pool: PoolCode
    name: str
    direct: dict[str, Decimal] = Field(description="Euro booked on a partner itself")
    percentage: Decimal | None = Field(description="Booked, per cent of the budget")
    closed: bool = Field(description="The year is settled")
    months: dict[int, Decimal] = Field(description="Euro booked per month")
    lines: list[PoolLine]
    amendments: list[BudgetChange]
    bookings: int


class OnePool(Pool, At):
    pass


class Budgets(Page[Pool]):
    """Cost pools per year; `totals` are of all pages together."""

    totals: Budgeted


class BudgetFilter(Paging):
    year: Year | None = None
    pool: PoolCode | None = None
    sort: str = Field(default="-year", max_length=40)


class BookingTotals(Shape):
    amount: Decimal


class BookedCost(Origin):
    """Actual cost on a pool; with a partner, that partner pays it itself."""

    year: Year
    pool: PoolCode
    booking: str
    booked_on: date
    description: str
    amount: Decimal
    partner: str | None
    structural: bool
    line: str | None
    event_id: str


class Bookings(Page[BookedCost]):
    """`totals` are of all pages together."""

    totals: BookingTotals


class BookingFilter(BudgetFilter):
    partner: PartnerSlug | None = None
    structural: bool | None = None
    search: str | None = Field(default=None, max_length=200)
    sort: str = Field(default="-booked_on", max_length=40)


class DatedMethod(Shape):
    version: int
    valid_from: date
    valid_until: date | None
    method: dict[str, Any] = Field(description="`method` names it, with what belongs to it")


class PoolMethods(Origin):
    pool: PoolCode
    methods: list[DatedMethod]


class Methods(Page[PoolMethods]):
    """How each pool is charged, from day to day; of shares and prices only your own."""


class MethodFilter(Paging):
    pool: PoolCode | None = None


class UserCounted(Origin):
    year: Year
    partner: str
    users: int


class UserCounts(Page[UserCounted]):
    """Licensed users per partner and year."""


class CountFilter(Paging):
    year: Year | None = None
    partner: PartnerSlug | None = None


class OwnRun(Shape):
    run: str
    first: date
    last: date
    total: Decimal
    advanced: Decimal
    due: Decimal
    invoice: str | None
    credited_by: str | None


class OwnPool(Shape):
    pool: PoolCode
    name: str
    charged: Decimal = Field(description="Euro charged in advance")
    settled: Decimal | None = Field(description="Euro by the settlement")
    direct: Decimal = Field(description="Euro booked on the partner itself")
    budget: Decimal = Field(description="Euro that the pool may cost all together")
    booked_shared: Decimal = Field(description="Euro booked on the pool for all")


class OwnCosts(At):
    """What a partner pays in a year."""

    partner: str
    year: Year
    closed: bool
    advances: list[OwnRun]
    settlement: OwnRun | None
    charged: Decimal = Field(description="Euro, by the settlement or else in advance")
    whole_year: Decimal | None = Field(description="Euro, at what the days so far were charged")
    direct: Decimal
    invoiced: Decimal = Field(description="Euro of all documents, credit notes off")
    users: int | None
    pools: list[OwnPool]
    sources: list[SourceRange]


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/budgets", summary="Budgets against cost")(list_budgets)
    routes.get("/v1/budgets/{year}/{pool}", summary="One budget against cost")(show_budget)
    routes.get("/v1/bookings", summary="Booked cost")(list_bookings)
    routes.get("/v1/charging-methods", summary="How pools are charged")(list_methods)
    routes.get("/v1/charging-methods/{pool}", summary="How a pool is charged")(show_methods)
    routes.get("/v1/user-counts", summary="Licensed users")(list_counts)
    routes.get("/v1/partners/{partner}/costs/{year}", summary="What a partner pays in a year")(
        show_own_costs
    )
    return routes


async def list_budgets(reading: Reading, wanted: Annotated[BudgetFilter, Query()]) -> Budgets:
    return await reading.page("budgets", Budgets, wanted)


async def show_budget(year: YearPath, pool: PoolPath, reading: Reading) -> OnePool:
    return await reading.one("budgets", OnePool, year=year, pool=pool)


async def list_bookings(reading: Reading, wanted: Annotated[BookingFilter, Query()]) -> Bookings:
    return await reading.page("bookings", Bookings, wanted)


async def list_methods(reading: Reading, wanted: Annotated[MethodFilter, Query()]) -> Methods:
    return await reading.page("charging-methods", Methods, wanted)


async def show_methods(pool: PoolPath, reading: Reading) -> PoolMethods:
    return await reading.one("charging-methods", PoolMethods, pool=pool)


async def list_counts(reading: Reading, wanted: Annotated[CountFilter, Query()]) -> UserCounts:
    return await reading.page("user-counts", UserCounts, wanted)


async def show_own_costs(
    partner: Annotated[PartnerSlug, Path()], year: YearPath, reading: Reading
) -> OwnCosts:
    return await reading.whole("own-costs", OwnCosts, partner=partner, year=year)
