"""Composition of `finance`. The table of commands is the index of its use cases."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.aggregates import Repository
from chassis.command import UseCase
from chassis.definition import Definition
from services.finance import commands, models, subscribers
from services.finance.domain import (
    funding,
    method,
    objections,
    parties,
    plan,
    risk,
    run,
    users,
)
from services.finance.handlers import billing, corrections, costs, plans, risks
from services.finance.handlers import funding as money
from services.finance.handlers import objections as disputes
from services.finance.imports import ImportRows, import_rows
from services.finance.repository import Work
from services.finance.repository.aggregates import Invoices, Pools, Years
from services.finance.repository.copies import Catalogue, Time
from services.finance.repository.log import Log


def make_work(session: AsyncSession) -> Work:
    return Work(
        pools=Pools(session),
        methods=Repository(session, models.Method, method.PoolMethods),
        users=Repository(session, models.Users, users.Users),
        runs=Repository(session, models.Run, run.Run),
        years=Years(session),
        invoices=Invoices(session),
        objections=Repository(session, models.Objection, objections.Objection),
        parties=Repository(session, models.Billing, parties.BillingParty),
        risks=Repository(session, models.Risk, risk.RiskEntry),
        reserves=Repository(session, models.Reserve, risk.Reserve),
        assessments=Repository(session, models.Resilience, risk.Assessment),
        loans=Repository(session, models.Loan, funding.LoanEntry),
        cash=Repository(session, models.Cash, funding.CashYear),
        interest_risks=Repository(session, models.InterestRisk, funding.InterestRiskYear),
        balances=Repository(session, models.Balance, funding.BalanceYear),
        indicators=Repository(session, models.Indicator, plan.Indicator),
        cases=Repository(session, models.BusinessCase, plan.BusinessCase),
        quotes=Repository(session, models.Quote, plan.Quote),
        catalogue=Catalogue(session),
        time=Time(session),
        log=Log(session),
    )


definition = Definition(
    name="finance",
    work=make_work,
    commands={
        "set-budget": UseCase(commands.SetBudget, costs.change_pool),
        "amend-budget": UseCase(commands.AmendBudget, costs.change_pool),
        "book-cost": UseCase(commands.BookCost, costs.change_pool),
        "set-charging-method": UseCase(commands.SetChargingMethod, costs.set_method),
        "count-users": UseCase(commands.CountUsers, costs.count_users),
        "run-charging": UseCase(commands.RunCharging, billing.run_charging),
        "settle-year": UseCase(commands.SettleYear, billing.settle_year),
        "issue-invoice": UseCase(commands.IssueInvoice, billing.issue_invoice),
        "credit-invoice": UseCase(commands.CreditInvoice, billing.credit_invoice),
        "correct-invoice": UseCase(commands.CorrectInvoice, corrections.correct_invoice),
        "set-billing-details": UseCase(commands.SetBillingDetails, corrections.set_billing_details),
        "raise-objection": UseCase(commands.RaiseObjection, disputes.raise_objection),
        "reject-objection": UseCase(commands.RejectObjection, disputes.reject_objection),
        "uphold-objection": UseCase(commands.UpholdObjection, disputes.uphold_objection),
        "register-risk": UseCase(commands.RegisterRisk, risks.change_risk),
        "update-risk": UseCase(commands.UpdateRisk, risks.change_risk),
        "close-risk": UseCase(commands.CloseRisk, risks.change_risk),
        "set-reserve": UseCase(commands.SetReserve, risks.set_reserve),
        "assess-resilience": UseCase(commands.AssessResilience, risks.assess_resilience),
        "register-loan": UseCase(commands.RegisterLoan, money.register_loan),
        "record-cash-position": UseCase(commands.RecordCashPosition, money.record_cash),
        "assess-interest-risk": UseCase(commands.AssessInterestRisk, money.assess_interest_risk),
        "record-balance-sheet": UseCase(commands.RecordBalanceSheet, money.record_balance),
        "set-indicator": UseCase(commands.SetIndicator, plans.set_indicator),
        "plan-business-case": UseCase(commands.PlanBusinessCase, plans.change_case),
        "record-business-case-result": UseCase(
            commands.RecordBusinessCaseResult, plans.change_case
        ),
        "quote-entry": UseCase(commands.QuoteEntry, plans.quote),
        "quote-exit": UseCase(commands.QuoteExit, plans.quote),
        "import-rows": UseCase(ImportRows, import_rows),
    },
    subscriptions={"catalogue": subscribers.catalogue, "time": subscribers.time},
)
