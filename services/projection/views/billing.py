"""An invoice as a document needs it, objections, and how invoices name who they are between."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import PartnerForbidden
from contracts.finance.bills import InvoiceNumber
from contracts.finance.objections import ObjectionId
from contracts.values import PartnerSlug
from services.projection.billing_rows import BillingParty, Objection
from services.projection.catalogue_rows import Partner
from services.projection.finance_models import BILLING_PARTY, CHARGING_RUN, COST_POOL, OBJECTION
from services.projection.finance_rows import ChargingRun, CostPool
from services.projection.models import INVOICE, PARTNER, Invoice
from services.projection.views.finance.lists import load, origin, page_of
from services.projection.views.finance.scope import own, require_books, require_keeper
from services.projection.views.params import Paged, Params

_RUN = ("run", "kind", "first", "last", "catalogue_sequence", "time_sequence")
_BOOKKEEPING = ("aggregate", "version", "stream_sequence")


class DocumentParams(Params):
    invoice: InvoiceNumber


class ObjectionsParams(Paged):
    partner: PartnerSlug | None = None
    invoice: InvoiceNumber | None = None
    objection: ObjectionId | None = None
    status: Literal["open", "rejected", "upheld"] | None = None


class BillingDetailsParams(Paged):
    partner: PartnerSlug | None = None


async def document(
    asked: DocumentParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """All that a document tells of an invoice. Raises `PartnerForbidden` for another's."""
    require_books(context)
    table = INVOICE.table.c
    found = await load(session, Invoice, INVOICE, table.invoice == asked.invoice)
    if not found or not context.sees(found[0].partner):
        raise PartnerForbidden
    (row,) = found
    later = await load(session, Invoice, INVOICE, table.replaces == asked.invoice)
    return {
        "invoice": {**row._asdict(), "aggregate_version": row.version},
        "replaced_by": later[0].invoice if later else None,
        "supplier": await _details(session, None, row.issued_on),
        "customer": await _customer(session, row),
        "run": await _run(session, row.run),
        "pools": await _pools(session, row.run),
        "objections": await _objections(session, OBJECTION.table.c.invoice == asked.invoice),
    }


async def _customer(session: AsyncSession, row: Invoice) -> dict[str, Any]:
    known = await load(session, Partner, PARTNER, PARTNER.table.c.slug == row.partner)
    return {
        "partner": row.partner,
        "name": known[0].name if known else row.partner,
        "oin": known[0].oin if known else None,
        "details": await _details(session, row.partner, row.issued_on),
    }


async def _details(
    session: AsyncSession, partner: str | None, on: date
) -> Mapping[str, Any] | None:
    """What held on the day; on a day before the first, the first."""
    rows = await load(
        session,
        BillingParty,
        BILLING_PARTY,
        BILLING_PARTY.table.c.partner.is_not_distinct_from(partner),
    )
    if not rows:
        return None
    versions: Sequence[Mapping[str, Any]] = rows[0].versions
    holding = [each for each in versions if date.fromisoformat(each["valid_from"]) <= on]
    details: Mapping[str, Any] = (holding[-1] if holding else versions[0])["details"]
    return details


async def centre_name(session: AsyncSession, on: date) -> str | None:
    """What invoices of the day call the service centre; every partner gets those."""
    details = await _details(session, None, on)
    return None if details is None else str(details["name"])


async def _run(session: AsyncSession, run: str) -> dict[str, Any] | None:
    rows = await load(session, ChargingRun, CHARGING_RUN, CHARGING_RUN.table.c.run == run)
    return {name: getattr(rows[0], name) for name in _RUN} if rows else None


async def _pools(session: AsyncSession, run: str) -> dict[str, str]:
    """Names of the year's pools, by their codes."""
    year = int(run.partition("-")[0])
    rows = await load(session, CostPool, COST_POOL, COST_POOL.table.c.year == year)
    return {row.pool: row.name for row in rows}


async def objections(
    asked: ObjectionsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """A page of them, those that must be answered first on top."""
    require_books(context)
    if asked.partner is not None:
        context.require_partner(asked.partner)
    table = OBJECTION.table.c
    names = ("partner", "invoice", "objection", "status")
    wanted = [table[name] == value for name in names if (value := getattr(asked, name))]
    found = await _objections(session, own(context, table.partner), *wanted)
    found.sort(key=lambda each: (each["status"] != "open", each["answer_by"]))
    return page_of(found, asked)


async def _objections(session: AsyncSession, *wanted: ColumnElement[bool]) -> list[dict[str, Any]]:
    rows = await load(session, Objection, OBJECTION, *wanted)
    return [_told(row) for row in rows]


async def billing_details(
    asked: BillingDetailsParams, context: Context, session: AsyncSession
) -> dict[str, Any]:
    """How invoices name the service centre and each partner, with what went before."""
    require_keeper(context)
    table = BILLING_PARTY.table.c
    wanted = [table.partner == asked.partner] if asked.partner else []
    rows = await load(session, BillingParty, BILLING_PARTY, *wanted)
    return page_of([_told(row) for row in rows], asked)


def _told(row: Objection | BillingParty) -> dict[str, Any]:
    told = {name: value for name, value in row._asdict().items() if name not in _BOOKKEEPING}
    return {**told, **origin(row)}
