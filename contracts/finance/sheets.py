"""Values of treasury: a balance sheet as far as the ratios need it."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from contracts.finance.charging import Amount, Value
from contracts.values import Euro

_ZERO = Decimal("0.00")
Held = Annotated[Euro, Field(description="Euro at the end of the year")]
InYear = Annotated[Euro, Field(description="Euro in the year")]


class BalanceSheet(Value):
    """The end of a year, in euro, with what the year brought in and cost structurally."""

    fixed_debt: Held = _ZERO
    short_debt: Held = _ZERO
    accrued_liabilities: Held = _ZERO
    financial_assets: Held = _ZERO
    placements: Held = _ZERO
    cash: Held = _ZERO
    accrued_assets: Held = _ZERO
    lent_on: Held = _ZERO
    equity: Amount = _ZERO
    balance_total: Held = _ZERO
    total_income: InYear = _ZERO
    structural_income: InYear = _ZERO
    structural_cost: InYear = _ZERO
    structural_withdrawals: InYear = _ZERO
    structural_additions: InYear = _ZERO
