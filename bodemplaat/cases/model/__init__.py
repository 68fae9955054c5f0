"""The shape of a case's files. `cases/README.md` describes them for people.

`basis` says of a figure whether the cooperation published it or whether it was chosen to make
the case run; every figure has one.
"""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from bodemplaat.cases.model.billing import Billing
from bodemplaat.cases.model.charging import Budgets, Charging, Quotes
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
from bodemplaat.cases.model.funding import Risks, Treasury
from bodemplaat.cases.model.plans import (
    BusinessCases,
    Indicators,
    Maintenance,
    SecuritySignals,
)
from bodemplaat.cases.model.problems import Problems
from bodemplaat.cases.model.published import Published, PublishedFigure, PublishedTable
from bodemplaat.cases.model.row import Basis, Dated, Row
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
    "Basis",
    "Billing",
    "Budgets",
    "BusinessCases",
    "Calendar",
    "Calendars",
    "Case",
    "Catalogue",
    "Charging",
    "Course",
    "Dated",
    "Indicators",
    "LocalPerson",
    "Maintenance",
    "Mix",
    "Partners",
    "People",
    "Problems",
    "Published",
    "PublishedFigure",
    "PublishedTable",
    "Quotes",
    "Reasons",
    "Risks",
    "Row",
    "SecuritySignals",
    "ServiceLevel",
    "ServiceLevels",
    "TicketPlan",
    "TicketText",
    "Treasury",
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
    agreements: Agreements
    people: People
    service_levels: ServiceLevels | None = None
    tickets: TicketPlan | None = None
    volumes: Volumes = Volumes()
    maintenance: Maintenance = Maintenance()
    signals: SecuritySignals = SecuritySignals()
    problems: Problems = Problems()
    budgets: Budgets = Budgets()
    charging: Charging = Charging()
    billing: Billing = Billing()
    quotes: Quotes = Quotes()
    risks: Risks = Risks()
    treasury: Treasury = Treasury()
    indicators: Indicators = Indicators()
    business_cases: BusinessCases = BusinessCases()
    published: Published = Published()

    @property
    def levels(self) -> tuple[ServiceLevel, ...]:
        """The norms, none where nothing is promised."""
        return self.service_levels.service_levels if self.service_levels else ()

    @property
    def set_up_at(self) -> datetime:
        return self.about.set_up_at
