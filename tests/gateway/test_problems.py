"""Problems, known errors, major incidents and security signals at the door."""

import asyncio
import json
from typing import Any

import pytest

PROBLEM, INCIDENT = "PRB-2026-000001", "INC-2026-000001"
MAJOR = "MAJ-2026-000001"


@pytest.mark.parametrize(
    ("path", "body", "command", "sent"),
    [
        (
            f"/v1/tickets/{INCIDENT}/problem/_link",
            {"problem": PROBLEM},
            "link-to-problem",
            {"ticket": INCIDENT, "problem": PROBLEM},
        ),
        (
            f"/v1/problems/{PROBLEM}/_diagnose",
            {"rootCause": "Kabel"},
            "record-root-cause",
            {"ticket": PROBLEM, "root_cause": "Kabel"},
        ),
        (
            f"/v1/tickets/{INCIDENT}/major-incident/_attach",
            {"majorIncident": MAJOR},
            "attach-to-major-incident",
            {"ticket": INCIDENT, "major_incident": MAJOR},
        ),
        (
            f"/v1/major-incidents/{MAJOR}/updates",
            {"message": "Bijna", "partners": ["alfa"]},
            "post-major-incident-update",
            {"major_incident": MAJOR, "message": "Bijna", "partners": ["alfa"]},
        ),
    ],
)
async def test_an_order_becomes_a_command_on_the_version_that_was_seen(
    door: Any, services: Any, path: str, body: dict[str, Any], command: str, sent: dict[str, Any]
) -> None:
    services.answers[f"cmd.tickets.{command}"] = {"version": 4}
    answer = await door.post(path, "agent", json=body, headers={"If-Match": '"3"'})
    assert answer.status_code in (200, 201), answer.text
    assert (services.last.subject, services.last.body) == (f"cmd.tickets.{command}", sent)
    assert services.last.headers["Bodemplaat-Expected-Version"] == "3"
    assert answer.headers["etag"] == '"4"'


async def test_a_declared_major_incident_can_be_read_where_the_answer_says(
    door: Any, services: Any
) -> None:
    body = {"ticket": INCIDENT, "title": "E-mail ligt eruit", "message": "Wij zoeken"}
    answer = await door.post("/v1/major-incidents", "agent", json=body)
    assert answer.json()["majorIncident"] == MAJOR
    shown = await door.get(answer.headers["location"], "client-alfa")
    assert (shown.status_code, shown.headers["etag"]) == (200, '"3"')
    assert shown.json()["updates"][0]["message"] == "Wij zoeken"
    assert services.last.body == {"number": MAJOR}


async def test_what_is_not_shared_does_not_exist(door: Any, services: Any) -> None:
    services.answers["qry.projection.major-incidents"] = {"items": [], "total": 0, "sequence": 7}
    answer = await door.get(f"/v1/major-incidents/{MAJOR}", "client-beta")
    door.problem(answer, 404, "not-found")


async def test_lists_ask_for_what_is_wanted(door: Any, services: Any) -> None:
    asked = "about=printer&item=ICT-WP-01&pageSize=3"
    found = (await door.get(f"/v1/known-errors?{asked}", "user-alfa")).json()
    assert found["items"][0]["workaround"] == "Kabel opnieuw aansluiten"
    assert services.last.body == {"about": "printer", "item": "ICT-WP-01", "page": 1, "size": 3}
    months = await door.get("/v1/security-signals?from=2026-01&to=2026-03", "client-alfa")
    assert months.json()["items"][0]["counts"] == {"phishing-mail": 12}
    assert services.last.body == {"from": "2026-01", "to": "2026-03", "page": 1, "size": 25}
    await door.get(f"/v1/tickets?majorIncident={MAJOR}&problem={PROBLEM}", "client-alfa")
    assert services.last.body["major_incident"] == MAJOR
    assert services.last.body["problem"] == PROBLEM


@pytest.mark.parametrize(
    "wrong",
    [{"count": -1}, {"month": "2026-13"}, {"sort": "spam"}, {"partner": ""}],
)
async def test_a_count_that_cannot_be_is_refused_at_the_door(
    door: Any, services: Any, wrong: dict[str, Any]
) -> None:
    body = {"partner": "alfa", "month": "2026-03", "sort": "phishing-mail", "count": 3}
    answer = await door.post("/v1/security-signals", "agent", json=body | wrong)
    problem = door.problem(answer, 400, "request-invalid")
    assert [error["field"] for error in problem["errors"]] == [*wrong]
    assert services.received == []


async def test_a_major_incident_is_told_live_to_whom_it_is_shared_with(
    door: Any, as_user: Any
) -> None:
    projection = await as_user("projection")
    headers = {"Authorization": f"Bearer {await door.token('client-alfa')}"}
    before = door.app.state.live.listeners
    async with door.http.stream("GET", "/v1/events", headers=headers) as answer:
        lines = answer.aiter_lines()
        async with asyncio.timeout(5):
            while door.app.state.live.listeners == before:  # noqa: ASYNC110  nothing tells
                await asyncio.sleep(0.01)
        for sequence, partner in ((7, "beta"), (8, "alfa")):
            notice = json.dumps({"sequence": sequence, "major-incidents": [MAJOR]})
            await projection.publish(f"live.major-incidents.{partner}", notice.encode())
        await projection.flush()
        told = [line async for line in _first(lines, 4)]
    assert told[:3] == ["retry: 2000", "event: major-incidents", "id: 8"]
    assert json.loads(told[3].removeprefix("data: ")) == {
        "sequence": 8,
        "partner": "alfa",
        "majorIncidents": [MAJOR],
    }


async def _first(lines: Any, count: int) -> Any:
    """The first lines that are not empty."""
    async for line in lines:
        if line:
            yield line
            count -= 1
        if not count:
            return


async def test_a_page_may_follow_major_incidents_alone(door: Any, as_user: Any) -> None:
    projection = await as_user("projection")
    changes = door.app.state.live.subscribe({"alfa"}, views={"major-incidents"}, heartbeat=0.05)
    assert await anext(changes) is None, "silence, once it listens"
    for view, sequence in (("tickets", 11), ("major-incidents", 12)):
        notice = json.dumps({"sequence": sequence, view: []})
        await projection.publish(f"live.{view}.alfa", notice.encode())
    await projection.flush()
    async with asyncio.timeout(5):
        heard = [change async for change in _until_heard(changes)]
    assert [change.sequence for change in heard] == [12]


async def _until_heard(changes: Any) -> Any:
    """The first change; silence is passed over."""
    async for change in changes:
        if change is not None:
            yield change
            return
