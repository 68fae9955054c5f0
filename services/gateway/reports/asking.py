"""Asking `projection` for a report: the document, or how far the making of it is."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.reports import REPORTS, Report, ReportName
from services.gateway.backend import Backend
from services.gateway.errors import PartnerNeeded
from services.gateway.identity import Person


@dataclass(frozen=True, slots=True)
class Question:
    """A report over a period; as of the sequence `as_of` and the day `on`, or as things stand."""

    report: ReportName
    partner: str | None = None
    period: str | None = None
    as_of: int | None = None
    on: date | None = None

    def params(self) -> dict[str, Any]:
        """Those of the queries `report` and `report-sources`."""
        return {
            "report": self.report,
            "partner": self.partner,
            "period": self.period,
            "as_of": self.as_of,
            "on": self.on.isoformat() if self.on else None,
        }


@dataclass(frozen=True, slots=True)
class Made:
    """A document, and its id where it is kept. One of the past always is."""

    report: Report
    kept: str | None


@dataclass(frozen=True, slots=True)
class Making:
    """A report that is made in the background: `done` of `of` events have been read."""

    job: str
    state: str
    done: int
    of: int

    @classmethod
    def of_reply(cls, job: dict[str, Any]) -> "Making":
        return cls(str(job["id"]), str(job["state"]), int(job["done"]), int(job["of"]))

    def told(self) -> dict[str, Any]:
        return {"job": self.job, "state": self.state, "done": self.done, "of": self.of}


def question(person: Person, report: ReportName, partner: str | None, **asked: Any) -> Question:
    """About the partner that is named, or the only one that the person acts for.

    Raises `PartnerNeeded` for who acts for several and names none.
    """
    if REPORTS[report].about == "centre":
        return Question(report, None, **asked)
    if partner is None and person.partners is not None:
        if len(person.partners) != 1:
            raise PartnerNeeded
        (partner,) = person.partners
    return Question(report, partner, **asked)


async def ask(
    asked: Question, backend: Backend, person: Person, *, keep: bool = False
) -> Made | Making:
    """With `keep` one of how things stand now is kept too. Raises as `Backend.view` does."""
    reply = await backend.view("report", person, **asked.params(), keep=keep or None)
    if "job" in reply:
        return Making.of_reply(reply["job"])
    return Made(Report.model_validate(reply["report"]), reply.get("kept"))
