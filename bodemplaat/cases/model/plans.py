"""Indicators, business cases, maintenance, and counts of security signals."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from bodemplaat.cases.model.row import STRICT, Basis, Dated, Row
from contracts.finance.plans import Code, Goal, YearAmounts
from contracts.tickets import SignalSort
from contracts.values import Domain, LongText, PartnerSlug, ShortText, Year

Weight = Annotated[int, Field(ge=0)]
WindowName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


class YearValue(Dated):
    year: Year
    value: Decimal
    benchmark: Decimal | None = None


class Indicator(Row):
    """A figure with its years."""

    indicator: Code
    name: ShortText
    unit: Literal["fte", "percentage", "euro", "number"]
    domain: Domain | None = None
    goal: Goal | None = None
    years: tuple[YearValue, ...] = Field(min_length=1)


class Indicators(Row):
    """indicators.toml, which a case may leave out."""

    indicators: tuple[Indicator, ...] = ()


class YearFigures(YearAmounts):
    model_config = STRICT


class Result(Dated):
    """What a theme brought in and cost in a year; with `forecast`, what was expected of it."""

    theme: Code
    result: YearFigures
    forecast: bool = False


class BusinessCase(Dated):
    case: Code
    name: ShortText
    themes: dict[Code, tuple[YearFigures, ...]] = Field(min_length=1)
    results: tuple[Result, ...] = ()


class BusinessCases(Row):
    """business-cases.toml, which a case may leave out."""

    cases: tuple[BusinessCase, ...] = ()


class Window(Dated):
    """Maintenance that was planned on `on`; no partners named: all."""

    name: WindowName
    title: ShortText
    description: LongText = ""
    partners: tuple[PartnerSlug, ...] = ()
    starts_at: AwareDatetime
    ends_at: AwareDatetime
    announced_on: date | None = None
    completed: bool = Field(default=True, description="It took place")
    as_planned: bool = True


class Maintenance(Row):
    """maintenance.toml, which a case may leave out."""

    windows: tuple[Window, ...] = ()


class Signals(Row):
    """A year's count of a sort, divided over its months and over partners by weight."""

    sort: SignalSort
    year: Year
    count: int = Field(ge=0)
    months: tuple[Weight, ...] = Field(min_length=12, max_length=12)
    shares: dict[PartnerSlug, Weight] = Field(min_length=1)
    basis: Basis
    note: LongText = ""


class SecuritySignals(Row):
    """signals.toml, which a case may leave out."""

    signals: tuple[Signals, ...] = ()
