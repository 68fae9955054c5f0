"""The parameters of each query, as they come in. Unknown ones are refused."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from contracts.catalog import AgreementId, ItemVersion
from contracts.finance.bills import InvoiceNumber
from contracts.tickets import Line, Month, Status
from contracts.values import CalendarName, Domain, ItemCode, PartnerSlug, Priority, TicketKind, Tier

LARGEST_PAGE = 1000
"""Exports ask for pages of this size; screens for far smaller ones."""
WHOLE_DOMAIN = "-"
"""In the place of an item: the default of its domain."""
ItemStatus = Literal["draft", "published", "revised", "retired"]
DeskView = Literal[
    "team",
    "unassigned",
    "waiting-on-user",
    "waiting-on-supplier",
    "at-risk",
    "breached",
    "tasks",
    "approvals",
]
"""What the service desk looks at together, of the tickets that are open."""
Team = Annotated[str, Field(max_length=200)]
Page = Annotated[int, Field(ge=1, le=100_000)]
Size = Annotated[int, Field(ge=1, le=LARGEST_PAGE)]
Day = Annotated[date, Field(ge=date(1990, 1, 1), le=date(2200, 12, 31))]
"""Within the years that events tell of."""


class Params(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class CatalogueParams(Params):
    """`on` is the day on which it is read (default today); `partner` for its own terms."""

    partner: PartnerSlug | None = None
    domain: Domain | None = None
    tier: Tier | None = None
    search: str | None = Field(default=None, max_length=200)
    on: date | None = None
    page: Page = 1
    size: Size = 25
    sort: str = Field(default="item", max_length=40)


class CatalogueItemParams(Params):
    item: ItemCode
    partner: PartnerSlug | None = None
    on: date | None = None


class Paged(Params):
    page: Page = 1
    size: Size = 25


class KeepingParams(Paged):
    status: ItemStatus | None = None
    domain: Domain | None = None
    search: str | None = Field(default=None, max_length=200)


class KeepingItemParams(Params):
    item: ItemCode


class PreviewParams(Params):
    item: ItemCode
    valid_from: date
    content: ItemVersion


class CalendarsParams(Paged):
    calendar: CalendarName | None = None


class ServiceLevelsParams(Paged):
    """`item` is a code, or `WHOLE_DOMAIN` for the defaults of domains."""

    domain: Domain | None = None
    item: ItemCode | Literal["-"] | None = None
    kind: TicketKind | None = None
    priority: Priority | None = None


class ExperienceTargetsParams(Paged):
    partner: PartnerSlug | None = None
    domain: Domain | None = None


class AgreementsParams(Paged):
    partner: PartnerSlug | None = None
    agreement: AgreementId | None = None


class InvoicesParams(Paged):
    partner: PartnerSlug | None = None
    invoice: InvoiceNumber | None = None


class TicketsParams(Params):
    """`requester` is a pseudonym, or `me` for the caller; `own_team` counts for `view` only.

    `opened_from` and `opened_to` are Amsterdam days, both included. Each word of `search` is part
    of the number, of the number elsewhere, of the team, or of the item's code or name.
    """

    partner: PartnerSlug | None = None
    status: tuple[Status, ...] | None = None
    open: bool | None = None
    kind: TicketKind | None = None
    priority: Priority | None = None
    team: Team | None = None
    line: Line | None = None
    item: ItemCode | None = None
    problem: str | None = Field(default=None, max_length=40)
    major_incident: str | None = Field(default=None, max_length=40)
    out_of_catalogue: bool | None = None
    breached: bool | None = None
    requester: str | None = Field(default=None, min_length=1, max_length=64)
    number: str | None = Field(default=None, max_length=40)
    numbers: tuple[str, ...] | None = Field(default=None, max_length=100)
    view: DeskView | None = None
    own_team: Team | None = None
    search: str | None = Field(default=None, max_length=100)
    opened_from: date | None = None
    opened_to: date | None = None
    sort: str = Field(default="-opened_at", max_length=40)
    page: Page = 1
    size: Size = 25


class DeskParams(Params):
    partner: PartnerSlug | None = None
    own_team: Team | None = None


class ProblemParams(Paged):
    """A page of the incidents behind which the problem `ticket` is."""

    ticket: str = Field(min_length=1, max_length=40)


class KnownErrorsParams(Paged):
    """With `about` (what somebody is about to report) the likely ones come, best first.

    Then `item` need not be theirs: one that shares a word counts too.
    """

    partner: PartnerSlug | None = None
    item: ItemCode | None = None
    domain: Domain | None = None
    search: str | None = Field(default=None, max_length=200)
    about: str | None = Field(default=None, max_length=200)


class MajorIncidentsParams(Paged):
    partner: PartnerSlug | None = None
    number: str | None = Field(default=None, max_length=40)
    ongoing: bool | None = None


class SecuritySignalsParams(Paged):
    """`from` and `to` are months, both included."""

    partner: PartnerSlug | None = None
    from_: Month | None = Field(default=None, alias="from")
    to: Month | None = None


class TicketParams(Params):
    ticket: str = Field(min_length=1, max_length=40)


class TimelineParams(Params):
    ticket: str = Field(min_length=1, max_length=40)


class MaintenanceParams(Params):
    """Amsterdam days, both included; default the next 90 with today."""

    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
    partner: PartnerSlug | None = None


class DashboardParams(Params):
    """`from` and `to` are Amsterdam days, both included; default the last 28 with today."""

    partner: PartnerSlug
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None
