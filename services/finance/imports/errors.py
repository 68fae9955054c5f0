"""Why rows of a file are not taken, beside what refuses a command of a person."""

from chassis.errors import DomainError


class RowsApart(DomainError):
    """Rows of one pool name it differently."""

    slug = "rows-apart"
    kind = "invalid"


class RowsWithheld(DomainError):
    """A budget is set whole: these rows wait for others of the same pool that are wrong."""

    slug = "rows-withheld"
    kind = "invalid"


class DiffersFromRecorded(DomainError):
    """It is there already with other content, and what was recorded is never rewritten."""

    slug = "differs-from-recorded"
