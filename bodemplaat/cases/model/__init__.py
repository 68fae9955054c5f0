"""The shape of a case's files. `cases/README.md` describes them for people.

`basis` says of a figure whether the cooperation published it or whether it was chosen to make
the case run; every figure has one.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from bodemplaat.cases.model.cooperation import (
    ALWAYS,
    About,
    Agreements,
    Calendar,
    Calendars,
    Catalogue,
    LocalPerson,
    Partners,
    People,
    ServiceLevel,
    ServiceLevels,
)
from bodemplaat.cases.model.row import Row
from bodemplaat.cases.model.tickets import (
    Course,
    Mix,
    Reasons,
    TicketPlan,
    TicketText,
    Volume,
    Volumes,
)

__all__ = [
    "ALWAYS",
    "About",
    "Agreements",
    "Calendar",
    "Calendars",
    "Case",
    "Catalogue",
    "Course",
    "LocalPerson",
    "Mix",
    "Partners",
    "People",
    "Reasons",
    "Row",
    "ServiceLevel",
    "ServiceLevels",
    "TicketPlan",
    "TicketText",
    "Volume",
    "Volumes",
]


class Case(BaseModel):
    """A whole case, every file of it checked on its own and against the others."""

    model_config = ConfigDict(frozen=True)

    name: str
    about: About
    partners: Partners
    calendars: Calendars
    catalogue: Catalogue
    service_levels: ServiceLevels
    agreements: Agreements
    people: People
    tickets: TicketPlan
    volumes: Volumes = Volumes()

    @property
    def set_up_at(self) -> datetime:
        return self.about.set_up_at
