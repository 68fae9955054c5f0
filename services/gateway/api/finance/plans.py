"""`/v1/indicators` and business cases: what was aimed at, and what came of it."""

from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field

from contracts.finance import plans
from contracts.finance.charging import PoolCode
from contracts.finance.plans import Code
from contracts.values import Domain, ShortText, Year
from services.gateway.access import guarded_router
from services.gateway.api.finance.books import At, Origin, Reading, SourceRange
from services.gateway.api.paging import Page, Paging
from services.gateway.api.sending import Ordering, Receipt
from services.gateway.wire import Body, Shape

INDICATORS = "/v1/indicators"
CASES = "/v1/business-cases"
CasePath = Annotated[Code, Path(description="Code of the business case")]
Unit = Literal["fte", "percentage", "euro", "number"]


class IndicatorBody(Body):
    """A figure of a year, and where there is one the benchmark for it."""

    indicator: Code
    name: ShortText
    year: Year
    unit: Unit
    value: Decimal
    benchmark: Decimal | None = None
    domain: Domain | None = None
    goal: plans.Goal | None = None


class CaseAmounts(plans.YearAmounts, Body):
    """Savings and costs of a year, one-off and structural, in euro."""


class CaseBody(Body):
    """What the case is decided on, per theme and year; it is planned once."""

    case: Code
    name: ShortText
    themes: dict[Code, tuple[CaseAmounts, ...]] = Field(min_length=1, max_length=30)


class ResultBody(Body):
    """What a theme brought in and cost in a year; once more corrects it."""

    theme: Code
    result: CaseAmounts
    forecast: bool = False


class IndicatorYear(Origin):
    year: Year
    value: Decimal
    benchmark: Decimal | None
    difference: Decimal | None


class Indicator(Shape):
    indicator: Code
    name: str
    unit: Unit
    domain: Domain | None
    goal: plans.Goal | None
    years: list[IndicatorYear]


class Indicators(Page[Indicator]):
    """Each with its years in order."""


class IndicatorFilter(Paging):
    indicator: Code | None = None
    year: Year | None = None


class ResidentYear(Shape):
    year: Year
    cost: Decimal
    basis: Literal["settled", "booked", "budget"]
    residents: int
    partners: int = Field(description="How many partners' residents were counted")
    amount: Decimal | None = Field(description="Euro per resident")
    benchmark: Decimal | None
    difference: Decimal | None
    sources: list[SourceRange]


class BenchmarkYear(Shape):
    year: Year
    amount: Decimal


class CostPerResident(At):
    """Cost per resident beside the benchmark, and the whole series of the benchmark."""

    items: list[ResidentYear]
    benchmarks: list[BenchmarkYear]


class ResidentFilter(Body):
    pool: list[PoolCode] = Field(default_factory=list, description="None named: all")
    benchmark: Code | None = Field(default=None, description="Indicator with the benchmark")


class CaseYear(Shape):
    """Variances are realised less planned; null while nothing is realised."""

    year: Year
    savings_planned: Decimal
    costs_planned: Decimal
    savings_realised: Decimal | None
    costs_realised: Decimal | None
    savings_variance: Decimal | None
    costs_variance: Decimal | None
    net_planned: Decimal
    net_expected: Decimal
    cumulative_planned: Decimal
    cumulative_expected: Decimal


class Amounts(plans.YearAmounts, Shape):
    pass


class ThemeYear(Shape):
    year: Year
    planned: Amounts | None
    result: Amounts | None
    forecast: bool = Field(description="The result is still expected, not realised")
    savings_variance: Decimal | None
    costs_variance: Decimal | None


class Theme(Shape):
    theme: Code
    years: list[ThemeYear]


class Case(Origin):
    """Payback is a year with two decimals: 2018.50 is halfway through 2018."""

    case: Code
    name: str
    years: list[CaseYear]
    payback_planned: Decimal | None
    payback_expected: Decimal | None
    themes: list[Theme]


class OneCase(Case, At):
    pass


class Cases(Page[Case]):
    """Business cases, planned against realised."""


def router() -> APIRouter:
    routes = guarded_router(tags=["Indicators and business cases"], described=True)
    routes.get(INDICATORS, summary="Policy indicators")(list_indicators)
    routes.post(INDICATORS, summary="Set an indicator")(set_indicator)
    routes.get("/v1/cost-per-resident", summary="Cost per resident")(show_cost_per_resident)
    routes.get(CASES, summary="Business cases")(list_cases)
    routes.post(CASES, status_code=201, summary="Plan a business case")(plan_case)
    routes.get(f"{CASES}/{{case}}", summary="One business case")(show_case)
    routes.post(f"{CASES}/{{case}}/results", summary="Record a result")(record_result)
    return routes


async def list_indicators(
    reading: Reading, wanted: Annotated[IndicatorFilter, Query()]
) -> Indicators:
    return await reading.page("indicators", Indicators, wanted)


async def set_indicator(body: IndicatorBody, order: Ordering) -> Receipt:
    return await order.changed("finance", "set-indicator", body.command(), INDICATORS)


async def show_cost_per_resident(
    reading: Reading, wanted: Annotated[ResidentFilter, Query()]
) -> CostPerResident:
    return await reading.whole("cost-per-resident", CostPerResident, **wanted.command())


async def list_cases(reading: Reading, wanted: Annotated[Paging, Query()]) -> Cases:
    return await reading.page("business-cases", Cases, wanted)


async def show_case(case: CasePath, reading: Reading) -> OneCase:
    return await reading.one("business-cases", OneCase, case=case)


async def plan_case(body: CaseBody, order: Ordering) -> Receipt:
    href = f"{CASES}/{body.case}"
    return await order.created("finance", "plan-business-case", body.command(), href)


async def record_result(case: CasePath, body: ResultBody, order: Ordering) -> Receipt:
    command = body.command(case=case)
    href = f"{CASES}/{case}"
    return await order.changed("finance", "record-business-case-result", command, href)
