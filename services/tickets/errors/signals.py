"""Counts of security signals that cannot be."""

from chassis.errors import DomainError


class SignalsMonthFuture(DomainError):
    """A month is counted once it has begun. Params: `month`."""

    slug = "signals-month-future"
    kind = "invalid"
