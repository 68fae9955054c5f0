"""A partner's bills of the quarter, and its objections to bills."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.billing import ObjectionsParams
from services.projection.views.billing import objections as objections_view
from services.projection.views.invoices import invoices as invoices_view
from services.projection.views.params import LARGEST_PAGE, InvoicesParams
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.formulas import Formula, Steps, plus
from services.projection.views.reports.finance.own_year import partner_of
from services.projection.views.reports.finance.shapes import (
    Row,
    added,
    cell,
    events,
    formula,
    nothing,
    section,
    table,
)

Items = Sequence[Mapping[str, Any]]


async def bills(asked: Asked, session: AsyncSession) -> Sequence[Section]:
    """What was issued in the quarter; objections raised, answered or still open in it."""
    issued, raised = await _issued(asked, session), await _objections(asked, session)
    return [_invoices(issued), *([_disputed(asked, raised)] if raised else [])]


async def _issued(asked: Asked, session: AsyncSession) -> Items:
    params = InvoicesParams(partner=partner_of(asked), size=LARGEST_PAGE)
    found = (await invoices_view(params, asked.reader(), session))["items"]
    during = [each for each in found if _in(asked, each["issued_on"])]
    return sorted(during, key=lambda each: (each["issued_on"], each["invoice"]))


async def _objections(asked: Asked, session: AsyncSession) -> Items:
    params = ObjectionsParams(partner=partner_of(asked), size=LARGEST_PAGE)
    found = (await objections_view(params, asked.reader(), session))["items"]
    standing = [
        each
        for each in found
        if each["raised_on"] <= asked.period.last
        and (each["answered_on"] is None or each["answered_on"] >= asked.period.first)
    ]
    return sorted(standing, key=lambda each: (each["raised_on"], each["objection"]))


def _in(asked: Asked, day: date) -> bool:
    return asked.period.first <= day <= asked.period.last


def _invoices(issued: Items) -> Section:
    if not issued:
        return section("finance-invoices", nothing("invoices"))
    whole = cell(added(each["total"] for each in issued), formula("invoiced"))
    return section(
        "finance-invoices",
        table(
            "finance-invoices",
            [
                ("invoice", "text"),
                ("document", "term"),
                ("run", "term"),
                ("issued-on", "date"),
                ("due-on", "date"),
                ("invoice-total", "money"),
                ("credited-by", "text"),
            ],
            (_invoice(each, issued) for each in issued),
            total=(*(cell(None) for _ in range(5)), whole, cell(None)),
        ),
    )


def _invoice(each: Mapping[str, Any], issued: Items) -> Row:
    """A credit note is named when it is of the same quarter: a later one belongs to its own."""
    credited = each["credited_by"]
    known = credited in {other["invoice"] for other in issued}
    return (
        cell(each["invoice"]),
        cell(f"invoice-kind-{each['kind']}"),
        cell(f"report-run-{each['run'].partition('-')[2]}"),
        cell(each["issued_on"]),
        cell(each["due_on"]),
        cell(each["total"], events(f"invoice/{each['invoice']}")),
        cell(credited if known else None),
    )


def _disputed(asked: Asked, raised: Items) -> Section:
    return section(
        "finance-objections",
        table(
            "finance-objections",
            [
                ("raised-on", "date"),
                ("invoice", "text"),
                ("line", "count"),
                ("reason", "text"),
                ("answer-by", "date"),
                ("objection-status", "term"),
                ("answered-on", "date"),
                ("answer", "text"),
            ],
            (_objection(asked, each) for each in raised),
        ),
    )


def _objection(asked: Asked, each: Mapping[str, Any]) -> Row:
    """As it stood at the period's end: an answer that came later is of a later report."""
    answered = each["answered_on"] is not None and each["answered_on"] <= asked.period.last
    status = each["status"] if answered else "open"
    return (
        cell(each["raised_on"], events(each["aggregate"], until=asked.period.last)),
        cell(each["invoice"]),
        cell(each["line"]),
        cell(each["reason"]),
        cell(each["answer_by"]),
        cell(f"dispute-status-{status}"),
        cell(each["answered_on"] if answered else None),
        cell(each["answer"] if answered else None),
    )


async def _invoiced(_: Mapping[str, str], asked: Asked, session: AsyncSession) -> Steps:
    return plus(
        "invoice-total",
        (
            (each["invoice"], each["total"], events(f"invoice/{each['invoice']}"))
            for each in await _issued(asked, session)
        ),
    )


FORMULAS: Mapping[str, Formula] = {"invoiced": _invoiced}
