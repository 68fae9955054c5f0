"""Why a question to the read models is refused. What is outside the scope is `not-found`."""

from chassis.errors import DomainError


class SortUnknown(DomainError):
    """A list cannot be sorted by this; `allowed` names what it can be sorted by."""

    slug = "sort-unknown"
    kind = "invalid"


class PeriodInvalid(DomainError):
    """A period ends before it begins, or is longer than `longest` days."""

    slug = "period-invalid"
    kind = "invalid"


class ReadModelsOutdated(DomainError):
    """The read models were made by another release and wait to be rebuilt."""

    slug = "read-models-outdated"
    kind = "unavailable"


class ReportPartnerNeeded(DomainError):
    """A report is of one partner, and none was named."""

    slug = "report-partner-needed"
    kind = "invalid"


class ReportPeriodUnknown(DomainError):
    """What was given is no period."""

    slug = "report-period-unknown"
    kind = "invalid"


class ReportPeriodUnsuitable(DomainError):
    """A report is not made over such a period; `allowed` names the kinds over which it is."""

    slug = "report-period-unsuitable"
    kind = "invalid"


class ReportSourceUnknown(DomainError):
    """No figure of the report is made of such rows."""

    slug = "report-source-unknown"
    kind = "unknown"


class ReportSequenceAhead(DomainError):
    """The stream ends at `last`, before the sequence as of which a report was asked."""

    slug = "report-sequence-ahead"
    kind = "invalid"


class ReportDayNotOver(DomainError):
    """Of a day that is not over nobody knows yet how it ends."""

    slug = "report-day-not-over"
    kind = "invalid"


class ReportPartnerAbsent(DomainError):
    """As of then there was no such partner."""

    slug = "report-partner-absent"
    kind = "invalid"


class ReportJobsFull(DomainError):
    """As many reports wait to be made as may, of everybody or of one person."""

    slug = "report-jobs-full"
    kind = "unavailable"


class ReportFailed(DomainError):
    """The report could not be made; the log of the service tells why."""

    slug = "report-failed"
    kind = "internal"
