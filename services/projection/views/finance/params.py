"""The parameters of the queries about finance."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from contracts.finance.bills import RunId
from contracts.finance.charging import PoolCode
from contracts.finance.plans import Code
from contracts.finance.risks import RiskCode
from contracts.values import PartnerSlug, Year
from services.projection.views.params import Paged, Params

Search = Annotated[str | None, Field(max_length=200)]
Sort = Annotated[str, Field(max_length=40)]


class BudgetsParams(Paged):
    year: Year | None = None
    pool: PoolCode | None = None
    sort: Sort = "-year"


class BookingsParams(Paged):
    year: Year | None = None
    pool: PoolCode | None = None
    partner: PartnerSlug | None = None
    structural: bool | None = None
    search: Search = None
    sort: Sort = "-booked_on"


class MethodsParams(Paged):
    pool: PoolCode | None = None


class UserCountsParams(Paged):
    year: Year | None = None
    partner: PartnerSlug | None = None


class RunsParams(Paged):
    year: Year | None = None
    kind: Literal["advance", "settlement"] | None = None
    run: RunId | None = None
    sort: Sort = "-run"


class LinesParams(Paged):
    run: RunId
    partner: PartnerSlug | None = None
    pool: PoolCode | None = None


class YearsParams(Paged):
    year: Year | None = None


class OwnCostsParams(Params):
    partner: PartnerSlug
    year: Year


class RisksParams(Paged):
    """`on`: the register as it was at the end of that Dutch day."""

    on: date | None = None
    status: Literal["open", "closed"] | None = None
    category: Search = None
    owner: Search = None
    search: Search = None
    review_until: date | None = None
    sort: Sort = "risk"


class RiskParams(Params):
    risk: RiskCode


class ReservesParams(Paged):
    """`on` is the day whose amounts count (default today)."""

    on: date | None = None


class ResilienceParams(Paged):
    from_: date | None = Field(default=None, alias="from")
    to: date | None = None
    way: Literal["percentage", "simulation"] | None = None
    sort: Sort = "-on"


class LoansParams(Paged):
    """`year` is the one at whose end the balances stand (default this year)."""

    year: Year | None = None


class YearRangeParams(Paged):
    from_: Year | None = Field(default=None, alias="from")
    to: Year | None = None


class IndicatorsParams(Paged):
    indicator: Code | None = None
    year: Year | None = None


class PerResidentParams(Params):
    """`pool` names the pools that count (none: all), `benchmark` the indicator that holds it."""

    pool: tuple[PoolCode, ...] = ()
    benchmark: Code | None = None


class CasesParams(Paged):
    case: Code | None = None


class QuotesParams(Paged):
    kind: Literal["entry", "exit"] | None = None
    partner: PartnerSlug | None = None
    quote: Code | None = None


class ComparisonParams(Params):
    quotes: tuple[Code, ...] = Field(min_length=2, max_length=6)


class SourcesParams(Paged):
    """Events `first_version` up to `last_version` of an aggregate.

    Of logged time the aggregate is its subject on the stream, and the versions are sequences there.
    """

    aggregate: str = Field(min_length=1, max_length=200)
    first_version: int | None = Field(default=None, ge=1)
    last_version: int | None = Field(default=None, ge=1)
    partner: PartnerSlug | None = None
