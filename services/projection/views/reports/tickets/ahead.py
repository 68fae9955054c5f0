"""What is ahead: maintenance, freezes and planned changes of the four weeks that follow."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Cell, Column, Table
from services.projection.views.maintenance import maintenance
from services.projection.views.params import MaintenanceParams
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.cells import moment, term, told

DAYS = 28
_OVER = frozenset({"cancelled", "completed", "lifted"})


async def tables(asked: Asked, session: AsyncSession) -> Sequence[Table]:
    """Windows and changes that touch the period from the report's moment; what is over is out."""
    params = MaintenanceParams.model_validate(
        {
            "from": asked.today,
            "to": asked.today + timedelta(days=DAYS - 1),
            "partner": asked.partner,
        }
    )
    found = await maintenance(params, asked.reader(), session)
    windows = [window for window in found["windows"] if window["status"] not in _OVER]
    changes = [change for change in found["changes"] if _ahead(change)]
    return [_windows(windows), _changes(changes)]


def _ahead(change: Mapping[str, Any]) -> bool:
    return change["status"] not in ("resolved", "closed", "cancelled") and not change["result"]


def _windows(rows: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        key="maintenance-ahead",
        columns=(
            Column(key="number", kind="text"),
            Column(key="window", kind="text"),
            Column(key="window-kind", kind="term"),
            Column(key="starts", kind="moment"),
            Column(key="ends", kind="moment"),
            Column(key="window-status", kind="term"),
        ),
        rows=tuple(
            (
                told(row["window"]),
                told(row["title"]),
                term("report-window", row["kind"]),
                moment(row["starts_at"]),
                moment(row["ends_at"]),
                term("window-status", row["status"]),
            )
            for row in rows
        ),
    )


def _changes(rows: Sequence[Mapping[str, Any]]) -> Table:
    return Table(
        key="changes-ahead",
        columns=(
            Column(key="ticket", kind="text"),
            Column(key="change-type", kind="term"),
            Column(key="risk", kind="term"),
            Column(key="starts", kind="moment"),
            Column(key="ends", kind="moment"),
            Column(key="decision", kind="term"),
        ),
        rows=tuple(
            (
                told(row["ticket"]),
                term("change-type", row["change_type"]),
                term("risk", row["risk"]),
                _planned(row["starts_at"]),
                _planned(row["ends_at"]),
                term("decision", row["decision"] or "none"),
            )
            for row in rows
        ),
    )


def _planned(at: str) -> Cell:
    return moment(datetime.fromisoformat(at))
