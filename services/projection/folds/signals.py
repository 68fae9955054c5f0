"""Security signals: the last count of a month holds."""

from services.projection.incident_rows import SecuritySignals
from services.projection.recorded import Recorded


def counted(row: SecuritySignals | None, event: Recorded) -> SecuritySignals:
    data = event.data
    return SecuritySignals(
        aggregate=event.aggregate,
        version=event.version,
        partner=data["partner"],
        month=data["month"],
        counts={**(row.counts if row else {}), data["sort"]: data["count"]},
        counted_at=event.occurred_at,
    )
