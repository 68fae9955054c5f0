"""Who processed whose personal data is written down before the answer goes out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import psycopg
import pytest
from nats.aio.client import Client as Connection

from chassis.client import Caller
from chassis.errors import Refused
from chassis.testing.stream import eventually
from contracts.topology import PROCESSING_STREAM
from services.tickets.domain.activities import Activities

AGENT = Caller("agent-1", frozenset({"agent"}), None)
OFFICER = Caller("officer-1", frozenset({"privacy-officer"}), None)
STRANGER = Caller("p-4", frozenset({"contract-manager"}), frozenset({"1stroom"}))
OTHER = {"id": "p-2", "name": "B. Bos"}
ACTIVITIES = Activities()


async def _log(desk: Any, **params: Any) -> list[dict[str, Any]]:
    reply = await desk.client.query("tickets", "processing-log", params, OFFICER)
    return list(reply["lines"])


def _about(line: dict[str, Any]) -> tuple[str, str, str]:
    attributes = line["attributes"]
    return (
        line["name"],
        attributes["dpl.core.data_subject_id"],
        attributes["bodemplaat.actor_id"],
    )


async def test_a_reading_gives_one_line_per_person(orders: Any) -> None:
    mine, twice = await orders.open(), await orders.open()
    others = await orders.open(requester=OTHER)
    await orders.texts(AGENT, mine, twice, others)
    lines = [line for line in await _log(orders) if line["name"] == "tickets.texts"]
    assert [_about(line) for line in lines] == [
        ("tickets.texts", "p-2", "agent-1"),
        ("tickets.texts", "p-1", "agent-1"),
    ]


async def test_a_line_is_as_the_standard_has_it(orders: Any) -> None:
    before = datetime.now(UTC).timestamp() * 1000
    await orders.texts(AGENT, await orders.open())
    line = (await _log(orders))[0]
    assert line.keys() == {
        *("trace_id", "span_id", "parent_span_id", "status", "name"),
        *("start_time", "end_time", "resource", "attributes"),
    }
    assert [len(line[name]) for name in ("trace_id", "span_id", "parent_span_id")] == [32, 16, 16]
    assert line["status"] == "Ok"
    assert before - 1 <= line["start_time"] <= line["end_time"]
    assert line["resource"]["name"] == "bodemplaat-tickets"
    attributes = line["attributes"]
    assert attributes["dpl.core.processing_activity_id"] == ACTIVITIES.handling
    assert attributes["dpl.core.data_subject_id_type"] == "pseudonym"


async def test_nothing_told_nothing_logged(orders: Any) -> None:
    ticket = await orders.open()
    before = len(await _log(orders))
    assert await orders.texts(STRANGER, ticket) == {ticket: None}
    assert len(await _log(orders)) == before


async def test_writing_is_logged_with_what_was_written(orders: Any) -> None:
    ticket = await orders.open()
    await orders.order("assign-ticket", {"ticket": ticket, "team": "Beheer"})
    await orders.order("cancel-ticket", {"ticket": ticket, "reason": "Dubbel gemeld"})
    await orders.order("erase-requester", {"requester": "p-1"}, OFFICER)
    assert [_about(line)[0] for line in reversed(await _log(orders))] == [
        "tickets.open-ticket",
        "tickets.cancel-ticket",
        "tickets.erase-requester",
    ], "an assignment says nothing of a person"


async def test_what_is_not_logged_is_not_told(orders: Any, station: Any, databases: Any) -> None:
    ticket = await orders.open()
    await _as_owner(station, databases, "REVOKE INSERT ON processing_line FROM tickets")
    with pytest.raises(Refused) as refusal:
        await orders.texts(AGENT, ticket)
    (fault,) = refusal.value.faults
    assert (fault.slug, fault.kind) == ("processing-log-unavailable", "unavailable")
    with pytest.raises(Refused):
        await orders.open()
    assert await orders.rows("SELECT count(*) FROM ticket") == [(1,)]
    await _as_owner(station, databases, "GRANT INSERT ON processing_line TO tickets")
    assert (await orders.texts(AGENT, ticket))[ticket] is not None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM processing_line",
        "UPDATE processing_line SET subject = 'p-9'",
        "UPDATE processing_line SET line = '{}'",
        "TRUNCATE processing_line",
    ],
)
async def test_no_service_can_change_the_log(orders: Any, statement: str) -> None:
    await orders.open()
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        await orders.rows(statement)


async def test_every_line_goes_to_its_own_stream_once(orders: Any, stream: Connection) -> None:
    await orders.texts(AGENT, await orders.open(), await orders.open(requester=OTHER))

    async def streamed() -> list[dict[str, Any]]:
        state = (await stream.jetstream().stream_info(PROCESSING_STREAM)).state
        numbers = range(1, state.messages + 1)
        messages = [await stream.jetstream().get_msg(PROCESSING_STREAM, n) for n in numbers]
        found = [orjson.loads(message.data or b"") for message in messages]
        return found if len(found) >= 4 else []

    assert await eventually(streamed) == list(reversed(await _log(orders)))
    config = (await stream.jetstream().stream_info(PROCESSING_STREAM)).config
    assert (config.deny_delete, config.deny_purge, config.max_age) == (True, True, 0)


async def test_the_log_is_read_by_person_and_by_period_page_by_page(orders: Any) -> None:
    await orders.texts(AGENT, await orders.open(), await orders.open(requester=OTHER))
    asked = {"subject": "p-2", "page": 1, "size": 1}
    reply = await orders.client.query("tickets", "processing-log", asked, OFFICER)
    assert (reply["total"], len(reply["lines"])) == (2, 1)
    (older,) = await _log(orders, **asked | {"page": 2})
    assert _about(older)[0] == "tickets.texts", "the newest is that of asking just now"
    now = datetime.now(UTC)
    assert await _log(orders, **{"from": (now + timedelta(hours=1)).isoformat()}) == []
    past = {"to": (now - timedelta(hours=1)).isoformat()}
    assert await _log(orders, **past) == []


async def test_to_look_for_a_person_is_logged_itself(orders: Any) -> None:
    await orders.open()
    await _log(orders, subject="p-1")
    line = (await _log(orders))[0]
    assert _about(line) == ("tickets.processing-log", "p-1", "officer-1")
    assert line["attributes"]["dpl.core.processing_activity_id"] == ACTIVITIES.inspection


async def _as_owner(station: Any, databases: Any, statement: str) -> None:
    url = station.service.settings.database_url
    name = url.rsplit("/", 1)[-1].partition("?")[0]
    async with await psycopg.AsyncConnection.connect(
        databases._admin_url.rsplit("/", 1)[0] + f"/{name}", autocommit=True
    ) as connection:
        await connection.execute(statement.encode())
