"""What a handler works with, on one session."""

from dataclasses import dataclass

from chassis.aggregates import Repository
from services.finance.domain.funding import BalanceYear, CashYear, InterestRiskYear, LoanEntry
from services.finance.domain.method import PoolMethods
from services.finance.domain.objections import Objection
from services.finance.domain.parties import BillingParty
from services.finance.domain.plan import BusinessCase, Indicator, Quote
from services.finance.domain.risk import Assessment, Reserve, RiskEntry
from services.finance.domain.run import Run
from services.finance.domain.users import Users
from services.finance.repository.aggregates import Invoices, Pools, Years
from services.finance.repository.copies import Catalogue, Time
from services.finance.repository.log import Log


@dataclass(frozen=True, slots=True)
class Work:
    """The repositories on one session."""

    pools: Pools
    methods: Repository[PoolMethods]
    users: Repository[Users]
    runs: Repository[Run]
    years: Years
    invoices: Invoices
    objections: Repository[Objection]
    parties: Repository[BillingParty]
    risks: Repository[RiskEntry]
    reserves: Repository[Reserve]
    assessments: Repository[Assessment]
    loans: Repository[LoanEntry]
    cash: Repository[CashYear]
    interest_risks: Repository[InterestRiskYear]
    balances: Repository[BalanceYear]
    indicators: Repository[Indicator]
    cases: Repository[BusinessCase]
    quotes: Repository[Quote]
    catalogue: Catalogue
    time: Time
    log: Log
