"""What `finance` is told, in the order of the days on which it was so."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from bodemplaat.cases.model import Case, Dated
from bodemplaat.cases.model.charging import Line, Run, Settlement
from bodemplaat.cases.model.funding import RiskHistory
from bodemplaat.cases.orders.order import Order, at, marked, plain
from bodemplaat.cases.orders.records import Records


def finance_orders(case: Case) -> list[Order]:
    """In date order; within a day what others count with goes first."""
    told = [
        *_budgets(case),
        *_charging(case),
        *_billing(case),
        *_risks(case),
        *Records(case).orders(),
        *_assessments(case),
        *_runs(case),
    ]
    return sorted(told, key=lambda order: order.now)


def _order(case: Case, row: Dated, key: str, command: str, body: Mapping[str, Any]) -> Order:
    return Order(case.name, "finance", key, command, body, at(row.on), row.basis, row.note)


def _budgets(case: Case) -> Iterator[Order]:
    for budget in case.budgets.budgets:
        body = plain(budget, "on", "basis", "note") | {"lines": _lines(budget.lines, budget)}
        yield _order(case, budget, f"budget/{budget.year}/{budget.pool}", "set-budget", body)
    for number, amendment in enumerate(case.budgets.amendments, start=1):
        body = plain(amendment, "on", "basis", "note") | {
            "amended_on": amendment.on.isoformat(),
            "lines": _lines(amendment.lines, amendment),
        }
        key = f"amendment/{amendment.year}/{amendment.pool}/{number}"
        yield _order(case, amendment, key, "amend-budget", body)
    for booking in case.budgets.bookings:
        body = plain(booking, "on", "basis", "note") | {
            "year": booking.on.year,
            "booked_on": booking.on.isoformat(),
            "description": marked(booking.description, booking.basis),
        }
        key = f"booking/{booking.on.year}/{booking.pool}/{booking.booking}"
        yield _order(case, booking, key, "book-cost", body)


def _lines(lines: Sequence[Line], row: Dated) -> list[dict[str, Any]]:
    return [
        plain(line, "basis") | {"line": marked(line.line, line.basis or row.basis)}
        for line in lines
    ]


def _charging(case: Case) -> Iterator[Order]:
    for method in case.charging.methods:
        body = plain(method, "on", "basis", "note") | {"valid_from": method.on.isoformat()}
        key = f"method/{method.pool}/{method.on.isoformat()}"
        yield _order(case, method, key, "set-charging-method", body)
    for users in case.charging.users:
        body = plain(users, "on", "basis", "note")
        key = f"users/{users.year}/{users.partner}/{users.on.isoformat()}"
        yield _order(case, users, key, "count-users", body)


def _billing(case: Case) -> Iterator[Order]:
    for party in case.billing.parties:
        body = plain(party, "on", "basis", "note") | {"valid_from": party.on.isoformat()}
        key = f"billing/{party.partner or 'centre'}/{party.on.isoformat()}"
        yield _order(case, party, key, "set-billing-details", body)


def _runs(case: Case) -> Iterator[Order]:
    for run in case.charging.runs:
        body = {"year": run.year, "quarter": run.quarter}
        name = f"{run.year}-q{run.quarter}"
        yield _order(case, run, f"run/{name}", "run-charging", body)
        yield from _invoices(case, run, name)
    for settlement in case.charging.settlements:
        name = f"{settlement.year}-settlement"
        body = {"year": settlement.year}
        yield _order(case, settlement, f"run/{name}", "settle-year", body)
        yield from _invoices(case, settlement, name)


def _invoices(case: Case, row: Run | Settlement, run: str) -> Iterator[Order]:
    for partner in row.invoices:
        body = {"run": run, "partner": partner, "issued_on": row.on.isoformat()}
        yield _order(case, row, f"invoice/{run}/{partner}", "issue-invoice", body)


def _risks(case: Case) -> Iterator[Order]:
    for risk in case.risks.risks:
        described = plain(risk, "risk", "states", "closed_on", "closing_reason")
        for number, state in enumerate(risk.states):
            content = described | plain(state, "on", "basis", "note")
            content["cause"] = marked(risk.cause, state.basis)
            command = "update-risk" if number else "register-risk"
            body = {"risk": risk.risk, "content": content}
            yield _order(case, state, f"risk/{risk.risk}/{state.on.isoformat()}", command, body)
        if risk.closed_on:
            yield _closing(case, risk, risk.closed_on)
    for reserve in case.risks.reserves:
        body = plain(reserve, "on", "basis", "note") | {
            "valid_from": reserve.on.isoformat(),
            "name": marked(reserve.name, reserve.basis),
        }
        key = f"reserve/{reserve.reserve}/{reserve.on.isoformat()}"
        yield _order(case, reserve, key, "set-reserve", body)


def _closing(case: Case, risk: RiskHistory, closed_on: date) -> Order:
    body = {
        "risk": risk.risk,
        "closed_on": closed_on.isoformat(),
        "reason": risk.closing_reason,
    }
    key, last = f"risk/{risk.risk}/closed", risk.states[-1]
    return Order(case.name, "finance", key, "close-risk", body, at(closed_on), last.basis)


def _assessments(case: Case) -> Iterator[Order]:
    for each in case.risks.assessments:
        body = {"on": each.on.isoformat(), "turnover": str(each.turnover), "how": each.how}
        key = f"resilience/{each.on.isoformat()}/{each.way}"
        yield _order(case, each, key, "assess-resilience", body)
