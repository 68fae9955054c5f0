"""Values of a report as a spreadsheet holds them: numbers, days and times with their formats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from contracts.periods import AMSTERDAM
from contracts.reports import ValueKind
from services.gateway.reports.words import Value

DAY_SECONDS = 86400
"""A spreadsheet counts time in days."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A value and the format in which it is shown; `strong` for a heading.

    `sheet` is the one that it leads to.
    """

    value: str | int | Decimal | date | datetime | None
    shown: str = "General"
    strong: bool = False
    sheet: str | None = None


def filled(value: Value, kind: ValueKind, *, cents: bool = True, strong: bool = False) -> Filled:
    if value is None:
        return Filled(None)
    if kind == "money":
        return Filled(Decimal(value), '"€" #,##0.00' if cents else '"€" #,##0')
    fill = _FILLS.get(kind)
    return fill(str(value)) if fill else Filled(str(value), strong=strong)


def _decimals(told: str) -> str:
    """As many decimals as the value was given with."""
    _, _, decimals = told.partition(".")
    return f"#,##0.{'0' * len(decimals)}" if decimals else "#,##0"


def _local(told: str) -> datetime:
    """A spreadsheet knows no time zones."""
    return datetime.fromisoformat(told).astimezone(AMSTERDAM).replace(tzinfo=None)


_FILLS: Mapping[ValueKind, Callable[[str], Filled]] = {
    "count": lambda told: Filled(int(told), "#,##0"),
    "percentage": lambda told: Filled(Decimal(told) / 100, f"{_decimals(told)}%"),
    "number": lambda told: Filled(Decimal(told), _decimals(told)),
    "year-part": lambda told: Filled(Decimal(told), "0.00"),
    "duration": lambda told: Filled(Decimal(told) / DAY_SECONDS, "[h]:mm"),
    "date": lambda told: Filled(date.fromisoformat(told), "dd-mm-yyyy"),
    "moment": lambda told: Filled(_local(told), "dd-mm-yyyy hh:mm"),
}
