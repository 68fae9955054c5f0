"""Finance: which read model each event belongs to, and the function that folds it."""

from collections.abc import Callable, Mapping
from typing import Any

from contracts.finance import (
    bills,
    corrections,
    costs,
    objections,
    parties,
    plans,
    risks,
    treasury,
)
from contracts.registry import DomainEvent
from services.projection import finance_models as models
from services.projection.folds.finance import (
    charging,
    disputes,
    funds,
    invoices,
    plan,
    pools,
    register,
)
from services.projection.models import INVOICE, ReadModel
from services.projection.recorded import Recorded

FOLDS: Mapping[type[DomainEvent], tuple[ReadModel, Callable[[Any, Recorded], Any]]] = {
    costs.BudgetSet: (models.COST_POOL, pools.budget_set),
    costs.BudgetAmended: (models.COST_POOL, pools.amended),
    costs.CostBooked: (models.COST_POOL, pools.booked),
    costs.ChargingMethodSet: (models.CHARGING_METHOD, charging.method_set),
    costs.UsersCounted: (models.USER_COUNT, charging.users_counted),
    bills.ChargingRunCompleted: (models.CHARGING_RUN, charging.run_completed),
    bills.CostsAllocated: (models.CHARGING_RUN, charging.allocated),
    bills.YearSettled: (models.SETTLED_YEAR, charging.settled),
    bills.InvoiceIssued: (INVOICE, invoices.issued),
    bills.InvoiceCredited: (INVOICE, invoices.credited),
    corrections.CorrectedInvoiceIssued: (INVOICE, invoices.issued),
    parties.BillingDetailsSet: (models.BILLING_PARTY, invoices.details_set),
    objections.ObjectionRaised: (models.OBJECTION, disputes.raised),
    objections.ObjectionRejected: (models.OBJECTION, disputes.answered),
    objections.ObjectionUpheld: (models.OBJECTION, disputes.answered),
    risks.RiskRegistered: (models.RISK, register.risk_told),
    risks.RiskUpdated: (models.RISK, register.risk_told),
    risks.RiskClosed: (models.RISK, register.risk_closed),
    risks.ReserveSet: (models.RESERVE, register.reserve_set),
    risks.ResilienceAssessed: (models.RESILIENCE, register.assessed),
    treasury.LoanRegistered: (models.LOAN, funds.loan_registered),
    treasury.CashPositionRecorded: (models.CASH_YEAR, funds.position_recorded),
    treasury.CashLimitAssessed: (models.CASH_YEAR, funds.limit_assessed),
    treasury.InterestRiskAssessed: (models.INTEREST_RISK, funds.interest_risk_assessed),
    treasury.BalanceSheetRecorded: (models.BALANCE_SHEET, funds.balance_recorded),
    plans.IndicatorSet: (models.INDICATOR, plan.indicator_set),
    plans.BusinessCasePlanned: (models.BUSINESS_CASE, plan.case_planned),
    plans.BusinessCaseResultRecorded: (models.BUSINESS_CASE, plan.result_recorded),
    plans.EntryQuoted: (models.QUOTE, plan.quoted),
    plans.ExitQuoted: (models.QUOTE, plan.quoted),
}
