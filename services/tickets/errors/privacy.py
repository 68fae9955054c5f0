"""What may not be done with personal data that is gone, or not by this caller."""

from chassis.errors import DomainError


class TicketErased(DomainError):
    """Its personal data was erased: nobody is left to add words for."""

    slug = "ticket-erased"


class PrivacyOfficerOnly(DomainError):
    """Erasing people, and reading who processed their data, is the privacy officer's."""

    slug = "privacy-officer-only"
    kind = "forbidden"


class RequesterUnknown(DomainError):
    """Nobody with this pseudonym has a ticket, or was erased before."""

    slug = "requester-unknown"
    kind = "unknown"


class ErasureUnknown(DomainError):
    """No such erasure."""

    slug = "erasure-unknown"
    kind = "unknown"
