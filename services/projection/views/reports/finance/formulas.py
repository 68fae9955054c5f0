"""What a figure is calculated from: steps that are taken in turn, each on what went before."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Cell, Of, Table
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.shapes import cell, table

FoundT = TypeVar("FoundT")
Taken = Literal["plus", "minus", "times", "divided-by", "at-least"]


@dataclass(frozen=True, slots=True)
class Step:
    """One operand and what is done with it: `plus` on nothing begins the calculation.

    `amount` is in euro, `number` anything else. `label` names it, `about` whose or which it is.
    """

    taken: Taken
    label: str
    amount: Decimal | str | None = None
    number: Decimal | str | int | None = None
    about: str | None = None
    of: Of | None = None

    @property
    def row(self) -> tuple[Cell, ...]:
        return (
            cell(f"report-step-{self.taken}"),
            cell(f"report-finance-{self.label}"),
            cell(self.about),
            cell(_text(self.amount), self.of),
            cell(_text(self.number), self.of),
        )


Steps = list[Step]
Formula = Callable[[Mapping[str, str], Asked, AsyncSession], Awaitable[Steps]]
"""Raises `LookupError` or `ValueError` for a figure that there is not."""


class NoSuchFigure(LookupError):
    """The report has no figure that is asked so."""


def only(found: Iterable[FoundT]) -> FoundT:
    """The first of them. Raises `NoSuchFigure`."""
    for each in found:
        return each
    raise NoSuchFigure


def plus(label: str, amounts: Iterable[tuple[str | None, str | None, Of | None]]) -> Steps:
    """Amounts that add up, each with whose it is and what it is made of; unknown ones left out."""
    return [
        Step("plus", label, amount=amount, about=about, of=of)
        for about, amount, of in amounts
        if amount is not None
    ]


def of_hundred() -> Step:
    """The last step of a percentage."""
    return Step("times", "hundred", number=100)


def as_table(steps: Iterable[Step]) -> Table:
    return table(
        "operands",
        [
            ("step", "term"),
            ("operand", "term"),
            ("about", "text"),
            ("amount", "money"),
            ("number", "number"),
        ],
        (step.row for step in steps),
    )


def _text(value: Decimal | str | int | None) -> str | None:
    return None if value is None else str(value)
