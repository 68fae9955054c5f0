"""Problems: which incidents they explain, what causes them, what helps meanwhile.

The texts are the service centre's own and are shown to partners; they tell of no person.
"""

from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.registry import published
from contracts.tickets.lifecycle import TicketEvent
from contracts.values import ShortText

PublicText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=4000, strip_whitespace=True),
    Field(description="Text of the service centre, as partners read it; tells of no person"),
]
ProblemNumber = Annotated[str, Field(description="Number of the problem, e.g. PRB-2026-000012")]


@published("tickets")
class IncidentLinkedToProblem(TicketEvent):
    """Told of the incident, so that it lies with its own partner only."""

    problem: ProblemNumber


@published("tickets")
class IncidentUnlinkedFromProblem(TicketEvent):
    problem: ProblemNumber


@published("tickets")
class RootCauseRecorded(TicketEvent):
    """What causes the problem; a later one replaces it."""

    root_cause: PublicText


@published("tickets")
class KnownErrorRecorded(TicketEvent):
    """A workaround is known; a later one replaces it. It holds until it is withdrawn."""

    summary: ShortText = Field(description="What goes wrong, as partners read it")
    workaround: PublicText


@published("tickets")
class KnownErrorWithdrawn(TicketEvent):
    """The workaround no longer holds, or the problem is resolved or cancelled."""
