"""What the forms are about, as the read models have it now."""

from dataclasses import replace
from typing import Any

from services.gateway.portal.finance.asking import every, only
from services.gateway.portal.forms import Ids, Present
from services.gateway.portal.visit import Visit


async def disputed(visit: Visit, ids: Ids) -> Present:
    """The invoice; once the objection was raised, the objection."""
    if "objection" in ids:
        return await objection(visit, ids)
    return await _invoice(visit, ids["invoice"])


async def corrected(visit: Visit, ids: Ids) -> Present:
    """The invoice; once it was put right, what came in its place."""
    present = await _invoice(visit, ids.get("corrected") or ids["invoice"])
    return replace(present, body={"issued_on": visit.today().isoformat()})


async def objection(visit: Visit, ids: Ids) -> Present:
    found = await only(visit, "objections", objection=ids["objection"])
    return Present(found["aggregate_version"], found["objection"])


async def disputed_line(visit: Visit, ids: Ids) -> Present:
    """The objection, with what the disputed line comes to now: what is right takes its place."""
    found = await only(visit, "objections", objection=ids["objection"])
    body: dict[str, Any] = {"issued_on": visit.today().isoformat()}
    if found["line"]:
        invoice = await only(visit, "invoices", invoice=found["invoice"])
        amount = invoice["lines"][found["line"] - 1]["amount"]
        body["amounts"] = {str(found["line"]): amount}
    return Present(found["aggregate_version"], found["objection"], body)


async def party(visit: Visit, ids: Ids) -> Present:
    for found in await every(visit, "billing-details"):
        if found["partner"] == ids.get("partner"):
            return Present(found["aggregate_version"])
    return Present()


async def _invoice(visit: Visit, number: Any) -> Present:
    found = await only(visit, "invoices", invoice=number)
    return Present(found["aggregate_version"], found["invoice"])
