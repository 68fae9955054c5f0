"""What may not be done with a change."""

from chassis.errors import DomainError


class NotAChange(DomainError):
    """Only a change is planned, approved and carried out. Params: `ticket_kind`."""

    slug = "change-expected"


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
