"""Examples of a problem behind incidents at Zevenaar, and of a major incident that grew from one.

And of a month's count of security signals.
"""

from datetime import UTC, datetime

from contracts import tickets
from contracts.documents.examples.example import Example
from contracts.registry import DomainEvent

_INCIDENT = "INC-2026-000123"
_PROBLEM = "PRB-2026-000004"
_MAJOR = "MAJ-2026-000001"


def _at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def _told(aggregate: str, when: str, version: int, event: DomainEvent) -> Example:
    return Example(when=when, aggregate=aggregate, version=version, event=event)


_OF_INCIDENT = {"ticket": _INCIDENT, "partner": "zevenaar"}
_OF_PROBLEM = {"ticket": _PROBLEM, "partner": "zevenaar"}

PROBLEMS = (
    _told(
        _INCIDENT,
        "a problem is found to be behind an incident",
        9,
        tickets.IncidentLinkedToProblem(occurred_at=_at(9, 10), problem=_PROBLEM, **_OF_INCIDENT),
    ),
    _told(
        _INCIDENT,
        "an incident turns out to have nothing to do with a problem",
        10,
        tickets.IncidentUnlinkedFromProblem(
            occurred_at=_at(9, 11), problem=_PROBLEM, **_OF_INCIDENT
        ),
    ),
    _told(
        _PROBLEM,
        "it is known what causes a problem",
        4,
        tickets.RootCauseRecorded(
            occurred_at=_at(10, 9),
            root_cause="De stuurprogramma's van de beeldschermen verdragen de laatste update niet.",
            **_OF_PROBLEM,
        ),
    ),
    _told(
        _PROBLEM,
        "it is known what helps until a problem is resolved",
        5,
        tickets.KnownErrorRecorded(
            occurred_at=_at(10, 10),
            summary="Tweede beeldscherm blijft zwart na de update",
            workaround="Trek de kabel van het beeldscherm eruit en sluit die opnieuw aan.",
            **_OF_PROBLEM,
        ),
    ),
    _told(
        _PROBLEM,
        "a known error no longer holds",
        7,
        tickets.KnownErrorWithdrawn(occurred_at=_at(17, 9), **_OF_PROBLEM),
    ),
    _told(
        _MAJOR,
        "an incident is found to be a major one",
        1,
        tickets.MajorIncidentDeclared(
            occurred_at=_at(9, 12),
            major_incident=_MAJOR,
            incident=_INCIDENT,
            title="E-mail en agenda niet bereikbaar",
            partners=("zevenaar",),
        ),
    ),
    _told(
        _MAJOR,
        "a major incident turns out to hit more partners",
        3,
        tickets.MajorIncidentShared(
            occurred_at=_at(9, 12, 20), major_incident=_MAJOR, partners=("duiven",)
        ),
    ),
    _told(
        _MAJOR,
        "there is something to tell of a major incident",
        4,
        tickets.MajorIncidentUpdatePosted(
            occurred_at=_at(9, 12, 30),
            major_incident=_MAJOR,
            message="De leverancier herstelt de verbinding. Om 15.00 uur volgt meer.",
            partners=(),
        ),
    ),
    _told(
        _MAJOR,
        "a major incident is over",
        6,
        tickets.MajorIncidentEnded(occurred_at=_at(9, 15), major_incident=_MAJOR),
    ),
    _told(
        _INCIDENT,
        "a ticket belongs to a major incident",
        11,
        tickets.TicketAttachedToMajorIncident(
            occurred_at=_at(9, 12), major_incident=_MAJOR, **_OF_INCIDENT
        ),
    ),
    _told(
        _INCIDENT,
        "a ticket turns out not to belong to a major incident",
        12,
        tickets.TicketDetachedFromMajorIncident(
            occurred_at=_at(9, 13), major_incident=_MAJOR, **_OF_INCIDENT
        ),
    ),
    _told(
        "signals/zevenaar/2026-03",
        "the security signals of a month were counted",
        1,
        tickets.SecuritySignalsCounted(
            occurred_at=_at(31, 20),
            partner="zevenaar",
            month="2026-03",
            sort="phishing-mail",
            count=318,
        ),
    ),
)
