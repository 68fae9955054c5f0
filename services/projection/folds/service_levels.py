"""Norms per kind and priority, the calendars that they run in, and experience targets (XLA)."""

from collections.abc import Sequence

from services.projection.catalogue_rows import Calendar, ExperienceTarget, ServiceLevel
from services.projection.column_kinds import Json
from services.projection.recorded import Recorded


def level_set(row: ServiceLevel | None, event: Recorded) -> ServiceLevel:
    data = event.data
    added = {"valid_from": data["valid_from"], "norm": data["norm"], "reason": data.get("reason")}
    if row is not None:
        return row._replace(version=event.version, versions=_in_order([*row.versions, added]))
    return ServiceLevel(
        aggregate=event.aggregate,
        version=event.version,
        domain=data["domain"],
        item=data["item"],
        kind=data["kind"],
        priority=data["priority"],
        versions=[added],
    )


def calendar_defined(row: Calendar | None, event: Recorded) -> Calendar:
    data = event.data
    added = {name: data[name] for name in _DEFINED} | {"reason": data.get("reason")}
    return Calendar(
        aggregate=event.aggregate,
        version=event.version,
        calendar=data["calendar"],
        versions=_in_order([*(row.versions if row else ()), added]),
    )


def experience_set(row: ExperienceTarget | None, event: Recorded) -> ExperienceTarget:
    data = event.data
    added = {"valid_from": data["valid_from"], "target": data["target"]}
    return ExperienceTarget(
        aggregate=event.aggregate,
        version=event.version,
        partner=data["partner"],
        domain=data["domain"],
        versions=[*(row.versions if row else ()), added],
    )


def _in_order(versions: Sequence[Json]) -> list[Json]:
    """By the day on which they begin; a correction stands after what it corrects."""
    return sorted(versions, key=lambda each: str(each["valid_from"]))


_DEFINED = (
    "calendar_version",
    "valid_from",
    "name",
    "hours",
    "public_holidays",
    "liberation_day_yearly",
    "closing_days",
)
