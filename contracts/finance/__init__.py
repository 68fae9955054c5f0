"""Events of `finance`: budgets and bills, risks, treasury, plans.

Amounts are decimal euros with two decimals. Nothing in them is personal.
"""

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

__all__ = [
    "bills",
    "corrections",
    "costs",
    "objections",
    "parties",
    "plans",
    "risks",
    "treasury",
]
