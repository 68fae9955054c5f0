"""Charging runs: what they came to per partner, the sums checked, and their invoices issued."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from chassis.errors import Refused
from services.gateway.portal.finance.asking import every, names, only, view
from services.gateway.portal.finance.places import page, year_of
from services.gateway.portal.forms.sending import SEEN_WITHIN
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.problems import rule_text

_POLL = 0.05


async def listed(visit: Visiting, jaar: str = "") -> Response:
    year = year_of(visit, jaar)
    runs = await every(visit, "charging-runs", year=year, sort="run")
    return await page(visit, "finance_runs.html", year=year, runs=runs)


async def shown(visit: Visiting, run: str) -> Response:
    return await _page(visit, run, day=visit.today().isoformat(), days="30")


async def issued(visit: Visiting, request: Request, run: str) -> Response:
    """Issue the invoices that the run has not got yet; those there are stay what they are."""
    form = await visit.form()
    given = {name: value for name, value in form.items() if isinstance(value, str)}
    day, days = given.get("issued_on", ""), given.get("days_to_pay", "")
    found = await only(visit, "charging-runs", run=run)
    for part in found["parts"]:
        if part["invoice"] is not None:
            continue
        body = {"run": run, "partner": part["partner"], "issued_on": day, "days_to_pay": days}
        try:
            await visit.backend.command(
                "finance",
                "issue-invoice",
                body,
                visit.person,
                key=f"{given.get('key') or uuid4()} {part['partner']}",
            )
        except Refused as refused:
            texts = request.app.state.texts
            wrong = [rule_text(fault, texts, visit.language) for fault in refused.faults]
            return await _page(visit, run, day=day, days=days, wrong=wrong, status=400)
    await _all_issued(visit, run)
    return see(f"/financien/doorbelasting/{run}?gedaan=issue")


async def _all_issued(visit: Visit, run: str) -> None:
    """Wait until the read model holds every invoice, but not for ever."""
    for _ in range(round(SEEN_WITHIN / _POLL)):
        parts = (await only(visit, "charging-runs", run=run))["parts"]
        if all(part["invoice"] is not None for part in parts):
            return
        await asyncio.sleep(_POLL)


async def _page(
    visit: Visit,
    run: str,
    *,
    day: str,
    days: str,
    wrong: list[str] | None = None,
    status: int = 200,
) -> Response:
    found = await only(visit, "charging-runs", run=run)
    lines = await view(visit, "charging-lines", run=run, size=1)
    return await page(
        visit,
        "finance_run.html",
        status=status,
        run=found,
        checks=_checks(found, lines["totals"]["amount"]),
        names=await names(visit),
        key=str(uuid4()),
        issued_on=day,
        days_to_pay=days,
        wrong=wrong or [],
        open_parts=[part for part in found["parts"] if part["invoice"] is None],
    )


def _checks(run: dict[str, Any], lines: str) -> list[dict[str, Any]]:
    """Sums that must agree to the cent, each reached in two ways."""
    parts = run["parts"]

    def total(name: str) -> Decimal:
        return sum((Decimal(part[name]) for part in parts), Decimal("0.00"))

    pairs = (
        ("parts", total("total"), Decimal(run["charged"])),
        ("lines", Decimal(lines), Decimal(run["charged"])),
        ("due", total("due"), total("total") - total("advanced")),
        ("borne", Decimal(run["cost"]) - Decimal(run["charged"]), Decimal(run["borne"])),
    )
    return [
        {"name": name, "left": left, "right": right, "agrees": left == right}
        for name, left, right in pairs
    ]
