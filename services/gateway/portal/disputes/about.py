"""What the page of an invoice shows of objections to it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from contracts.finance.objections import TERM
from services.gateway.portal.finance.asking import view
from services.gateway.portal.visit import Visit

CLIENT = "client"


async def about(visit: Visit, invoice: Mapping[str, Any]) -> dict[str, Any]:
    """The objections, and whether and until when the visitor can raise one."""
    told = await view(visit, "invoice-document", invoice=invoice["invoice"])
    last = date.fromisoformat(invoice["issued_on"]) + TERM
    final = invoice["corrects"] or invoice["credited_by"]
    return {
        "objections": told["objections"],
        "replaced_by": told["replaced_by"],
        "object_until": last.isoformat(),
        "may_object": CLIENT in visit.roles and not final and visit.today() <= last,
    }
