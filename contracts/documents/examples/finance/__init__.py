"""Examples of what `finance` publishes, about the bill of partner Zevenaar and what lies behind."""

from contracts.documents.examples.finance.bills import BILLS
from contracts.documents.examples.finance.costs import COSTS
from contracts.documents.examples.finance.objections import OBJECTIONS
from contracts.documents.examples.finance.plans import PLANS
from contracts.documents.examples.finance.risks import RISKS
from contracts.documents.examples.finance.treasury import TREASURY

FINANCE = (*COSTS, *BILLS, *OBJECTIONS, *RISKS, *TREASURY, *PLANS)

__all__ = ["FINANCE"]
