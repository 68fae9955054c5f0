"""Cost pools: budget per line with its amendments, and what was booked, by whom it is for."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from services.projection.amounts import ZERO, added, euro
from services.projection.finance_rows import SHARED, CostPool
from services.projection.recorded import Recorded

Line = Mapping[str, Any]


def budget_set(_: None, event: Recorded) -> CostPool:
    data = event.data
    return CostPool(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        year=data["year"],
        pool=data["pool"],
        name=data["name"],
        lines=_with((), data["lines"], "original"),
        amendments=[],
        bookings=0,
        structural={},
        incidental={},
        months={},
    )


def amended(row: CostPool, event: Recorded) -> CostPool:
    data = event.data
    told = {
        "version": event.version,
        **{name: data[name] for name in ("amended_on", "description", "lines")},
    }
    return row._replace(
        version=event.version,
        stream_sequence=event.sequence,
        lines=_with(row.lines, data["lines"], "amended"),
        amendments=[*row.amendments, told],
    )


def booked(row: CostPool, event: Recorded) -> CostPool:
    data = event.data
    whose = data.get("partner") or SHARED
    kind = "structural" if data.get("structural", True) else "incidental"
    sums: dict[str, Any] = {kind: added(getattr(row, kind), whose, data["amount"])}
    month = str(date.fromisoformat(data["booked_on"]).month)
    return row._replace(
        version=event.version,
        stream_sequence=event.sequence,
        bookings=row.bookings + 1,
        lines=_booked_on(row.lines, data, whose),
        months={**row.months, month: added(row.months.get(month, {}), whose, data["amount"])},
        **sums,
    )


def _with(lines: Iterable[Line], more: Iterable[Line], part: str) -> list[dict[str, Any]]:
    """The lines with amounts added to their `original` or `amended` part; new ones at the end."""
    found = {(each["line"], each["structural"]): dict(each) for each in lines}
    for each in more:
        key = each["line"], each.get("structural", True)
        before = found.setdefault(key, _empty(*key))
        before[part] = euro(Decimal(before[part]) + Decimal(each["amount"]))
    return list(found.values())


def _empty(line: str, structural: bool) -> dict[str, Any]:  # noqa: FBT001  a key's parts
    zero = euro(ZERO)
    return {
        "line": line,
        "structural": structural,
        "original": zero,
        "amended": zero,
        "booked": {},
    }


def _booked_on(lines: Sequence[Line], booking: Mapping[str, Any], whose: str) -> Sequence[Line]:
    """The booking on the line that it names; one that no budget has is there from then on."""
    if booking.get("line") is None:
        return lines
    key = booking["line"], booking.get("structural", True)
    known = any((each["line"], each["structural"]) == key for each in lines)
    return [
        {**each, "booked": added(each["booked"], whose, booking["amount"])}
        if (each["line"], each["structural"]) == key
        else each
        for each in (lines if known else [*lines, _empty(*key)])
    ]
