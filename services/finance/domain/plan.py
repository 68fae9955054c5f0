"""Business cases, indicators and quotes, as they are recorded."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from pydantic import Field

from contracts.finance.plans import (
    BusinessCasePlanned,
    BusinessCaseResultRecorded,
    CaseStanding,
    CaseYear,
    EntryQuoted,
    ExitQuoted,
    IndicatorSet,
    YearAmounts,
)
from services.finance.commands import (
    PlanBusinessCase,
    QuoteEntry,
    QuoteExit,
    RecordBusinessCaseResult,
    SetIndicator,
)
from services.finance.domain import quotes
from services.finance.domain.aggregate import Aggregate
from services.finance.domain.business_case import Amounts, YearResult, payback, results
from services.finance.errors import CaseExists, CaseUnknown, QuoteExists, ThemeUnknown

CaseCommand = PlanBusinessCase | RecordBusinessCaseResult
CaseEvent = BusinessCasePlanned | BusinessCaseResultRecorded

Themes = dict[str, dict[int, YearAmounts]]


class BusinessCase(Aggregate):
    """Planned and realised (or forecast) amounts, per theme and year."""

    case: str
    planned: Themes
    realised: Themes = Field(default_factory=dict)


class Indicator(Aggregate):
    indicator: str
    year: int


class Quote(Aggregate):
    """A quote that was given; another one gets another name."""

    quote: str


def decide(
    state: BusinessCase | None, command: CaseCommand, now: datetime
) -> tuple[CaseEvent, ...]:
    if isinstance(command, PlanBusinessCase):
        if state is not None:
            raise CaseExists("case", case=command.case)
        planned = {theme: _by_year(years) for theme, years in command.themes.items()}
        standing = standing_of(planned, {})
        return (BusinessCasePlanned(occurred_at=now, standing=standing, **dict(command)),)
    if state is None:
        raise CaseUnknown("case", case=command.case)
    if command.theme not in state.planned:
        raise ThemeUnknown("theme", case=command.case, theme=command.theme)
    realised = _with_result(state.realised, command.theme, command.result)
    standing = standing_of(state.planned, realised)
    return (BusinessCaseResultRecorded(occurred_at=now, standing=standing, **dict(command)),)


def evolve(state: BusinessCase | None, event: CaseEvent) -> BusinessCase:
    if isinstance(event, BusinessCasePlanned):
        planned = {theme: _by_year(years) for theme, years in event.themes.items()}
        return BusinessCase(version=1, case=event.case, planned=planned)
    if state is None:
        raise CaseUnknown("case", case=event.case)
    realised = _with_result(state.realised, event.theme, event.result)
    return state.model_copy(update={"version": state.version + 1, "realised": realised})


def standing_of(planned: Themes, realised: Themes) -> CaseStanding:
    """All themes together; a theme without a result in a year counts there as planned.

    A year counts as realised as soon as one theme has a result in it.
    """
    plan = _sums(planned)
    merged = {theme: {**years, **realised.get(theme, {})} for theme, years in planned.items()}
    reported = {year for years in realised.values() for year in years}
    result = {year: amounts for year, amounts in _sums(merged).items() if year in reported}
    rows = results(plan, result)
    return CaseStanding(
        years=tuple(_told(row) for row in rows),
        payback_planned=payback([(row.year, row.planned.net) for row in rows]),
        payback_expected=payback([(row.year, row.expected.net) for row in rows]),
    )


def _told(row: YearResult) -> CaseYear:
    return CaseYear(
        year=row.year,
        savings_planned=row.planned.savings,
        costs_planned=row.planned.costs,
        savings_variance=row.savings_variance,
        costs_variance=row.costs_variance,
        cumulative_planned=row.cumulative_planned,
        cumulative_expected=row.cumulative_expected,
    )


def _sums(themes: Mapping[str, Mapping[int, YearAmounts]]) -> dict[int, Amounts]:
    sums: dict[int, Amounts] = defaultdict(Amounts)
    for years in themes.values():
        for year, each in years.items():
            sums[year] += Amounts(
                each.savings_one_off + each.savings_structural,
                each.costs_one_off + each.costs_structural,
            )
    return dict(sums)


def _by_year(years: Iterable[YearAmounts]) -> dict[int, YearAmounts]:
    return {each.year: each for each in years}


def _with_result(realised: Themes, theme: str, result: YearAmounts) -> Themes:
    return {**realised, theme: {**realised.get(theme, {}), result.year: result}}


def set_indicator(command: SetIndicator, now: datetime) -> tuple[IndicatorSet, ...]:
    return (IndicatorSet(occurred_at=now, **dict(command)),)


def evolve_indicator(state: Indicator | None, event: IndicatorSet) -> Indicator:
    version = state.version + 1 if state else 1
    return Indicator(version=version, indicator=event.indicator, year=event.year)


def quote(
    state: Quote | None, command: QuoteEntry | QuoteExit, now: datetime
) -> tuple[EntryQuoted | ExitQuoted, ...]:
    if state is not None:
        raise QuoteExists("quote", quote=command.quote)
    if isinstance(command, QuoteEntry):
        lines = quotes.entry(command.assumptions)
        total = quotes.total(lines)
        return (EntryQuoted(occurred_at=now, lines=lines, total=total, **dict(command)),)
    lines = quotes.leaving(command.assumptions)
    total = quotes.total(lines)
    return (ExitQuoted(occurred_at=now, lines=lines, total=total, **dict(command)),)


def evolve_quote(_: Quote | None, event: EntryQuoted | ExitQuoted) -> Quote:
    return Quote(version=1, quote=event.quote)
