"""Importing into the running service: whole or not at all, once."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio

from chassis.client import Caller, Client
from chassis.errors import Refused
from chassis.testing.stream import eventually
from contracts.envelope import Envelope

OPERATOR = Caller("operator", frozenset({"operator"}), None)
AGENT = Caller("agent-1", frozenset({"agent"}), None)
START = datetime(2026, 2, 5, 8, 0, tzinfo=UTC)
OPEN = {
    "partner": "zevenaar",
    "kind": "incident",
    "title": "Beeldscherm zwart",
    "item": "ICT-WP-01",
    "impact": 2,
    "urgency": 2,
    "channel": "import",
    "requester": {"id": "p-1", "name": "A. de Vries"},
}
STEPS: list[tuple[float, str, dict[str, Any]]] = [
    (0, "open", OPEN),
    (0.2, "assign", {"team": "Servicedesk"}),
    (0.5, "start", {}),
    (1, "pause", {"waiting_on": "user"}),
    (3, "resume", {}),
    (4, "resolve", {}),
    (40, "close", {}),
]


def history(
    external: str, steps: list[tuple[float, str, dict[str, Any]]] | None = None, **other: Any
) -> dict[str, Any]:
    return {
        "external": external,
        "row": 1,
        "steps": [
            {"at": (START + timedelta(hours=hours)).isoformat(), "do": do, "with": fields}
            for hours, do, fields in (STEPS if steps is None else steps)
        ],
        **other,
    }


class Desk:
    """Sends histories to the running service."""

    def __init__(self, client: Client, station: Any) -> None:
        self._client = client
        self.rows = station.rows
        self.count = station.count

    async def take_in(
        self, *histories: dict[str, Any], caller: Caller = OPERATOR, command_id: str | None = None
    ) -> list[dict[str, Any]]:
        body = {"source": "servicenow", "histories": histories}
        reply = await self._client.command(
            "tickets", "import-tickets", body, caller, command_id=command_id or str(uuid4())
        )
        results: list[dict[str, Any]] = reply["results"]
        return results


@pytest_asyncio.fixture
async def desk(station: Any, client_of: Any) -> Desk:
    return Desk(await client_of("operator"), station)


def outcomes(results: list[dict[str, Any]]) -> list[str]:
    return [result["outcome"] for result in results]


async def test_each_history_arrives_with_its_states(desk: Desk) -> None:
    results = await desk.take_in(history("A", row=7), history("B", generated=True))
    assert outcomes(results) == ["imported", "imported"]
    assert results[0] == {
        "external": "A",
        "row": 7,
        "outcome": "imported",
        "ticket": "INC-2026-000001",
        "faults": [],
    }
    rows = await desk.rows("SELECT envelope FROM event_log WHERE aggregate = 'INC-2026-000002'")
    events = [Envelope.model_validate(row[0]).event() for row in rows]
    assert [event.event_name for event in events][-2:] == ["ticket-resolved", "ticket-closed"]
    assert getattr(events[0], "generated", False)
    assert events[-1].occurred_at == START + timedelta(hours=40)


async def test_doing_it_again_changes_nothing(desk: Desk) -> None:
    first = await desk.take_in(history("A"), history("B"))
    before = await desk.count("event_log")
    again = await desk.take_in(history("B"), history("A"), history("C"))
    assert outcomes(again) == ["already-imported", "already-imported", "imported"]
    assert [result["ticket"] for result in again[:2]] == [
        first[1]["ticket"],
        first[0]["ticket"],
    ]
    assert await desk.count("event_log") == before * 3 // 2


async def test_the_same_histories_at_once_are_imported_once(desk: Desk) -> None:
    twice = await asyncio.gather(*(desk.take_in(history("A"), history("B")) for _ in range(3)))
    assert sorted(outcomes([result for results in twice for result in results])) == [
        *["already-imported"] * 4,
        *["imported"] * 2,
    ]
    assert await desk.count("ticket") == 2


async def test_a_bad_history_is_rejected_whole_and_the_good_go_in(desk: Desk) -> None:
    bad = history("B", [*STEPS[:2], (1, "resume", {})])
    results = await desk.take_in(history("A"), bad, history("C"))
    assert outcomes(results) == ["imported", "rejected", "imported"]
    assert results[1]["ticket"] is None
    (fault,) = results[1]["faults"]
    assert (fault["slug"], fault["field"]) == ("ticket-move-illegal", "steps.2")
    assert await desk.count("ticket") == 2
    assert await desk.count("imported") == 2


async def test_a_rejected_history_may_come_again_when_it_is_put_right(desk: Desk) -> None:
    assert outcomes(await desk.take_in(history("A", STEPS[1:]))) == ["rejected"]
    assert outcomes(await desk.take_in(history("A"))) == ["imported"]


async def test_a_history_that_comes_twice_in_one_command(desk: Desk) -> None:
    bad = history("B", STEPS[1:])
    results = await desk.take_in(history("A"), history("A"), bad, bad)
    assert outcomes(results) == ["imported", "already-imported", "rejected", "rejected"]
    assert results[0]["ticket"] == results[1]["ticket"]
    assert results[3]["faults"][0]["slug"] == "ticket-history-repeated"


async def test_what_is_still_open_gets_its_timer(desk: Desk) -> None:
    await desk.take_in(history("A", STEPS[:4]), history("B"))
    assert await desk.rows("SELECT kind FROM timer") == [("retention",)]  # of the closed one
    await desk.take_in(history("C", STEPS[:3]))

    async def told() -> bool:
        query = "SELECT count(*) FROM event_log WHERE subject = 'evt.tickets.sla-breached'"
        return bool((await desk.rows(query))[0][0] == 1)

    await eventually(told)


async def test_only_the_operator_imports(desk: Desk) -> None:
    with pytest.raises(Refused) as refusal:
        await desk.take_in(history("A"), caller=AGENT)
    assert refusal.value.faults[0].slug == "ticket-import-forbidden"


async def test_five_hundred_histories_go_in_with_one_command(desk: Desk) -> None:
    results = await desk.take_in(*(history(f"INC{number:07}") for number in range(500)))
    assert outcomes(results) == ["imported"] * 500
    assert await desk.count("ticket") == 500
    assert await desk.count("event_log") == 500 * 7
