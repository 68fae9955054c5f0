"""Histories that cannot be taken in."""

from chassis.errors import DomainError


class MomentInFuture(DomainError):
    """A history tells of a moment that is still to come. Params: `at`."""

    slug = "ticket-moment-in-future"
    kind = "invalid"


class OperatorOnly(DomainError):
    """Histories are imported by the operator."""

    slug = "ticket-import-forbidden"
    kind = "forbidden"


class HistoryRepeated(DomainError):
    """A command carries no history twice. Params: `external`."""

    slug = "ticket-history-repeated"
    kind = "invalid"


class HistoryNotOpened(DomainError):
    """A history begins by opening the ticket, and opens it once."""

    slug = "ticket-history-not-opened"
    kind = "invalid"
