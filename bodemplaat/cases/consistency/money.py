"""Rules of a case's money and planning: partners and pools that are named must be there."""

from collections.abc import Iterator

from bodemplaat.cases.consistency.naming import known_item, known_partner, twice
from bodemplaat.cases.errors import Problem
from bodemplaat.cases.model import Case
from contracts.finance.charging import (
    FixedKey,
    FixedPrice,
    FundedStaff,
    Method,
    OutOfCatalogueHours,
    Participation,
    Surcharge,
)


def money(case: Case) -> Iterator[Problem]:
    """Every rule that budgets, charging, quotes, risks, plans and maintenance break."""
    yield from _repeated(case)
    yield from _budgets(case)
    yield from _charging(case)
    yield from _work(case)
    yield from _documents(case)
    yield from _planned(case)
    yield from _problems(case)


def _repeated(case: Case) -> Iterator[Problem]:
    budgets, charging = case.budgets, case.charging
    yield from twice("budgets.toml", "budgets", ((b.year, b.pool) for b in budgets.budgets))
    yield from twice(
        "budgets.toml", "bookings", ((b.on.year, b.pool, b.booking) for b in budgets.bookings)
    )
    yield from twice("charging.toml", "methods", ((m.pool, m.on) for m in charging.methods))
    yield from twice("charging.toml", "work", (work.name for work in charging.work))
    yield from twice("charging.toml", "runs", ((run.year, run.quarter) for run in charging.runs))
    yield from twice("billing.toml", "parties", ((p.partner, p.on) for p in case.billing.parties))
    yield from twice("risks.toml", "risks", (risk.risk for risk in case.risks.risks))
    yield from twice("treasury.toml", "loans", (loan.loan for loan in case.treasury.loans))
    yield from twice("maintenance.toml", "windows", (w.name for w in case.maintenance.windows))
    yield from twice(
        "indicators.toml", "indicators", (each.indicator for each in case.indicators.indicators)
    )


def _budgets(case: Case) -> Iterator[Problem]:
    pools = {(budget.year, budget.pool) for budget in case.budgets.budgets}
    for index, amendment in enumerate(case.budgets.amendments):
        if (amendment.year, amendment.pool) not in pools:
            yield _no_budget("budgets.toml", f"amendments.{index}.pool", amendment.pool)
    for index, booking in enumerate(case.budgets.bookings):
        at = f"bookings.{index}"
        if (booking.on.year, booking.pool) not in pools:
            yield _no_budget("budgets.toml", f"{at}.pool", booking.pool)
        if booking.partner is not None:
            yield from known_partner(case, "budgets.toml", f"{at}.partner", booking.partner)


def _charging(case: Case) -> Iterator[Problem]:
    pools = {budget.pool for budget in case.budgets.budgets}
    for index, row in enumerate(case.charging.methods):
        if row.pool not in pools:
            yield _no_budget("charging.toml", f"methods.{index}.pool", row.pool)
        for partner in sorted(_named(row.method)):
            yield from known_partner(case, "charging.toml", f"methods.{index}.method", partner)
    for index, users in enumerate(case.charging.users):
        yield from known_partner(case, "charging.toml", f"users.{index}.partner", users.partner)
    for index, party in enumerate(case.billing.parties):
        if party.partner is not None:
            at = f"parties.{index}.partner"
            yield from known_partner(case, "billing.toml", at, party.partner)


def _work(case: Case) -> Iterator[Problem]:
    for index, work in enumerate(case.charging.work):
        yield from known_partner(case, "charging.toml", f"work.{index}.partner", work.partner)
        if work.item is not None:
            yield from known_item(case, "charging.toml", f"work.{index}.item", work.item)


def _documents(case: Case) -> Iterator[Problem]:
    runs, settlements = case.charging.runs, case.charging.settlements
    invoices = {f"runs.{index}": run.invoices for index, run in enumerate(runs)}
    invoices |= {f"settlements.{index}": year.invoices for index, year in enumerate(settlements)}
    for at, partners in invoices.items():
        for partner in partners:
            yield from known_partner(case, "charging.toml", f"{at}.invoices", partner)
    for index, leaving in enumerate(case.quotes.exits):
        yield from known_partner(case, "quotes.toml", f"exits.{index}.partner", leaving.partner)


def _planned(case: Case) -> Iterator[Problem]:
    for index, each in enumerate(case.business_cases.cases):
        for place, result in enumerate(each.results):
            if result.theme not in each.themes:
                at = f"cases.{index}.results.{place}.theme"
                yield Problem("business-cases.toml", at, f"no theme {result.theme!r} in the case")
    for index, window in enumerate(case.maintenance.windows):
        for partner in window.partners:
            at = f"windows.{index}.partners"
            yield from known_partner(case, "maintenance.toml", at, partner)
    for index, signals in enumerate(case.signals.signals):
        for partner in signals.shares:
            yield from known_partner(case, "signals.toml", f"signals.{index}.shares", partner)


def _problems(case: Case) -> Iterator[Problem]:
    for index, known in enumerate(case.problems.problems):
        yield from known_partner(case, "problems.toml", f"problems.{index}.partner", known.partner)
        if known.item is not None:
            yield from known_item(case, "problems.toml", f"problems.{index}.item", known.item)


def _named(method: Method) -> set[str]:
    """The partners that a method names."""
    match method:
        case FixedKey(shares=named) | Participation(shares=named):
            return set(named or ())
        case FixedPrice(prices=named) | FundedStaff(fte=named) | OutOfCatalogueHours(rates=named):
            return set(named)
        case Surcharge(percentages=named):
            return set(named or ())
        case _:
            return set()


def _no_budget(file: str, at: str, pool: str) -> Problem:
    return Problem(file, at, f"no budget for pool {pool!r} in budgets.toml")
