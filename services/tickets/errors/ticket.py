"""What may not be done with a ticket, or not by this caller."""

from chassis.errors import DomainError


class LevelUnknown(DomainError):
    """An impact or urgency outside the priority matrix. Params: `level`, `levels`."""

    slug = "level-unknown"
    kind = "invalid"


class MoveIllegal(DomainError):
    """The ticket's status does not allow this. Params: `status`, `move`, `allowed` (a list)."""

    slug = "ticket-move-illegal"


class ReopenTooLate(DomainError):
    """The days in which it might be reopened are over. Params: `days`, `until` (last date)."""

    slug = "ticket-reopen-too-late"


class MomentTooEarly(DomainError):
    """The command's moment lies before the ticket's last event. Params: `at`, `last`."""

    slug = "ticket-moment-too-early"


class TicketUnknown(DomainError):
    """No such ticket, or none that the caller may know of."""

    slug = "not-found"
    kind = "unknown"


class RequesterNotSelf(DomainError):
    """A user opens tickets in their own name only."""

    slug = "ticket-requester-not-self"
    kind = "forbidden"


class MoveForbidden(DomainError):
    """The service desk makes this move, not the user. Params: `move`."""

    slug = "ticket-move-forbidden"
    kind = "forbidden"


class KindForbidden(DomainError):
    """Changes and problems are the service centre's own. Params: `ticket_kind`."""

    slug = "ticket-kind-forbidden"
    kind = "forbidden"


class WorkDateOutside(DomainError):
    """Work is done from the opening until today. Params: `first`, `last` (dates)."""

    slug = "ticket-work-date-outside"
    kind = "invalid"


class RatingNotRequester(DomainError):
    """Only who asked rates."""

    slug = "ticket-rating-not-requester"
    kind = "forbidden"


class RatingTooEarly(DomainError):
    """A ticket is rated once it is closed. Params: `status`."""

    slug = "ticket-rating-too-early"


class RatedAlready(DomainError):
    """A ticket is rated once."""

    slug = "ticket-rated-already"


class TicketNotOpen(DomainError):
    """There is nothing to be done any more. Params: `status`."""

    slug = "ticket-not-open"


class TaskUnknown(DomainError):
    """The request has no such task. Params: `task`."""

    slug = "ticket-task-unknown"
    kind = "unknown"


class TaskDone(DomainError):
    """A task is done once. Params: `task`."""

    slug = "ticket-task-done"


class TasksOpen(DomainError):
    """A request resolves when all its tasks are done. Params: `count`, `tasks` (a list)."""

    slug = "ticket-tasks-open"
