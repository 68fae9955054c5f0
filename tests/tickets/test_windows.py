"""Maintenance windows and freezes, on any path."""

from datetime import UTC, datetime, timedelta
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tickets.commands import (
    AnnounceMaintenance,
    CancelMaintenance,
    CompleteMaintenance,
    DeclareChangeFreeze,
    LiftChangeFreeze,
    PlanMaintenance,
    WindowCommand,
    WindowOrder,
)
from services.tickets.domain import windows
from services.tickets.domain.rules import Rules
from services.tickets.errors import PartnerUnknown, WindowInvalid, WindowMoveIllegal

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
NUMBER = "MNT-2026-000001"
ORDERS: tuple[WindowCommand, ...] = (
    AnnounceMaintenance(window=NUMBER),
    CompleteMaintenance(window=NUMBER, as_planned=True),
    CancelMaintenance(window=NUMBER),
    LiftChangeFreeze(window=NUMBER),
)


def order(kind: type[WindowOrder] = PlanMaintenance, **changes: Any) -> WindowOrder:
    return kind.model_validate(
        {
            "title": "Patchweekend",
            "starts_at": NOW + timedelta(days=1),
            "ends_at": NOW + timedelta(days=2),
            **changes,
        }
    )


def test_a_window_is_planned_announced_and_done(rules: Rules) -> None:
    planned = windows.plan(order(), NUMBER, NOW, rules.catalogue)
    window = windows.planned(planned)
    for command, after in ((ORDERS[0], 1), (ORDERS[1], 30)):
        events = windows.decide(window, command, NOW + timedelta(hours=after))
        window = reduce(windows.evolve, events, window)
    assert (window.status, window.version) == ("completed", 3)


def test_nothing_is_done_before_it_began(rules: Rules) -> None:
    window = windows.planned(windows.plan(order(), NUMBER, NOW, rules.catalogue))
    with pytest.raises(WindowMoveIllegal):
        windows.decide(window, ORDERS[1], NOW)


def test_a_window_names_partners_that_are_there(rules: Rules) -> None:
    with pytest.raises(PartnerUnknown):
        windows.plan(order(partners=("elders",)), NUMBER, NOW, rules.catalogue)


@pytest.mark.parametrize(
    "changes",
    [{"ends_at": NOW + timedelta(days=1)}, {"starts_at": NOW, "ends_at": NOW}],
)
def test_a_window_lasts(rules: Rules, changes: dict[str, Any]) -> None:
    with pytest.raises(WindowInvalid):
        windows.plan(order(**changes), NUMBER, NOW, rules.catalogue)


@given(
    st.sampled_from([PlanMaintenance, DeclareChangeFreeze]),
    st.lists(st.tuples(st.sampled_from(ORDERS), st.integers(0, 72)), max_size=8),
)
def test_any_path_ends_in_a_status_of_its_own_kind(
    rules: Rules, kind: type[WindowOrder], path: list[tuple[WindowCommand, int]]
) -> None:
    window = windows.planned(windows.plan(order(kind), NUMBER, NOW, rules.catalogue))
    now, ended = NOW, False
    for command, hours in path:
        now += timedelta(hours=hours)
        try:
            events = windows.decide(window, command, now)
        except WindowMoveIllegal:
            continue
        assert not ended, "what has ended moves no more"
        window = reduce(windows.evolve, events, window)
        assert windows.Window.model_validate_json(window.model_dump_json()) == window
        ended = window.status in {"completed", "cancelled", "lifted"}
    frozen = {"frozen", "lifted"}
    assert (window.status in frozen) == (kind is DeclareChangeFreeze)
