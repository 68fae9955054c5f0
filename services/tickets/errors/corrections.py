"""What may not be done with a correction of clocks."""

from chassis.errors import DomainError


class CorrectionUnknown(DomainError):
    """No such correction, or none that concerns the caller's tickets. Params: `correction`."""

    slug = "correction-unknown"
    kind = "unknown"


class CorrectionKeeperRequired(DomainError):
    """Who keeps the catalogue decides on what its corrections do."""

    slug = "correction-keeper-required"
    kind = "forbidden"


class CorrectionNotReady(DomainError):
    """It is still being worked out what it changes. Params: `status`."""

    slug = "correction-not-ready"


class CorrectionStale(DomainError):
    """Tickets have gone on since the preview, which is to be refreshed first. Params: `moved`."""

    slug = "correction-stale"


class CorrectionSettled(DomainError):
    """It was accepted or dropped before. Params: `status`."""

    slug = "correction-settled"
