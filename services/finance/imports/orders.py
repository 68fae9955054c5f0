"""Rows to commands, each with the rows that it comes from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pydantic import ValidationError

from chassis.command import Command
from chassis.errors import Fault, invalid_fields
from contracts.finance.files import FILES, FileKind
from services.finance.commands import BookCost, RegisterLoan, RegisterRisk, SetBudget
from services.finance.imports.command import FileRow
from services.finance.imports.errors import RowsApart
from services.finance.imports.texts import value

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """The command that rows stand for, or what is wrong with them, by line."""

    rows: tuple[FileRow, ...]
    command: Command | None
    faults: Mapping[int, tuple[Fault, ...]]


def orders(kind: FileKind, rows: Sequence[FileRow]) -> Iterator[Order]:
    """The commands in the order of the rows. Rows of one thing stand below each other."""
    together = FILES[kind].together

    def of(row: FileRow) -> object:
        return [row.values.get(name, "") for name in together] if together else row.line

    for _, group in groupby(rows, of):
        yield _order(kind, tuple(group))


def _order(kind: FileKind, rows: tuple[FileRow, ...]) -> Order:
    if faults := _apart(kind, rows):
        return Order(rows, None, faults)
    try:
        return Order(rows, _MADE[kind]([_values(row) for row in rows]), {})
    except ValidationError as error:
        return Order(rows, None, _by_line(rows, invalid_fields(error.errors())))


def _values(row: FileRow) -> Values:
    """What stands in the row, read; empty cells are left out."""
    return {field: value(field, text) for field, text in row.values.items() if text}


def _budget(rows: Sequence[Values]) -> Command:
    lines = [_only(row, "line", "amount", "structural") for row in rows]
    return SetBudget.model_validate({**_only(rows[0], "year", "pool", "name"), "lines": lines})


def _booking(rows: Sequence[Values]) -> Command:
    return BookCost.model_validate(rows[0])


def _risk(rows: Sequence[Values]) -> Command:
    content = {name: told for name, told in rows[0].items() if name != "risk"}
    return RegisterRisk.model_validate({**_only(rows[0], "risk"), "content": content})


def _loan(rows: Sequence[Values]) -> Command:
    loan = {name: told for name, told in rows[0].items() if "." not in name}
    for name, told in rows[0].items():
        field, _, year = name.partition(".")
        if year:
            loan.setdefault(field, {})[year] = told
    return RegisterLoan.model_validate(loan)


_MADE: Mapping[FileKind, Callable[[Sequence[Values]], Command]] = {
    "budget": _budget,
    "bookings": _booking,
    "risks": _risk,
    "loans": _loan,
}


def _only(row: Values, *names: str) -> Values:
    return {name: row[name] for name in names if name in row}


def _apart(kind: FileKind, rows: Sequence[FileRow]) -> Mapping[int, tuple[Fault, ...]]:
    """Rows of one pool that name it differently."""
    if kind != "budget":
        return {}
    name = rows[0].values.get("name", "")
    return {
        row.line: (Fault.of(RowsApart("name", name=name)),)
        for row in rows
        if row.values.get("name", "") != name
    }


def _by_line(rows: Sequence[FileRow], faults: Iterable[Fault]) -> Mapping[int, tuple[Fault, ...]]:
    """Each fault at the row that it is about, under the field of its column.

    That there are too few lines is no news where a line is wrong.
    """
    found: dict[int, tuple[Fault, ...]] = {}
    told = list(faults)
    for fault in [one for one in told if one.field != "lines"] or told:
        row, field = _place(rows, (fault.field or "").split("."))
        placed = fault.model_copy(update={"field": field})
        found[row.line] = (*found.get(row.line, ()), placed)
    return found


def _place(rows: Sequence[FileRow], path: list[str]) -> tuple[FileRow, str]:
    match path:
        case ["lines", position, *inner] if position.isdecimal():
            return rows[int(position)], ".".join(inner)
        case ["content", *inner]:
            return rows[0], inner[0] if inner else ""
        case [("redemptions" | "revisions") as name, year, *_]:
            return rows[0], f"{name}.{year}"
        case _:
            return rows[0], path[0]
