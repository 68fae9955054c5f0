"""Maintenance windows and change freezes."""

from datetime import datetime

from services.projection.models import Window
from services.projection.recorded import Recorded


def maintenance_planned(_: None, event: Recorded) -> Window:
    return _planned(event, "maintenance", "planned")


def freeze_declared(_: None, event: Recorded) -> Window:
    return _planned(event, "freeze", "frozen")


def announced(row: Window, event: Recorded) -> Window:
    return row._replace(version=event.version, status="announced", announced_at=event.occurred_at)


def completed(row: Window, event: Recorded) -> Window:
    return row._replace(
        version=event.version, status="completed", as_planned=event.data["as_planned"]
    )


def cancelled(row: Window, event: Recorded) -> Window:
    return row._replace(version=event.version, status="cancelled")


def lifted(row: Window, event: Recorded) -> Window:
    return row._replace(version=event.version, status="lifted")


def _planned(event: Recorded, kind: str, status: str) -> Window:
    data = event.data
    return Window(
        number=event.aggregate,
        version=event.version,
        kind=kind,
        title=data["title"],
        description=data.get("description", ""),
        partners=data["partners"],
        starts_at=datetime.fromisoformat(data["starts_at"]),
        ends_at=datetime.fromisoformat(data["ends_at"]),
        status=status,
        announced_at=None,
        as_planned=None,
    )
