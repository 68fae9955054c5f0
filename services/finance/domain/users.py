"""How many licensed users a partner has in a year."""

from datetime import datetime

from contracts.finance.costs import UsersCounted
from services.finance.commands import CountUsers
from services.finance.domain.aggregate import Aggregate
from services.finance.errors import YearClosed


class Users(Aggregate):
    partner: str
    year: int
    users: int


def key_of(order: CountUsers) -> str:
    return f"{order.year}-{order.partner}"


def decide(command: CountUsers, now: datetime, *, closed: bool) -> tuple[UsersCounted, ...]:
    """`closed`: the year is settled."""
    if closed:
        raise YearClosed("year", year=command.year)
    return (UsersCounted(occurred_at=now, **dict(command)),)


def evolve(state: Users | None, event: UsersCounted) -> Users:
    version = state.version + 1 if state else 1
    return Users(version=version, partner=event.partner, year=event.year, users=event.users)
