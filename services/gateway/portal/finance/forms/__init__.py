"""The forms of the controller: the index of what can be set, recorded, charged and quoted."""

from services.gateway.portal.finance.forms.bills import BILLS
from services.gateway.portal.finance.forms.costs import COSTS, METHODS
from services.gateway.portal.finance.forms.plans import PLANS
from services.gateway.portal.finance.forms.risks import RISKS
from services.gateway.portal.finance.forms.treasury import TREASURY

FORMS = (*COSTS, *METHODS, *BILLS, *RISKS, *TREASURY, *PLANS)

__all__ = ["FORMS", "METHODS"]
