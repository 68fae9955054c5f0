"""The read models of finance, and the events that its figures come from."""

from collections.abc import Sequence

from services.projection.billing_rows import BillingParty, Objection
from services.projection.finance_position_rows import (
    BalanceSheet,
    BusinessCase,
    CashYear,
    Indicator,
    InterestRisk,
    Loan,
    Reserve,
    Resilience,
    Risk,
)
from services.projection.finance_rows import (
    ChargingMethod,
    ChargingRun,
    CostPool,
    Quote,
    SettledYear,
    SourceEvent,
    UserCount,
)
from services.projection.tables import ReadModel, index, read_model

COST_POOL = read_model(CostPool, "cost_pool", index("cost_pool_year", "year"), key="aggregate")
CHARGING_METHOD = read_model(ChargingMethod, "charging_method", key="aggregate")
USER_COUNT = read_model(UserCount, "user_count", key="aggregate")
CHARGING_RUN = read_model(
    ChargingRun, "charging_run", index("charging_run_year", "year"), key="aggregate"
)
SETTLED_YEAR = read_model(SettledYear, "settled_year", key="aggregate")
BILLING_PARTY = read_model(BillingParty, "billing_party", key="aggregate")
OBJECTION = read_model(
    Objection,
    "objection",
    index("objection_invoice", "invoice"),
    index("objection_partner", "partner"),
    key="aggregate",
)
QUOTE = read_model(Quote, "quote", key="aggregate")
RISK = read_model(Risk, "risk", key="aggregate")
RESERVE = read_model(Reserve, "reserve", key="aggregate")
RESILIENCE = read_model(Resilience, "resilience", key="aggregate")
LOAN = read_model(Loan, "loan", key="aggregate")
CASH_YEAR = read_model(CashYear, "cash_year", key="aggregate")
INTEREST_RISK = read_model(InterestRisk, "interest_risk", key="aggregate")
BALANCE_SHEET = read_model(BalanceSheet, "balance_sheet", key="aggregate")
INDICATOR = read_model(Indicator, "indicator", key="aggregate")
BUSINESS_CASE = read_model(BusinessCase, "business_case", key="aggregate")
SOURCE_EVENT = read_model(
    SourceEvent,
    "source_event",
    index("source_event_aggregate", "aggregate", "version", unique=True),
    index("source_event_type", "type", "stream_sequence"),
)

FINANCE: Sequence[ReadModel] = (
    COST_POOL,
    CHARGING_METHOD,
    USER_COUNT,
    CHARGING_RUN,
    SETTLED_YEAR,
    BILLING_PARTY,
    OBJECTION,
    QUOTE,
    RISK,
    RESERVE,
    RESILIENCE,
    LOAN,
    CASH_YEAR,
    INTEREST_RISK,
    BALANCE_SHEET,
    INDICATOR,
    BUSINESS_CASE,
)
"""One row per aggregate."""
