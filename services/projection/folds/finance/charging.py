"""How pools are charged, the counts of users, charging runs, and the years that were closed."""

from datetime import date

from services.projection.finance_rows import ChargingMethod, ChargingRun, SettledYear, UserCount
from services.projection.recorded import Recorded

_PART = ("lines", "total", "advanced", "due")


def method_set(row: ChargingMethod | None, event: Recorded) -> ChargingMethod:
    data = event.data
    added = {
        "version": event.version,
        "valid_from": data["valid_from"],
        "method": data["method"],
    }
    return ChargingMethod(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        pool=data["pool"],
        methods=[*(row.methods if row else ()), added],
    )


def users_counted(_: UserCount | None, event: Recorded) -> UserCount:
    """A later count of the year corrects the earlier one."""
    return UserCount(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        partner=event.data["partner"],
        year=event.data["year"],
        users=event.data["users"],
    )


def run_completed(_: None, event: Recorded) -> ChargingRun:
    data = event.data
    first = date.fromisoformat(data["first"])
    return ChargingRun(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        run=data["run"],
        year=first.year,
        kind=data["kind"],
        first=first,
        last=date.fromisoformat(data["last"]),
        catalogue_sequence=data["catalogue_sequence"],
        time_sequence=data["time_sequence"],
        pools=data["pools"],
        cost=data["cost"],
        charged=data["charged"],
        borne=data["borne"],
        parts={},
    )


def allocated(row: ChargingRun, event: Recorded) -> ChargingRun:
    data = event.data
    part = {"version": event.version, **{name: data[name] for name in _PART}}
    return row._replace(
        version=event.version,
        stream_sequence=event.sequence,
        parts={**row.parts, data["partner"]: part},
    )


def settled(_: None, event: Recorded) -> SettledYear:
    data = event.data
    return SettledYear(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        year=data["year"],
        run=data["run"],
        cost=data["cost"],
        charged=data["charged"],
        closed_at=event.occurred_at,
    )
