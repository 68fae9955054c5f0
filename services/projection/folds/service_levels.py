"""Norms of an item or of a whole domain, per kind and priority, from a date."""

from services.projection.models import ServiceLevel
from services.projection.recorded import Recorded


def level_set(row: ServiceLevel | None, event: Recorded) -> ServiceLevel:
    data = event.data
    added = {"valid_from": data["valid_from"], "norm": data["norm"]}
    if row is not None:
        return row._replace(version=event.version, versions=[*row.versions, added])
    return ServiceLevel(
        aggregate=event.aggregate,
        version=event.version,
        domain=data["domain"],
        item=data["item"],
        kind=data["kind"],
        priority=data["priority"],
        versions=[added],
    )
