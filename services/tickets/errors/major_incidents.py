"""What may not be done with major incidents and the tickets that belong to them."""

from chassis.errors import DomainError


class MajorIncidentUnknown(DomainError):
    """No such major incident. Params: `major_incident`."""

    slug = "major-incident-unknown"
    kind = "unknown"


class MajorIncidentOver(DomainError):
    """Nothing is changed of a major incident that has ended. Params: `major_incident`."""

    slug = "major-incident-over"


class MajorIncidentNotShared(DomainError):
    """An update is for partners that the major incident is shared with. Params: `partner`."""

    slug = "major-incident-not-shared"


class MajorIncidentParent(DomainError):
    """The incident that a major one grew from stays with it. Params: `major_incident`."""

    slug = "major-incident-parent"


class TicketAttachedAlready(DomainError):
    """The ticket belongs to another major incident. Params: `major_incident`."""

    slug = "major-incident-attached-already"


class TicketNotAttached(DomainError):
    """The ticket belongs to no major incident."""

    slug = "major-incident-not-attached"
