"""Why a file as a whole is not taken."""

from chassis.errors import DomainError


class TableUnreadable(DomainError):
    """It is no workbook, though its name says so."""

    slug = "table-unreadable"
    kind = "invalid"


class TableEmpty(DomainError):
    """It has no header, so nobody knows what its columns are."""

    slug = "table-empty"
    kind = "invalid"


class TableForeign(DomainError):
    """Its columns are not those of what it is taken for: `missing` and `unknown` ones."""

    slug = "table-foreign"
    kind = "invalid"


class TableTooLong(DomainError):
    """It has more than `limit` rows, or unfolds to more than a workbook should."""

    slug = "table-too-long"
    kind = "invalid"
