"""What may be done with a correction, whatever came before; and that events make its state."""

from datetime import UTC, date, datetime
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.tickets import CorrectedSubject, CorrectionEvent, CorrectionTotals, Kept
from services.tickets.commands import AcceptCorrection, DropCorrection
from services.tickets.domain.correction import state
from services.tickets.domain.correction.state import Correction
from services.tickets.errors import CorrectionNotReady, CorrectionSettled, CorrectionStale

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
NUMBER = "COR-2026-000001"
NONE = Kept(counted=0, within=0)
TOTALS = CorrectionTotals(
    concerned=2,
    changed=1,
    response_before=NONE,
    response_after=NONE,
    resolution_before=Kept(counted=2, within=1),
    resolution_after=Kept(counted=2, within=2),
)
ACCEPT = AcceptCorrection(correction=NUMBER, reason="Besproken")
DROP = DropCorrection(correction=NUMBER, reason="Verrekend")


SUBJECT = CorrectedSubject(
    corrects="calendar", calendar="kantoor", calendar_version=2, valid_from=date(2026, 1, 1)
)
WRONG = "Koningsdag ontbrak"


@pytest.fixture
def proposed() -> Correction:
    return state.proposed(state.propose(SUBJECT, WRONG, NUMBER, NOW))


@pytest.fixture
def previewed(proposed: Correction) -> Correction:
    return reduce(state.evolve, state.preview(proposed, TOTALS, NOW), proposed)


def test_it_says_what_was_put_right(proposed: Correction) -> None:
    assert (proposed.subject, proposed.reason) == (SUBJECT, WRONG)


def test_nothing_is_accepted_unseen(proposed: Correction) -> None:
    with pytest.raises(CorrectionNotReady):
        state.accept(proposed, ACCEPT, 0, NOW, "keeper-1")
    with pytest.raises(CorrectionNotReady):
        state.require_ready(proposed)


def test_nothing_is_accepted_that_has_changed_since_it_was_seen(previewed: Correction) -> None:
    with pytest.raises(CorrectionStale) as refusal:
        state.accept(previewed, ACCEPT, 3, NOW, "keeper-1")
    assert refusal.value.params == {"moved": 3}


def test_what_is_accepted_is_what_was_seen(previewed: Correction) -> None:
    (accepted,) = state.accept(previewed, ACCEPT, 0, NOW, "keeper-1")
    assert (accepted.totals, accepted.by, accepted.reason) == (TOTALS, "keeper-1", "Besproken")


def test_it_may_be_dropped_while_it_is_worked_out(proposed: Correction) -> None:
    (dropped,) = state.drop(proposed, DROP, NOW, "keeper-1")
    assert state.evolve(proposed, dropped).status == "dropped"


STEPS = {
    "preview": lambda one: state.preview(one, TOTALS, NOW),
    "accept": lambda one: state.accept(one, ACCEPT, 0, NOW, "keeper-1"),
    "drop": lambda one: state.drop(one, DROP, NOW, "keeper-1"),
}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=8))
def test_it_is_decided_on_once_and_its_events_make_its_state(steps: list[str]) -> None:
    first = state.propose(SUBJECT, WRONG, NUMBER, NOW)
    events: list[CorrectionEvent] = [first]
    correction = state.proposed(first)
    for step in steps:
        if step == "preview" and correction.status not in state.UNDECIDED:
            continue
        before = correction.status
        try:
            decided: Any = STEPS[step](correction)
        except CorrectionSettled:
            assert before not in state.UNDECIDED
        except CorrectionNotReady:
            assert (step, before) == ("accept", "proposed")
        else:
            assert before in state.UNDECIDED
            events += decided
            correction = reduce(state.evolve, decided, correction)
    if correction.status == "accepted":
        done = state.complete(correction, 2, NOW)
        events += done
        correction = reduce(state.evolve, done, correction)
        assert (correction.status, correction.corrected) == ("completed", 2)
    assert state.fold(events) == correction
    assert correction.version == len(events)
    assert Correction.model_validate_json(correction.model_dump_json()) == correction
