"""The service as its callers know it: problems, major incidents, security signals."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.client import Caller
from chassis.testing import invariants

USER = Caller("p-1", frozenset({"user"}), frozenset({"zevenaar"}))
ADMINISTRATOR = Caller("p-3", frozenset({"functional-administrator"}), frozenset({"zevenaar"}))
OPERATOR = Caller("operator", frozenset({"operator"}), None)
THEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
"""When 1Stroom still took part."""
ELSEWHERE: dict[str, Any] = {
    "partner": "1stroom",
    "kind": "incident",
    "title": "Geen e-mail",
    "impact": 1,
    "urgency": 1,
    "channel": "phone",
    "requester": {"id": "p-9", "name": "B. Eller"},
}
KNOWN = {"summary": "Scherm zwart", "workaround": "Kabel opnieuw aansluiten"}

Desk = Any


@pytest.fixture
def desk(orders: Any) -> Any:
    return orders


async def test_a_problem_explains_incidents_until_it_is_resolved(desk: Desk) -> None:
    incident, problem = await desk.open(), await desk.open(kind="problem")
    link = {"ticket": incident, "problem": problem}
    unknown = {**link, "problem": "PRB-2020-000001"}
    assert await desk.refusal("link-to-problem", unknown) == "ticket-problem-unknown"
    assert await desk.refusal("link-to-problem", {**link, "problem": incident}) == (
        "problem-expected"
    )
    await desk.order("link-to-problem", link)
    await desk.order("record-root-cause", {"ticket": problem, "root_cause": "Stuurprogramma"})
    await desk.order("record-known-error", {"ticket": problem, **KNOWN})
    await desk.order("resolve-ticket", {"ticket": problem})
    other = await desk.open()
    late = {"ticket": other, "problem": problem}
    assert await desk.refusal("link-to-problem", late) == "problem-ended"
    assert len(await desk.published(other, 1)) == 1, "what was refused left no trace"
    names = [each.event().event_name for each in await desk.published(problem, 5)]
    assert names[1:] == [
        "root-cause-recorded",
        "known-error-recorded",
        "known-error-withdrawn",
        "ticket-resolved",
    ]
    reply = await desk.order("unlink-from-problem", {"ticket": incident})
    assert reply["version"] == 3


async def test_what_the_centre_decides_partners_do_not(desk: Desk) -> None:
    incident, problem = await desk.open(), await desk.open(kind="problem")
    declared = {"ticket": incident, "title": "E-mail", "message": "Wij zoeken"}
    major = (await desk.order("declare-major-incident", declared))["major_incident"]
    for name, body in (
        ("link-to-problem", {"ticket": incident, "problem": problem}),
        ("unlink-from-problem", {"ticket": incident}),
        ("record-known-error", {"ticket": problem, **KNOWN}),
        ("declare-major-incident", declared),
        ("attach-to-major-incident", {"ticket": incident, "major_incident": major}),
        ("detach-from-major-incident", {"ticket": incident}),
        ("end-major-incident", {"major_incident": major, "message": "Voorbij"}),
        (
            "record-security-signals",
            {"partner": "zevenaar", "month": "2026-01", "sort": "phishing-mail", "count": 1},
        ),
    ):
        for caller in (USER, ADMINISTRATOR):
            assert await desk.refusal(name, body, caller) == "ticket-move-forbidden", name


async def test_a_major_incident_is_shared_with_whom_it_hits(desk: Desk) -> None:
    parent = await desk.open()
    other = (await desk.order("open-ticket", ELSEWHERE, OPERATOR, now=THEN))["ticket"]
    declare = {"ticket": parent, "title": "E-mail ligt eruit", "message": "Wij zoeken"}
    declared = await desk.order("declare-major-incident", declare)
    major = declared["major_incident"]
    assert major == f"MAJ-{datetime.now(UTC).year}-000001"
    assert (declared["version"], declared["status"]) == (2, "ongoing")
    again = await desk.refusal("declare-major-incident", declare)
    assert again == "major-incident-attached-already"

    attach = {"ticket": other, "major_incident": major}
    unknown = {**attach, "major_incident": "MAJ-2020-000001"}
    assert await desk.refusal("attach-to-major-incident", unknown) == "major-incident-unknown"
    await desk.order("attach-to-major-incident", attach)
    assert await desk.refusal("detach-from-major-incident", {"ticket": parent}) == (
        "major-incident-parent"
    )
    update = {"major_incident": major, "message": "Bijna", "partners": ["1stroom"]}
    await desk.order("post-major-incident-update", update, expected_version=3)
    await desk.order("detach-from-major-incident", {"ticket": other})
    assert await desk.refusal("detach-from-major-incident", {"ticket": other}) == (
        "major-incident-not-attached"
    )
    ended = await desk.order("end-major-incident", {"major_incident": major, "message": "Voorbij"})
    assert (ended["version"], ended["status"]) == (6, "ended")
    assert await desk.refusal("attach-to-major-incident", attach) == "major-incident-over"
    assert await desk.refusal("post-major-incident-update", update) == "major-incident-over"

    told = [each.event() for each in await desk.published(major, 6)]
    assert [each.event_name for each in told] == [
        "major-incident-declared",
        "major-incident-update-posted",
        "major-incident-shared",
        "major-incident-update-posted",
        "major-incident-update-posted",
        "major-incident-ended",
    ]
    assert {each.partner for each in await desk.published(major, 6)} == {None}
    assert {each.partner for each in await desk.published(other, 3)} == {"1stroom"}


async def test_signals_are_counted_again_and_every_count_is_kept(desk: Desk) -> None:
    body = {"partner": "zevenaar", "month": "2026-01", "sort": "phishing-mail", "count": 12}
    assert (await desk.order("record-security-signals", body))["version"] == 1
    assert (await desk.order("record-security-signals", body))["version"] == 1
    other = {**body, "sort": "suspicious-login", "count": 0}
    await desk.order("record-security-signals", other)
    reply = await desk.order("record-security-signals", {**body, "count": 15})
    assert (reply["version"], reply["counts"]) == (
        3,
        {"phishing-mail": 15, "suspicious-login": 0},
    )
    told = await desk.published("signals/zevenaar/2026-01", 3)
    assert [each.data["count"] for each in told] == [12, 0, 15]
    for wrong, slug in (
        ({"count": -1}, "field-invalid"),
        ({"month": "2199-12"}, "signals-month-future"),
        ({"partner": "elders"}, "partner-unknown"),
    ):
        assert await desk.refusal("record-security-signals", {**body, **wrong}) == slug


async def test_what_is_kept_is_what_was_told(desk: Desk, station: Any) -> None:
    incident, problem = await desk.open(), await desk.open(kind="problem")
    await desk.order("link-to-problem", {"ticket": incident, "problem": problem})
    declare = {"ticket": incident, "title": "E-mail", "message": "Wij zoeken"}
    await desk.order("declare-major-incident", declare)
    body = {"partner": "zevenaar", "month": "2026-01", "sort": "phishing-mail", "count": 12}
    await desk.order("record-security-signals", body)
    dsn = station.service.database.dsn
    assert await invariants.states(dsn) == []
    assert await invariants.versions(dsn) == []
