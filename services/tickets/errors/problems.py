"""What may not be done with problems and the incidents behind which they are."""

from chassis.errors import DomainError


class NotAProblem(DomainError):
    """Only a problem has a root cause and a workaround. Params: `ticket_kind`."""

    slug = "problem-expected"


class NotAnIncident(DomainError):
    """Only incidents are linked to a problem or belong to a major one. Params: `ticket_kind`."""

    slug = "incident-expected"


class ProblemUnknown(DomainError):
    """No such problem. Params: `problem`."""

    slug = "ticket-problem-unknown"
    kind = "unknown"


class ProblemEnded(DomainError):
    """The problem is resolved, closed or cancelled. Params: `problem`, `status`."""

    slug = "problem-ended"


class IncidentLinkedAlready(DomainError):
    """Another problem is behind the incident. Params: `problem`."""

    slug = "incident-linked-already"


class IncidentNotLinked(DomainError):
    """No problem is behind the incident."""

    slug = "incident-not-linked"


class KnownErrorAbsent(DomainError):
    """The problem has no workaround that could be withdrawn."""

    slug = "known-error-absent"
