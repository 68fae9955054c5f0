from datetime import UTC, date, datetime
from decimal import Decimal

from contracts.documents.examples.example import Example
from contracts.finance import plans
from contracts.finance.quotes import EntryAssumptions, ExitAssumptions, QuoteLine

_PLANNED = datetime(2026, 2, 2, 9, 0, tzinfo=UTC)

PLANS = (
    Example(
        when="a policy indicator of a year is known",
        aggregate="indicator/2026-ict-per-resident",
        version=1,
        event=plans.IndicatorSet(
            occurred_at=_PLANNED,
            indicator="ict-per-resident",
            name="ICT-kosten per inwoner",
            year=2026,
            unit="euro",
            value=Decimal("88.00"),
            benchmark=Decimal("95.00"),
            domain="ict",
            goal="cost",
        ),
    ),
    Example(
        when="a business case is decided on",
        aggregate="case/samenwerken",
        version=1,
        event=plans.BusinessCasePlanned(
            occurred_at=_PLANNED,
            case="samenwerken",
            name="Samen werken aan bedrijfsvoering",
            themes={
                "ict": (
                    plans.YearAmounts(year=2026, costs_one_off=Decimal("81000.00")),
                    plans.YearAmounts(year=2027, savings_structural=Decimal("107000.00")),
                )
            },
            standing=plans.CaseStanding(
                years=(
                    plans.CaseYear(
                        year=2026,
                        savings_planned=Decimal("0.00"),
                        costs_planned=Decimal("81000.00"),
                        savings_variance=None,
                        costs_variance=None,
                        cumulative_planned=Decimal("-81000.00"),
                        cumulative_expected=Decimal("-81000.00"),
                    ),
                    plans.CaseYear(
                        year=2027,
                        savings_planned=Decimal("107000.00"),
                        costs_planned=Decimal("0.00"),
                        savings_variance=None,
                        costs_variance=None,
                        cumulative_planned=Decimal("26000.00"),
                        cumulative_expected=Decimal("26000.00"),
                    ),
                ),
                payback_planned=Decimal("2027.76"),
                payback_expected=Decimal("2027.76"),
            ),
        ),
    ),
    Example(
        when="it is known what a theme brought in and cost in a year",
        aggregate="case/samenwerken",
        version=2,
        event=plans.BusinessCaseResultRecorded(
            occurred_at=datetime(2027, 2, 1, 9, 0, tzinfo=UTC),
            case="samenwerken",
            theme="ict",
            result=plans.YearAmounts(year=2026, costs_one_off=Decimal("90000.00")),
            standing=plans.CaseStanding(
                years=(
                    plans.CaseYear(
                        year=2026,
                        savings_planned=Decimal("0.00"),
                        costs_planned=Decimal("81000.00"),
                        savings_variance=Decimal("0.00"),
                        costs_variance=Decimal("9000.00"),
                        cumulative_planned=Decimal("-81000.00"),
                        cumulative_expected=Decimal("-90000.00"),
                    ),
                ),
                payback_planned=Decimal("2027.76"),
                payback_expected=Decimal("2027.84"),
            ),
        ),
    ),
    Example(
        when="an organisation wants to know what joining costs",
        aggregate="quote/toetreding-westervoort",
        version=1,
        event=plans.EntryQuoted(
            occurred_at=_PLANNED,
            quote="toetreding-westervoort",
            name="Gemeente Westervoort",
            assumptions=EntryAssumptions(
                joins_on=date(2027, 1, 1),
                friction=Decimal("25000.00"),
                workplaces=120,
                price_per_workplace=Decimal("350.00"),
            ),
            lines=(
                QuoteLine(what="friction", amount=Decimal("25000.00")),
                QuoteLine(what="connecting-workplaces", amount=Decimal("42000.00")),
            ),
            total=Decimal("67000.00"),
        ),
    ),
    Example(
        when="a partner wants to know what leaving costs",
        aggregate="quote/uittreding-1stroom",
        version=1,
        event=plans.ExitQuoted(
            occurred_at=_PLANNED,
            quote="uittreding-1stroom",
            partner="1stroom",
            assumptions=ExitAssumptions(
                leaves_on=date(2026, 12, 31),
                friction=Decimal("10000.00"),
                yearly_contribution=Decimal("200000.00"),
                remaining_percentages=(Decimal(75), Decimal(25)),
            ),
            lines=(
                QuoteLine(what="friction", amount=Decimal("10000.00")),
                QuoteLine(what="wind-down", year=2027, amount=Decimal("150000.00")),
                QuoteLine(what="wind-down", year=2028, amount=Decimal("50000.00")),
            ),
            total=Decimal("210000.00"),
        ),
    ),
)
