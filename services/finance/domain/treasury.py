"""Treasury of a public body: cash limit, interest-risk norm, loans (Wet fido, Ufdo)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from services.finance.domain.money import ZERO, cents, share

JOINT_SCHEME = Decimal("8.2")
MUNICIPALITY = Decimal("8.5")
"""Per cent of the budget total that may be borrowed short (Ufdo art. 2)."""
LEAST_CASH_LIMIT = Decimal("300000.00")
MONTHS = 3
QUARTERS_IN_A_ROW = 3
"""As many over the limit are reported to the supervisor (Wet fido art. 4)."""

INTEREST_RISK = Decimal(20)
"""Per cent of the budget total (Ufdo art. 2)."""
LEAST_INTEREST_RISK = Decimal("2500000.00")


@dataclass(frozen=True, slots=True)
class CashQuarter:
    """A quarter against the cash limit; below zero the room is an overrun."""

    year: int
    quarter: int
    floating_debt: Decimal
    limit: Decimal
    in_a_row: int

    @property
    def room(self) -> Decimal:
        return self.limit - self.floating_debt

    @property
    def reportable(self) -> bool:
        return self.in_a_row >= QUARTERS_IN_A_ROW


def cash_limit(budget_total: Decimal, percentage: Decimal = JOINT_SCHEME) -> Decimal:
    """What may be borrowed short, of the original budget total of the year."""
    return max(share(budget_total, percentage), LEAST_CASH_LIMIT)


def mean(positions: Sequence[Decimal]) -> Decimal:
    """The net floating debt of a quarter: the mean of those on the first of its months."""
    return cents(sum(positions, ZERO) / len(positions))


def cash_quarters(
    debts: Mapping[tuple[int, int], Decimal], limits: Mapping[int, Decimal]
) -> Iterator[CashQuarter]:
    """Net floating debt per (year, quarter) against the limit per year, in order of time.

    Counts how many quarters in a row are over it; a quarter without a figure ends the row.
    """
    in_a_row, previous = 0, None
    for (year, quarter), debt in sorted(debts.items()):
        following = previous is None or year * 4 + quarter == previous + 1
        over = debt > limits[year]
        in_a_row = (in_a_row if following else 0) + 1 if over else 0
        previous = year * 4 + quarter
        yield CashQuarter(year, quarter, debt, limits[year], in_a_row)


@dataclass(frozen=True, slots=True)
class InterestRisk:
    """A year ahead: redemptions and rate revisions against the norm."""

    norm: Decimal
    redemptions: Decimal
    revisions: Decimal

    @property
    def room(self) -> Decimal:
        return self.norm - self.redemptions - self.revisions

    @property
    def exceeded(self) -> bool:
        return self.room < 0


def interest_risk(
    budget_total: Decimal, redemptions: Decimal, revisions: Decimal = ZERO
) -> InterestRisk:
    norm = max(share(budget_total, INTEREST_RISK), LEAST_INTEREST_RISK)
    return InterestRisk(norm, redemptions, revisions)


@dataclass(frozen=True, slots=True)
class Loan:
    """A loan in euro, its rate in per cent, what is redeemed and revised per year."""

    principal: Decimal
    rate: Decimal
    first_year: int
    redemptions: Mapping[int, Decimal]
    revisions: Mapping[int, Decimal]

    def balance(self, end_of: int) -> Decimal:
        """What is still owed at the end of the year."""
        if end_of < self.first_year:
            return ZERO
        redeemed = (amount for year, amount in self.redemptions.items() if year <= end_of)
        return self.principal - sum(redeemed, ZERO)


def balance(loans: Iterable[Loan], end_of: int) -> Decimal:
    return sum((loan.balance(end_of) for loan in loans), ZERO)


def average_rate(loans: Iterable[Loan], end_of: int) -> Decimal | None:
    """Per cent, weighted by what is still owed at the end of the year; `None` without debt."""
    return weighted_rate((loan.balance(end_of), loan.rate) for loan in loans)


def weighted_rate(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal | None:
    """The mean of rates in per cent, weighted by amount; a redemption counts as a negative one."""
    amount, interest = ZERO, Decimal(0)
    for part, rate in parts:
        amount, interest = amount + part, interest + part * rate
    return (interest / amount).quantize(Decimal("0.01"), ROUND_HALF_UP) if amount else None


def interest_risk_of(loans: Iterable[Loan], year: int, budget_total: Decimal) -> InterestRisk:
    """The norm of the year against what the loans redeem and revise in it."""
    loans = tuple(loans)
    return interest_risk(
        budget_total,
        sum((loan.redemptions.get(year, ZERO) for loan in loans), ZERO),
        sum((loan.revisions.get(year, ZERO) for loan in loans), ZERO),
    )
