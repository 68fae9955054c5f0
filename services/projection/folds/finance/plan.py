"""Indicators, business cases and quotes."""

from services.projection.finance_position_rows import BusinessCase, Indicator
from services.projection.finance_rows import Quote
from services.projection.recorded import Recorded


def indicator_set(_: Indicator | None, event: Recorded) -> Indicator:
    """A later word on the year corrects the earlier one."""
    data = event.data
    return Indicator(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        indicator=data["indicator"],
        year=data["year"],
        name=data["name"],
        unit=data["unit"],
        value=data["value"],
        benchmark=data.get("benchmark"),
        domain=data.get("domain"),
        goal=data.get("goal"),
    )


def case_planned(_: None, event: Recorded) -> BusinessCase:
    data = event.data
    return BusinessCase(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        business_case=data["case"],
        name=data["name"],
        themes=data["themes"],
        results={},
        standing=data["standing"],
    )


def result_recorded(row: BusinessCase, event: Recorded) -> BusinessCase:
    data = event.data
    theme, year = data["theme"], str(data["result"]["year"])
    told = {"result": data["result"], "forecast": data.get("forecast", False)}
    return row._replace(
        version=event.version,
        stream_sequence=event.sequence,
        results={**row.results, theme: {**row.results.get(theme, {}), year: told}},
        standing=data["standing"],
    )


def quoted(_: None, event: Recorded) -> Quote:
    data = event.data
    return Quote(
        aggregate=event.aggregate,
        version=event.version,
        stream_sequence=event.sequence,
        quote=data["quote"],
        kind="exit" if "partner" in data else "entry",
        name=data.get("name"),
        partner=data.get("partner"),
        assumptions=data["assumptions"],
        lines=data["lines"],
        total=data["total"],
        quoted_at=event.occurred_at,
    )
