"""The maintenance calendar: who sees which window, freeze and change."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts import tickets

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAYS = {"from": "2026-03-01", "to": "2026-03-31"}
AGENT = Caller("p-5", frozenset({"agent"}), None)
OWNER = Caller("p-8", frozenset({"owner"}), frozenset({"zevenaar"}))
STRANGER = Caller("p-7", frozenset({"owner"}), frozenset({"duiven"}))


@pytest_asyncio.fixture
async def calendar(projection: Any, publish: Any, teller: Any) -> Any:
    """A patch weekend for all, a freeze of Zevenaar, a planned change of Zevenaar."""
    stretch = {"starts_at": AT + timedelta(days=2), "ends_at": AT + timedelta(days=4)}
    for slug in ("zevenaar", "duiven"):
        teller.partner(slug)
    told = {"occurred_at": AT, "window": "MNT-2026-000001"}
    teller.tell(
        "MNT-2026-000001",
        tickets.MaintenancePlanned(title="Patchweekend", partners=(), **told, **stretch),
    )
    teller.tell("MNT-2026-000001", tickets.MaintenanceAnnounced(**told))
    teller.tell(
        "FRZ-2026-000001",
        tickets.ChangeFreezeDeclared(
            occurred_at=AT,
            window="FRZ-2026-000001",
            title="Verkiezingen",
            partners=("zevenaar",),
            starts_at=AT + timedelta(days=10),
            ends_at=AT + timedelta(days=12),
        ),
    )
    change = "CHG-2026-000001"
    teller.opened(change, AT, kind="change")
    plan = {"change_type": "normal", "risk": "low", "by": "p-1"}
    teller.then(change, tickets.ChangePlanned, AT, **plan, **stretch)
    teller.then(change, tickets.ChangeApproved, AT, by="p-2")
    await projection.caught_up(await publish(*teller.told))
    return projection


async def seen(calendar: Any, caller: Caller, **params: Any) -> tuple[list[str], list[str]]:
    answer = await calendar.ask("maintenance", caller, **{**DAYS, **params})
    windows = [window["window"] for window in answer["windows"]]
    return windows, [change["ticket"] for change in answer["changes"]]


@pytest.mark.parametrize("caller", [AGENT, OWNER])
async def test_whom_it_concerns_sees_it(calendar: Any, caller: Caller) -> None:
    both = ["MNT-2026-000001", "FRZ-2026-000001"]
    assert await seen(calendar, caller) == (both, ["CHG-2026-000001"])


async def test_another_partner_sees_only_what_is_for_all(calendar: Any) -> None:
    assert await seen(calendar, STRANGER) == (["MNT-2026-000001"], [])
    with pytest.raises(Refused):
        await seen(calendar, STRANGER, partner="zevenaar")


async def test_only_what_touches_the_period_is_shown(calendar: Any) -> None:
    assert await seen(calendar, AGENT, to="2026-03-03") == ([], [])
    late = {"from": "2026-03-07"}
    assert await seen(calendar, AGENT, **late) == (["FRZ-2026-000001"], [])


async def test_a_window_and_a_change_tell_how_they_stand(calendar: Any) -> None:
    answer = await calendar.ask("maintenance", AGENT, **DAYS)
    assert [window["status"] for window in answer["windows"]] == ["announced", "frozen"]
    assert answer["changes"][0]["decision"] == "approved"


async def test_a_period_that_ends_before_it_begins_is_refused(calendar: Any) -> None:
    with pytest.raises(Refused) as refusal:
        await seen(calendar, AGENT, to="2026-02-01")
    assert refusal.value.faults[0].slug == "period-invalid"
