"""Major incidents: with whom they are shared, and what was told."""

from services.projection.incident_rows import MajorIncident
from services.projection.recorded import Recorded


def declared(_: None, event: Recorded) -> MajorIncident:
    data = event.data
    return MajorIncident(
        number=event.aggregate,
        version=event.version,
        title=data["title"],
        incident=data["incident"],
        partners=data["partners"],
        updates=[],
        declared_at=event.occurred_at,
        ended_at=None,
    )


def shared(row: MajorIncident, event: Recorded) -> MajorIncident:
    partners = [*row.partners, *event.data["partners"]]
    return row._replace(version=event.version, partners=partners)


def update_posted(row: MajorIncident, event: Recorded) -> MajorIncident:
    data = event.data
    told = {"at": data["occurred_at"], "message": data["message"], "partners": data["partners"]}
    return row._replace(version=event.version, updates=[*row.updates, told])


def ended(row: MajorIncident, event: Recorded) -> MajorIncident:
    return row._replace(version=event.version, ended_at=event.occurred_at)
