"""What may be asked about finance: the index of these queries."""

from collections.abc import Mapping
from typing import Any

from services.projection.views.finance import (
    charging,
    costs,
    indicators,
    own_costs,
    params,
    plans,
    risks,
    sources,
    treasury,
)
from services.projection.views.params import Params

VIEWS: Mapping[str, tuple[type[Params], Any]] = {
    "budgets": (params.BudgetsParams, costs.budgets),
    "bookings": (params.BookingsParams, costs.bookings),
    "charging-methods": (params.MethodsParams, charging.methods),
    "user-counts": (params.UserCountsParams, charging.user_counts),
    "charging-runs": (params.RunsParams, charging.runs),
    "charging-lines": (params.LinesParams, charging.lines),
    "settlements": (params.YearsParams, charging.settlements),
    "own-costs": (params.OwnCostsParams, own_costs.own_costs),
    "risks": (params.RisksParams, risks.risks),
    "risk": (params.RiskParams, risks.risk),
    "reserves": (params.ReservesParams, risks.reserves),
    "resilience": (params.ResilienceParams, risks.resilience),
    "loans": (params.LoansParams, treasury.loans),
    "cash-positions": (params.YearsParams, treasury.cash_positions),
    "interest-risk": (params.YearRangeParams, treasury.interest_risk),
    "balance-sheets": (params.YearsParams, treasury.balance_sheets),
    "indicators": (params.IndicatorsParams, indicators.indicators),
    "cost-per-resident": (params.PerResidentParams, indicators.cost_per_resident),
    "business-cases": (params.CasesParams, plans.business_cases),
    "quotes": (params.QuotesParams, plans.quotes),
    "quote-comparison": (params.ComparisonParams, plans.quote_comparison),
    "finance-events": (params.SourcesParams, sources.finance_events),
}
