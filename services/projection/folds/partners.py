"""Partners with their counts per year."""

from datetime import date

from services.projection.catalogue_rows import Partner
from services.projection.recorded import Recorded


def joined(_: None, event: Recorded) -> Partner:
    data = event.data
    return Partner(
        aggregate=event.aggregate,
        version=event.version,
        slug=data["partner"],
        name=data["name"],
        kind=data["kind"],
        oin=data["oin"],
        joined_on=date.fromisoformat(data["joined_on"]),
        leaves_on=None,
        theme=data.get("theme", "neutraal"),
        statistics=[],
    )


def statistics_updated(row: Partner, event: Recorded) -> Partner:
    """A later count of the same year replaces the earlier one."""
    counts = {
        name: event.data.get(name) for name in ("year", "residents", "workplaces", "key_percentage")
    }
    kept = [each for each in row.statistics if each["year"] != counts["year"]]
    years = sorted([*kept, counts], key=lambda each: each["year"])
    return row._replace(version=event.version, statistics=years)


def withdrawal_announced(row: Partner, event: Recorded) -> Partner:
    leaves_on = date.fromisoformat(event.data["leaves_on"])
    return row._replace(version=event.version, leaves_on=leaves_on)
