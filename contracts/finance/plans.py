"""Policy indicators, business cases, and quotes for joining and leaving."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from contracts.finance.charging import Amount, Value
from contracts.finance.quotes import EntryAssumptions, ExitAssumptions, QuoteLine
from contracts.registry import DomainEvent, published
from contracts.values import Domain, Euro, PartnerSlug, ShortText, Year

Code = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$"),
    Field(description="A short name, unique among its kind"),
]
Goal = Literal["quality", "vulnerability", "opportunities", "cost"]
"""What working together is for: the four K's kwaliteit, kwetsbaarheid, kansen and kosten."""
ZERO = Decimal("0.00")


@published("finance")
class IndicatorSet(DomainEvent):
    """A figure of a year, and where there is one the benchmark for it."""

    indicator: Code
    name: ShortText = Field(description="As owners see it")
    year: Year
    unit: Literal["fte", "percentage", "euro", "number"] = Field(description="What it counts")
    value: Decimal = Field(description="The figure itself")
    benchmark: Decimal | None = Field(default=None, description="What others have")
    domain: Domain | None = Field(default=None, description="The field of work that it is of")
    goal: Goal | None = Field(
        default=None, description="Which goal of working together it shows; null: none of them"
    )


InYear = Annotated[Euro, Field(description="Euro in the year")]


class YearAmounts(Value):
    """Savings and costs of a year, one-off and structural, in euro."""

    year: Year
    savings_one_off: InYear = ZERO
    savings_structural: InYear = ZERO
    costs_one_off: InYear = ZERO
    costs_structural: InYear = ZERO


class CaseYear(Value):
    """A year planned against realised; variances are null while nothing is realised."""

    year: Year
    savings_planned: Amount
    costs_planned: Amount
    savings_variance: Amount | None
    costs_variance: Amount | None
    cumulative_planned: Amount
    cumulative_expected: Amount


class CaseStanding(Value):
    """How a case stands. Payback is a year with two decimals: 2018.50 is halfway through 2018."""

    years: tuple[CaseYear, ...] = ()
    payback_planned: Decimal | None = Field(description="Null: not within the years")
    payback_expected: Decimal | None = Field(description="Null: not within the years")


class BusinessCaseEvent(DomainEvent):
    case: Code
    standing: CaseStanding


@published("finance")
class BusinessCasePlanned(BusinessCaseEvent):
    """What the case was decided on, per theme and year; it is planned once."""

    name: ShortText = Field(description="As owners see it")
    themes: dict[Code, tuple[YearAmounts, ...]] = Field(description="Years per theme")


@published("finance")
class BusinessCaseResultRecorded(BusinessCaseEvent):
    """What a theme brought in and cost in a year; once more corrects it."""

    theme: Code
    result: YearAmounts
    forecast: bool = Field(default=False, description="Still expected, not realised")


@published("finance")
class EntryQuoted(DomainEvent):
    """What a joining partner pays once, with everything that was assumed."""

    quote: Code
    name: ShortText = Field(description="Who would join")
    assumptions: EntryAssumptions
    lines: tuple[QuoteLine, ...]
    total: Amount


@published("finance")
class ExitQuoted(DomainEvent):
    """What a leaving partner pays the others, with everything that was assumed."""

    quote: Code
    partner: PartnerSlug
    assumptions: ExitAssumptions
    lines: tuple[QuoteLine, ...]
    total: Amount
