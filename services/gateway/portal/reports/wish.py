"""What somebody wants of a report, as the address has it, and the choices that a form offers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from contracts.periods import Period, PeriodKind, current, period, previous
from contracts.reports import Of, Report, ReportKind, ReportName
from services.gateway.identity import Person
from services.gateway.portal.listing import day
from services.gateway.reports.asking import Question, question

PATH = "/rapporten"
KEPT = f"{PATH}/bewaard"
FIELDS = {"partner": "deelnemer", "period": "periode", "as_of": "stand", "on": "dag"}
"""What a question's fields are called in an address."""
OFFERED: Mapping[PeriodKind, int] = {"month": 24, "quarter": 20, "year": 6}
"""Periods back that a form offers; others can be written."""
DAYS_BACK = (28, 7, 91)
_LONGEST = 64
_LONGEST_SEQUENCE = 15


@dataclass(frozen=True, slots=True)
class Wish:
    """The fields of a form about a report, as they were filled in.

    `kept` is the id of the kept document whose figures are opened; the rest then says nothing more.
    """

    partner: str = ""
    period: str = ""
    on: str = ""
    as_of: str = ""
    kept: str = ""

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> "Wish":
        """Of an address or a form; a period that is written goes before one that is chosen."""
        names = ("anders", "bewaard", *FIELDS.values())
        said = {name: str(given.get(name, "")).strip()[:_LONGEST] for name in names}
        period = said["anders"] or said["periode"]
        return cls(said["deelnemer"], period, said["dag"], said["stand"], said["bewaard"])

    @property
    def looks_back(self) -> bool:
        return bool(self.on or self.as_of)

    def wrong(self) -> dict[str, str]:
        """The ids of texts about what cannot be read at all, by field."""
        found = {}
        if self.on and not day(self.on):
            found["dag"] = "reports-fault-day"
        if self.as_of and not _is_sequence(self.as_of):
            found["stand"] = "reports-fault-sequence"
        return found

    def question(self, person: Person, report: ReportName) -> Question:
        """Only of a wish that has nothing wrong."""
        return question(
            person,
            report,
            self.partner or None,
            period=self.period or None,
            as_of=int(self.as_of) if self.as_of else None,
            on=date.fromisoformat(self.on) if self.on else None,
        )

    def query(self, **more: str | Sequence[str]) -> str:
        """As it stands behind an address, from its question mark on; nothing of nothing."""
        told = {
            "deelnemer": self.partner,
            "periode": self.period,
            "dag": self.on,
            "stand": self.as_of,
            "bewaard": self.kept,
            **more,
        }
        written = urlencode({name: value for name, value in told.items() if value}, doseq=True)
        return f"?{written}" if written else ""


def wish_of(report: Report, *, kept: str = "") -> Wish:
    """What would give this report again, as things stand or as it is kept."""
    return Wish(report.partner or "", report.period, kept=kept)


def source_query(wish: Wish, of: Of, page: int = 1) -> str:
    """The address of what a figure is made of, from its question mark on."""
    where = [f"{key}:{value}" for key, value in sorted(of.where.items())]
    return wish.query(bron=of.source, waar=where, pagina=str(page) if page > 1 else "")


def periods(kind: ReportKind, today: date) -> Iterator[Period]:
    """Those that a form offers: per kind the latest first, the usual kind before the others."""
    for name in kind.periods:
        if name == "days":
            for days in DAYS_BACK:
                yield period(f"{today - timedelta(days=days - 1)}..{today}")
        else:
            found = current(name, today)
            for _ in range(OFFERED[name]):
                yield found
                found = previous(found)


def _is_sequence(written: str) -> bool:
    return written.isdecimal() and len(written) <= _LONGEST_SEQUENCE and int(written) > 0
