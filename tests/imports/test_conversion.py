"""Whatever the rows tell, the history is one that `tickets` accepts and ends as they do."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise, takewhile

from hypothesis import given, settings
from hypothesis import strategies as st

from bodemplaat.imports.conversion import convert
from bodemplaat.imports.history import History
from bodemplaat.imports.mapping import Meaning, load_mapping
from bodemplaat.imports.snapshot import Snapshot
from bodemplaat.imports.stretches import ENDED
from chassis.tables import Row
from contracts.catalog import PartnerJoined
from contracts.tickets import Sealed
from services.tickets import commands
from services.tickets.domain.catalogue import Catalogue
from services.tickets.domain.decisions import decide
from services.tickets.domain.opening import Opening, open_ticket
from services.tickets.domain.rules import Rules
from services.tickets.domain.ticket import Ticket, evolve, opened

MAPPING = load_mapping("servicenow")
OPENED = datetime(2016, 2, 29, 9, tzinfo=UTC)
NUMBER = "INC-2016-000001"
SEALED = Sealed(subject="someone", text="")
RULES = Rules(
    Catalogue().apply(
        [
            PartnerJoined(
                occurred_at=OPENED,
                partner="zevenaar",
                name="Zevenaar",
                kind="municipality",
                oin="0" * 20,
                joined_on=date(2015, 1, 1),
            )
        ]
    )
)
OPENING = {
    "partner": "zevenaar",
    "kind": "incident",
    "title": "Proef",
    "channel": "import",
    "requester": {"id": "someone", "name": "Someone"},
}
COMMANDS = {
    "assign": commands.AssignTicket,
    "start": commands.StartWork,
    "pause": commands.PauseTicket,
    "resume": commands.ResumeTicket,
    "prioritise": commands.ChangePriority,
    "resolve": commands.ResolveTicket,
    "close": commands.CloseTicket,
    "reopen": commands.ReopenTicket,
    "cancel": commands.CancelTicket,
}
STATUS: dict[Meaning, set[str]] = {
    "new": {"new", "assigned", "in-progress", "reopened"},
    "in-progress": {"in-progress"},
    "waiting-on-user": {"waiting"},
    "waiting-on-supplier": {"waiting"},
    "waiting-on-change-window": {"waiting"},
    "resolved": {"resolved"},
    "closed": {"closed"},
    "cancelled": {"cancelled"},
}


def rows_of(drawn: list[tuple[Meaning, str | None, int | None, int, int]]) -> list[Snapshot]:
    at, snapshots = OPENED, []
    for line, (meaning, team, level, minutes, told) in enumerate(drawn, start=2):
        at += timedelta(minutes=minutes)
        snapshots.append(
            Snapshot(
                row=Row(line, {"number": "INC1"}),
                number="INC1",
                order=Decimal(line),
                changed_at=at,
                opened_at=OPENED,
                resolved_at=OPENED + timedelta(minutes=told),
                closed_at=OPENED + timedelta(minutes=told * 2),
                meaning=meaning,
                team=team,
                impact=level,
                urgency=level,
                item=None,
            )
        )
    return snapshots


logs = st.lists(
    st.tuples(
        st.sampled_from([each for each in STATUS if each != "cancelled"]),
        st.sampled_from([None, "Group 1", "Group 2"]),
        st.sampled_from([None, 1, 2, 3]),
        st.integers(0, 40),
        st.integers(0, 300),
    ),
    min_size=1,
    max_size=12,
).map(rows_of)


def played(history: History) -> Ticket:
    first, *rest = history.steps
    command = commands.OpenTicket.model_validate(first.fields)
    ticket = opened(open_ticket(command, first.at, RULES, Opening(NUMBER, SEALED)))
    for step in rest:
        order = COMMANDS[step.do].model_validate({**step.fields, "ticket": NUMBER})
        for event in decide(ticket, order, step.at, RULES, SEALED):
            ticket = evolve(ticket, event)
    return ticket


def converted(log: list[Snapshot]) -> History:
    history = convert(log, OPENING, MAPPING).history
    assert history is not None
    return history


def stands(log: list[Snapshot]) -> Meaning:
    """The last row's state; but what is closed does not go back to being resolved only."""
    ending = [row.meaning for row in takewhile(lambda row: row.meaning in ENDED, reversed(log))]
    return "closed" if "closed" in ending else log[-1].meaning


@given(logs)
@settings(max_examples=300, deadline=None)
def test_tickets_accepts_it_and_it_ends_as_the_last_row_says(log: list[Snapshot]) -> None:
    assert played(converted(log)).status in STATUS[stands(log)]


@given(logs)
@settings(max_examples=300, deadline=None)
def test_every_moment_is_one_that_the_log_tells(log: list[Snapshot]) -> None:
    told = {OPENED}
    for row in log:
        told |= {row.changed_at, row.resolved_at, row.closed_at}
    moments = [step.at for step in converted(log).steps]
    assert set(moments) <= told
    assert moments == sorted(moments)


@given(logs)
@settings(max_examples=300, deadline=None)
def test_team_and_priority_are_those_of_the_rows_in_which_it_stood_open(
    log: list[Snapshot],
) -> None:
    left_out = {reject.line for reject in convert(log, OPENING, MAPPING).rejects}
    team, level = None, log[0].impact or MAPPING.default_impact
    for row in log:
        if row.line not in left_out:
            team, level = row.team or team, row.impact or level
    ticket = played(converted(log))
    assert team is None or ticket.team == team
    assert (ticket.impact, ticket.urgency) == (level, level)


@given(logs)
@settings(max_examples=200, deadline=None)
def test_it_waits_as_often_as_the_rows_begin_to_wait(log: list[Snapshot]) -> None:
    meanings = ["", *(row.meaning for row in log)]
    waits = sum(now.startswith("waiting") and now != before for before, now in pairwise(meanings))
    assert sum(step.do == "pause" for step in converted(log).steps) == waits


def test_a_cancelled_ticket_stays_so_and_later_rows_are_left_out() -> None:
    log = rows_of([("new", "A", 1, 5, 0), ("cancelled", "A", 1, 5, 0), ("new", "A", 1, 5, 0)])
    result = convert(log, OPENING, MAPPING)
    assert result.history is not None
    assert played(result.history).status == "cancelled"
    assert [reject.line for reject in result.rejects] == [4]


def test_a_history_of_too_many_steps_is_refused_whole() -> None:
    states: list[Meaning] = ["in-progress", "waiting-on-user"] * 110
    log = rows_of([(state, "A", 1, 1, 0) for state in states])
    result = convert(log, OPENING, MAPPING)
    assert result.history is None
    (reject,) = result.rejects
    assert reject.whole
    assert reject.reason.slug == "history-too-long"


def test_a_single_row_tells_a_whole_life() -> None:
    log = rows_of([("closed", "A", 2, 500, 30)])
    assert [
        (step.do, (step.at - OPENED) // timedelta(minutes=1)) for step in converted(log).steps
    ] == [
        ("open", 0),
        ("assign", 30),
        ("resolve", 30),
        ("close", 60),
    ]
