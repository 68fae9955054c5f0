"""The charts of a report: a drawing of the table that it stands beside, with its legend."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from markupsafe import Markup

from contracts.reports import Chart, Column, Table
from services.gateway.charts import Plot, Series
from services.gateway.charts import figure as drawing
from services.gateway.reports.words import Value, Words

ROUND_FROM = Decimal(10_000_000)
"""From this amount on, an axis counts in millions."""
WHOLE_FROM = Decimal(10)
HOUR, MINUTE = Decimal(3600), Decimal(60)


def figure(words: Words, table: Table, chart: Chart, name: str) -> Markup:
    """For a page. `name` is unlike that of any other chart on it."""
    return drawing(plotted(words, table, chart), name)


def plotted(words: Words, table: Table, chart: Chart) -> Plot:
    """Raises `KeyError` for a chart of a column that the table has not."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    along = places[chart.along]
    measured = [places[name] for name in chart.series]
    unit = _unit(table, measured)
    labels = _labels(words, [row[along].value for row in table.rows], table.columns[along])
    series = tuple(
        Series(
            words.column(table.columns[place]),
            tuple(_measure(row[place].value, unit) for row in table.rows),
            "line" if chart.kind == "lines" else "bar",
        )
        for place in measured
    )
    return Plot(
        title=words.say("told-chart-of", name=words.caption(table)),
        description=_description(words, table.columns[along], labels, series),
        labels=labels,
        series=series,
        write=_writer(words, table.columns[measured[0]], unit, _most(series)),
        stacked=chart.kind == "stacked",
    )


def _description(
    words: Words, along: Column, labels: tuple[str, ...], series: tuple[Series, ...]
) -> str:
    if not labels:
        return words.say("told-empty")
    return words.say(
        "told-chart-desc",
        series=", ".join(one.name for one in series),
        along=words.column(along),
        count=len(labels),
        first=labels[0],
        last=labels[-1],
    )


def _labels(words: Words, values: Sequence[Value], column: Column) -> tuple[str, ...]:
    """Days of one year are told without it."""
    if column.kind != "date" or None in values:
        return tuple(words.value(value, column.kind) for value in values)
    days = [str(value) for value in values]
    years = {day[:4] for day in days}
    return tuple(
        words.formats.short_day(day) + (f" {day[:4]}" if len(years) > 1 else "") for day in days
    )


def _measure(value: Value, unit: Decimal) -> Decimal | None:
    return None if value is None else Decimal(value) / unit


def _unit(table: Table, places: list[int]) -> Decimal:
    """Durations are drawn in hours, or in minutes when none is an hour: round figures of those."""
    if table.columns[places[0]].kind != "duration":
        return Decimal(1)
    most = max((int(row[at].value or 0) for row in table.rows for at in places), default=0)
    return HOUR if most >= HOUR else MINUTE


def _most(series: tuple[Series, ...]) -> Decimal:
    return max((abs(value) for one in series for value in one.values if value), default=Decimal(0))


def _writer(words: Words, column: Column, unit: Decimal, most: Decimal) -> Callable[[Decimal], str]:
    """How a figure beside the axis is written."""
    formats = words.formats
    match column.kind:
        case "duration":
            return lambda value: formats.duration(float(value * unit))
        case "percentage":
            return lambda value: f"{formats.decimal(value)} %"
        case "money":
            return formats.whole_euro if ROUND_FROM > most >= WHOLE_FROM else formats.round_euro
        case _:
            return formats.decimal
