"""What the operator asks of a report, as the options say it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from contracts.reports import ReportName

Form = Literal["json", "xlsx", "pdf", "html"]
FORMS: tuple[Form, ...] = get_args(Form)
WRITTEN: frozenset[Form] = frozenset({"json", "html"})
"""What can go to standard output; the others are files."""


class QuestionUnclear(ValueError):
    """An option says nothing that we understand; the message tells what it may be."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """A sequence of the stream, or a day; neither is as things stand now."""

    sequence: int | None = None
    on: date | None = None

    def __str__(self) -> str:
        if self.sequence is not None:
            return str(self.sequence)
        return "" if self.on is None else self.on.isoformat()


@dataclass(frozen=True, slots=True)
class Question:
    report: ReportName
    partner: str | None
    period: str | None
    as_of: AsOf

    def params(self) -> dict[str, Any]:
        """Those of the query `report`."""
        return {
            "report": self.report,
            "partner": self.partner,
            "period": self.period,
            "as_of": self.as_of.sequence,
            "on": self.as_of.on and self.as_of.on.isoformat(),
        }


def read_as_of(written: str | None) -> AsOf:
    """Raises `QuestionUnclear`."""
    if not written:
        return AsOf()
    if written.isdecimal():
        return AsOf(sequence=int(written))
    try:
        return AsOf(on=date.fromisoformat(written))
    except ValueError:
        raise QuestionUnclear(
            f"--as-of {written} is neither a sequence (1200) nor a day (2026-09-30)"
        ) from None


def form_of(named: str | None, output: Path | None) -> Form:
    """The form that is named, else that of the file's name, else JSON.

    Raises `QuestionUnclear`.
    """
    wanted = named or (output.suffix.removeprefix(".") if output else "") or "json"
    for form in FORMS:
        if wanted == form:
            return form
    raise QuestionUnclear(f"a report can be had as {', '.join(FORMS)}, not as {wanted}")
