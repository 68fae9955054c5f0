"""What `tickets` refuses, each with a stable slug. The texts stand with the gateway."""

from chassis.errors import DomainError


class PartnerUnknown(DomainError):
    """No such partner. Params: `partner`."""

    slug = "partner-unknown"
    kind = "unknown"


class PartnerNotJoined(DomainError):
    """The partner joins later. Params: `partner`, `joined_on`."""

    slug = "partner-not-joined"


class PartnerLeft(DomainError):
    """Nothing new may be opened for a partner that has left. Params: `partner`, `leaves_on`."""

    slug = "partner-left"


class ItemUnknown(DomainError):
    """No such catalogue item. Params: `item`."""

    slug = "item-unknown"
    kind = "unknown"


class ItemNotYetValid(DomainError):
    """The item's first version holds from a later date. Params: `item`, `valid_from`."""

    slug = "item-not-yet-valid"


class ItemRetired(DomainError):
    """No new requests for a retired item. Params: `item`, `retired_from`."""

    slug = "item-retired"


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


class MomentInFuture(DomainError):
    """A history tells of a moment that is still to come. Params: `at`."""

    slug = "ticket-moment-in-future"
    kind = "invalid"


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


class NotAChange(DomainError):
    """Only a change is planned, approved and carried out. Params: `ticket_kind`."""

    slug = "change-expected"


class WindowInvalid(DomainError):
    """A window ends after it starts, and lies ahead. Params: `starts_at`, `ends_at`."""

    slug = "window-invalid"
    kind = "invalid"


class ChangeFrozen(DomainError):
    """Nothing changes during a freeze but emergencies. Params: `freeze`, `until`."""

    slug = "change-frozen"


class ChangeNotPlanned(DomainError):
    """A change is decided on once it is planned."""

    slug = "change-not-planned"


class ChangeNotApproved(DomainError):
    """Work on a change starts once it is approved."""

    slug = "change-not-approved"


class ChangeDecided(DomainError):
    """The plan was decided on before, or needs no decision. Params: `decision`."""

    slug = "change-decided"


class ChangeApproverPlanner(DomainError):
    """Who planned a change does not decide on it."""

    slug = "change-approver-planner"
    kind = "forbidden"


class ChangeNotImplemented(DomainError):
    """A change is resolved by telling how it went."""

    slug = "change-not-implemented"


class WindowUnknown(DomainError):
    """No such maintenance window or freeze. Params: `window`."""

    slug = "window-unknown"
    kind = "unknown"


class WindowMoveIllegal(DomainError):
    """What the window's status does not allow. Params: `status`, `move`."""

    slug = "window-move-illegal"
