"""Loans, cash positions, interest risk and balance sheets, as finance assessed them."""

from collections.abc import Collection
from typing import Any

from services.projection.finance_position_rows import BalanceSheet, CashYear, InterestRisk, Loan
from services.projection.recorded import Recorded


def loan_registered(_: None, event: Recorded) -> Loan:
    data = event.data
    return Loan(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        loan=data["loan"],
        lender=data["lender"],
        principal=data["principal"],
        rate=data["rate"],
        first_year=data["first_year"],
        redemptions=data["redemptions"],
        revisions=data.get("revisions", {}),
    )


def position_recorded(row: CashYear | None, event: Recorded) -> CashYear:
    before = row or _new(event)
    return before._replace(
        version=event.version,
        stream_sequence=event.sequence,
        months={**before.months, str(event.data["month"]): _told(event, {"year", "month"})},
    )


def limit_assessed(row: CashYear | None, event: Recorded) -> CashYear:
    before = row or _new(event)
    quarter = {str(event.data["quarter"]): _told(event, {"year", "quarter"})}
    return before._replace(
        version=event.version,
        stream_sequence=event.sequence,
        quarters={**before.quarters, **quarter},
    )


def interest_risk_assessed(_: InterestRisk | None, event: Recorded) -> InterestRisk:
    return InterestRisk(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        year=event.data["year"],
        assessment=_told(event, {"year"}),
        assessed_at=event.occurred_at,
    )


def balance_recorded(_: BalanceSheet | None, event: Recorded) -> BalanceSheet:
    return BalanceSheet(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        year=event.data["year"],
        recorded=_told(event, {"year"}),
    )


def _new(event: Recorded) -> CashYear:
    return CashYear(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        year=event.data["year"],
        months={},
        quarters={},
    )


def _told(event: Recorded, known: Collection[str]) -> dict[str, Any]:
    """The event's own words beside what its place tells, and which of the aggregate's it was."""
    left_out = {"occurred_at", *known}
    told = {name: value for name, value in event.data.items() if name not in left_out}
    return {**told, "version": event.version}
