"""What `tickets` is told of problems: that they are there, and what helps meanwhile."""

from collections.abc import Iterator

from bodemplaat.cases.model import Case
from bodemplaat.cases.model.problems import KnownError
from bodemplaat.cases.orders.order import FromReply, Order, at, marked, plain


def problem_orders(case: Case) -> Iterator[Order]:
    for row in case.problems.problems:
        yield from _problem(case, row)


def _problem(case: Case, row: KnownError) -> Iterator[Order]:
    """Logged, and known; it is resolved by nobody, so that it stands in the list."""
    key = f"problem/{row.name}"
    ticket = {"ticket": FromReply(key, ("ticket",))}
    opening = {
        **plain(
            row, "name", "on", "basis", "note", "root_cause", "summary", "workaround", "known_on"
        ),
        "kind": "problem",
        "title": marked(row.title, row.basis),
        "impact": 2,
        "urgency": 3,
        "channel": "desk",
        "requester": {"id": "servicedesk", "name": "Servicedesk"},
    }
    told = {"summary": marked(row.summary, row.basis), "workaround": row.workaround}
    yield Order(case.name, "tickets", key, "open-ticket", opening, at(row.on), row.basis, row.note)
    known_on = at(row.known_on)
    if row.root_cause:
        cause = {**ticket, "root_cause": row.root_cause}
        yield Order(
            case.name, "tickets", f"{key}/cause", "record-root-cause", cause, known_on, row.basis
        )
    known = {**ticket, **told}
    yield Order(
        case.name, "tickets", f"{key}/known", "record-known-error", known, known_on, row.basis
    )
