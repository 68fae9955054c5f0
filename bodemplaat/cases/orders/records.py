"""Treasury, indicators, business cases and quotes of a case, as `finance` is told of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from bodemplaat.cases.model import Case, Dated
from bodemplaat.cases.orders.order import Order, at, marked, plain

_ROW = ("on", "basis", "note")
_MONTHS = 3


class Records:
    """What is recorded and not charged."""

    def __init__(self, case: Case) -> None:
        self._case = case

    def orders(self) -> Iterator[Order]:
        yield from self._loans()
        yield from self._cash()
        yield from self._balances()
        yield from self._indicators()
        yield from self._business_cases()
        yield from self._quotes()
        yield from self._interest_risks()

    def _order(self, row: Dated, key: str, command: str, body: Mapping[str, Any]) -> Order:
        name, moment = self._case.name, at(row.on)
        return Order(name, "finance", key, command, body, moment, row.basis, row.note)

    def _loans(self) -> Iterator[Order]:
        for loan in self._case.treasury.loans:
            body = plain(loan, *_ROW) | {"lender": marked(loan.lender, loan.basis)}
            yield self._order(loan, f"loan/{loan.loan}", "register-loan", body)

    def _cash(self) -> Iterator[Order]:
        """Each position on the first of its month."""
        for row in self._case.treasury.quarters:
            for place, position in enumerate(row.months, start=1):
                month = (row.quarter - 1) * _MONTHS + place
                body = {
                    **plain(row, "quarter", "months", "basis", "note"),
                    "month": month,
                    "floating_debt": str(position),
                }
                yield Order(
                    self._case.name,
                    "finance",
                    f"cash/{row.year}/{month}",
                    "record-cash-position",
                    body,
                    at(date(row.year, month, 1)),
                    row.basis,
                    row.note,
                )

    def _interest_risks(self) -> Iterator[Order]:
        for row in self._case.treasury.interest_risks:
            key = f"interest-risk/{row.on.isoformat()}"
            yield self._order(row, key, "assess-interest-risk", plain(row, *_ROW))

    def _balances(self) -> Iterator[Order]:
        for row in self._case.treasury.balances:
            body = plain(row, *_ROW, "movements_basis")
            for movement in body["movements"]:
                movement["item"] = marked(movement["item"], row.movements_basis or row.basis)
            key = f"balance/{row.year}/{row.on.isoformat()}"
            yield self._order(row, key, "record-balance-sheet", body)

    def _indicators(self) -> Iterator[Order]:
        for indicator in self._case.indicators.indicators:
            for year in indicator.years:
                body = plain(indicator, "years") | plain(year, *_ROW)
                body["name"] = marked(indicator.name, year.basis)
                key = f"indicator/{indicator.indicator}/{year.year}/{year.on.isoformat()}"
                yield self._order(year, key, "set-indicator", body)

    def _business_cases(self) -> Iterator[Order]:
        for case in self._case.business_cases.cases:
            key = f"business-case/{case.case}"
            body = plain(case, *_ROW, "results") | {"name": marked(case.name, case.basis)}
            yield self._order(case, key, "plan-business-case", body)
            for result in case.results:
                body = {"case": case.case, **plain(result, *_ROW)}
                told = f"{key}/{result.theme}/{result.result.year}/{result.on.isoformat()}"
                yield self._order(result, told, "record-business-case-result", body)

    def _quotes(self) -> Iterator[Order]:
        for entry in self._case.quotes.entries:
            body = plain(entry, *_ROW)
            yield self._order(entry, f"quote/{entry.quote}", "quote-entry", body)
        for leaving in self._case.quotes.exits:
            body = plain(leaving, *_ROW)
            yield self._order(leaving, f"quote/{leaving.quote}", "quote-exit", body)
