"""What reports count of tickets. Each measure is one condition on a ticket's row.

A figure and the list that it opens to share that condition, so they cannot differ. A cancelled
ticket counts nowhere, but for what says so itself. Bound are the period from `start` until `end`;
`now`; `tomorrow`, the midnight in Amsterdam that follows it; `until`, the end of the period or,
while that is still to come, `now`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from contracts.periods import Period, days, previous
from contracts.reports import Cell, Of
from services.projection.views.dashboard import AGES
from services.projection.views.reports.asking import Asked

TICKETS = "tickets"
"""The source that opens a figure to tickets, one by one."""
PARTNER_NAME = "(SELECT name FROM partner WHERE partner.slug = ticket.partner)"
NONE = "-"
"""In the place of an item or a team: without one."""
MINUTE = 60
CHANGES = "changes"
OTHER_TICKETS = "tickets"

_KEPT = "cancelled_at IS NULL"
_OPEN = f"{_KEPT} AND resolved_at IS NULL"
_OVERDUE = """(
    coalesce(resolution_due < coalesce(paused_at, :now), false)
    OR coalesce(response_due < coalesce(paused_at, :now) AND responded_at IS NULL, false)
)"""


def _during(column: str) -> str:
    return f"{column} >= :start AND {column} < :end"


_RESOLVED = f"{_KEPT} AND {_during('resolved_at')}"
_RESPONDED = f"{_KEPT} AND {_during('responded_at')}"
_RESPONSE_LATE = f"({_during('response_breached_at')})"
_RESOLUTION_LATE = f"({_during('resolution_breached_at')})"

MEASURES: Mapping[str, str] = {
    "received": f"{_KEPT} AND {_during('opened_at')}",
    "arrived": _during("opened_at"),
    "withdrawn": f"cancelled_at IS NOT NULL AND {_during('opened_at')}",
    "resolved": _RESOLVED,
    "closed": f"{_KEPT} AND {_during('closed_at')}",
    "responded": f"{_RESPONDED} AND within_response IS NOT NULL",
    "responded-within": f"{_RESPONDED} AND within_response",
    "judged": f"{_RESOLVED} AND within_resolution IS NOT NULL",
    "resolved-within": f"{_RESOLVED} AND within_resolution",
    "rated": f"{_RESOLVED} AND quality IS NOT NULL",
    "open": _OPEN,
    "overdue": f"{_OPEN} AND {_OVERDUE}",
    "at-risk": f"""{_OPEN} AND NOT {_OVERDUE} AND (resolution_at_risk_at IS NOT NULL
        OR (response_at_risk_at IS NOT NULL AND responded_at IS NULL))""",
    "due-today": f"""{_OPEN} AND paused_at IS NULL
        AND resolution_due >= :now AND resolution_due < :tomorrow""",
    "backlog": f"""{_KEPT} AND opened_at < :until
        AND (resolved_at IS NULL OR resolved_at >= :until)""",
    "out-of-catalogue": f"{_KEPT} AND out_of_catalogue AND {_during('opened_at')}",
    "open-out-of-catalogue": f"{_OPEN} AND out_of_catalogue",
    "breached": f"{_KEPT} AND ({_RESPONSE_LATE} OR {_RESOLUTION_LATE})",
    "response-breached": f"{_KEPT} AND {_RESPONSE_LATE}",
    "resolution-breached": f"{_KEPT} AND {_RESOLUTION_LATE}",
}
"""`arrived` and `withdrawn` count what was cancelled later. The clocks of `responded` and `judged`
had a norm. `at-risk`: 75 % of a clock's time was used and it is not overdue; a paused clock stands.
"""

DIMENSIONS: Mapping[str, str] = {
    "partner": "partner",
    "domain": "domain",
    "item": f"coalesce(item, '{NONE}')",
    "kind": "kind",
    "priority": "CAST(priority AS text)",
    "team": f"coalesce(team, '{NONE}')",
    "group": f"(CASE kind WHEN 'change' THEN '{CHANGES}' ELSE '{OTHER_TICKETS}' END)",
    "reason": """(CASE
        WHEN response_breached_at IS NOT NULL THEN 'late-start'
        WHEN reopened > 0 THEN 'reopened'
        WHEN reassignments > 1 THEN 'handed-over'
        ELSE 'took-longer'
    END)""",
    "age": """(CAST(:ages AS text[]))[1 + width_bucket(
        extract(epoch FROM CAST(:now AS timestamptz) - opened_at) / 86400,
        ARRAY[1, 3, 7, 14, 30]::numeric[]
    )]""",
}
"""What tickets are divided by, each as text. A value of one narrows a measure, and so do the days
`from` and `to`, which narrow the period; `over` the period `before` counts in that one. `reason` is
why a norm was breached, as far as the ticket's course tells: the first of them that holds.
"""


class Strange(ValueError):
    """No such measure, dimension or day."""


@dataclass(frozen=True, slots=True)
class Selection:
    """The tickets of a figure: a condition and what is bound in it."""

    condition: str
    bound: Mapping[str, Any]


def selection(asked: Asked, where: Mapping[str, str]) -> Selection:
    """The tickets that `where` of a figure means, of the partner that is asked about if any.

    Raises `Strange`.
    """
    rest = dict(where)
    condition = MEASURES.get(rest.pop("measure", ""))
    asked = _over(asked, rest.pop("over", None))
    first, last = (_day(rest.pop(name, None)) for name in ("from", "to"))
    if condition is None or not rest.keys() <= DIMENSIONS.keys():
        raise Strange
    narrowed = [f"{DIMENSIONS[name]} = :{name}" for name in sorted(rest)]
    bound = {**bounds(asked, first, last), **rest}
    return Selection(" AND ".join([of_partner(asked), f"({condition})", *narrowed]), bound)


def before(asked: Asked) -> Asked:
    """The same of the period before."""
    return replace(asked, period=previous(asked.period))


def _over(asked: Asked, period: str | None) -> Asked:
    match period:
        case None:
            return asked
        case "before":
            return before(asked)
        case _:
            raise Strange


def of_partner(asked: Asked) -> str:
    """The condition that a ticket is of the partner that is asked about."""
    return "true" if asked.partner is None else "partner = :asked_partner"


def bounds(asked: Asked, first: date | None = None, last: date | None = None) -> dict[str, Any]:
    """What the conditions need; `first` and `last` narrow the period, and never widen it."""
    first = max(first or asked.period.first, asked.period.first)
    last = min(last or asked.period.last, asked.period.last)
    period = Period("days", first, last)
    return {
        "asked_partner": asked.partner,
        "start": period.start,
        "end": period.end,
        "now": asked.moment,
        "tomorrow": days(asked.today, asked.today).end,
        "until": min(period.end, asked.moment),
        "ages": list(AGES),
    }


def of(measure: str, **where: object) -> Of:
    """What a figure of tickets is made of. A `first` or `last` day narrows the period."""
    days = {"first": "from", "last": "to"}
    told = {days.get(name, name): str(value) for name, value in where.items()}
    return Of(source=TICKETS, where={"measure": measure, **told})


def counted(value: int | str | None, measure: str, **where: object) -> Cell:
    """How many tickets a measure counts, or a figure of them, to be opened to them."""
    return Cell(value=value, of=of(measure, **where))


def _day(told: str | None) -> date | None:
    try:
        return None if told is None else date.fromisoformat(told)
    except ValueError:
        raise Strange from None
