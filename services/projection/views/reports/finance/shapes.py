"""The shapes in which money is told: cells that can be opened, columns, tables, paragraphs."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from contracts.reports import (
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Figures,
    Of,
    Paragraph,
    Section,
    Table,
    ValueKind,
)
from services.projection.amounts import euro, total

EVENTS = "finance-events"
FORMULA = "figures"
LINES = "charging-lines"
HUNDRED = Decimal(100)
_HUNDREDTH_STEP = "0.01"
_HUNDREDTH = Decimal(_HUNDREDTH_STEP)

Row = tuple[Cell, ...]


def cell(value: Any, of: Of | None = None) -> Cell:
    """Days as text; what is not known has nothing to open."""
    told = value.isoformat() if isinstance(value, date) else value
    return Cell(value=told, of=None if told is None else of)


def events(aggregate: str, version: int | None = None, **where: object) -> Of:
    """The events of an aggregate, or the one that has the version.

    `event` narrows them to those of one name, `until` to what is dated on or before a day.
    """
    one = {} if version is None else {"first": str(version), "last": str(version)}
    named = {name: str(value) for name, value in where.items()}
    return Of(source=EVENTS, where={"aggregate": aggregate, **one, **named})


def formula(name: str, **where: object) -> Of:
    """The figures that a figure is calculated from."""
    named = {key: str(value) for key, value in where.items()}
    return Of(source=FORMULA, where={"figure": name, **named})


def column(key: str, kind: ValueKind) -> Column:
    return Column(key=key, kind=kind, label=f"report-finance-{key}")


def table(
    key: str,
    columns: Sequence[tuple[str, ValueKind]],
    rows: Iterable[Row],
    *charts: Chart,
    total: Row | None = None,
) -> Table:
    """Without a total where there is nothing to add up; drawn when there is a course to see."""
    rows = tuple(rows)
    return Table(
        key=key,
        columns=tuple(column(*each) for each in columns),
        rows=rows,
        total=total if rows else None,
        charts=charts if len(rows) > 1 else (),
    )


def bars(along: str, *series: str) -> Chart:
    return Chart(kind="bars", along=along, series=series)


def lines(along: str, *series: str) -> Chart:
    return Chart(kind="lines", along=along, series=series)


def section(key: str, *blocks: Block | None) -> Section:
    return Section(key=key, blocks=tuple(block for block in blocks if block is not None))


def figures(*shown: Figure | None) -> Figures | None:
    """`None` when there is none to show."""
    found = tuple(each for each in shown if each is not None)
    return Figures(figures=found) if found else None


def headline(*shown: Figure | None) -> Section | None:
    """The key figures that stand above all else; `None` when there are none."""
    told = figures(*shown)
    return None if told is None else section("finance-headline", told)


def paragraph(key: str, **told: tuple[Any, ValueKind]) -> Paragraph:
    """The text `report-finance-<key>`, with what it tells and how that is written."""
    return Paragraph(
        text=f"report-finance-{key}",
        told={name: cell(value) for name, (value, _) in told.items()},
        kinds={name: kind for name, (_, kind) in told.items()},
    )


def nothing(key: str, year: int | None = None) -> Paragraph:
    """That nothing was recorded, said of what."""
    told: dict[str, tuple[Any, ValueKind]] = {} if year is None else {"year": (str(year), "text")}
    return paragraph(f"no-{key}", **told)


def share(part: Decimal | str, whole: Decimal | str, step: str = "1") -> str | None:
    """Per cent, rounded half up to `step`; `None` without a whole."""
    if not Decimal(whole):
        return None
    return rounded(Decimal(part) * HUNDRED / Decimal(whole), step)


def part(own: Decimal | str, whole: Decimal | str) -> str | None:
    """Per cent of a key: with decimals only where it has any, two at most."""
    told = share(own, whole, _HUNDREDTH_STEP)
    return told and f"{Decimal(told).normalize():f}"


def rounded(value: Decimal | str | None, step: str = "1") -> str | None:
    """Rounded half up to a multiple of a power of ten."""
    if value is None:
        return None
    return str(Decimal(value).quantize(Decimal(step), ROUND_HALF_UP))


def less(amount: str | None, other: str | None) -> str | None:
    """The difference in euro; `None` while one of them is not known."""
    return None if amount is None or other is None else euro(Decimal(amount) - Decimal(other))


def added(amounts: Iterable[str | None]) -> str:
    """In euro; what is not known adds nothing."""
    return euro(total(amount for amount in amounts if amount is not None))


def weighted(parts: Iterable[tuple[str, str]]) -> str | None:
    """The mean of rates, weighted by amount, with two decimals; `None` without any amount."""
    known = [(Decimal(amount), Decimal(rate)) for amount, rate in parts]
    whole = total(amount for amount, _ in known)
    if not whole:
        return None
    interest = sum((amount * rate for amount, rate in known), Decimal(0))
    return str((interest / whole).quantize(_HUNDREDTH, ROUND_HALF_UP))
