"""The service as its callers know it: commands over NATS, events on the stream."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

import orjson
import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.client import Caller, Client
from chassis.errors import Refused
from chassis.service import Running
from contracts import topology
from contracts.envelope import Envelope
from services.catalog.service import definition

MANAGER = Caller("manager", frozenset({"catalogue-manager"}), None)
MARKS = {"quality": "7.5", "speed": "7.5", "communication": "7.7"}
OPERATOR = Caller("operator", frozenset({"operator"}), None)


class Desk:
    """Sends commands to the running service and reads what it published."""

    def __init__(self, client: Client, service: Running[Any], administrator: Connection) -> None:
        self._client = client
        self._service = service
        self._administrator = administrator

    async def order(
        self, name: str, body: Any, caller: Caller = MANAGER, **other: Any
    ) -> dict[str, Any]:
        sent = {"command_id": str(uuid4())} | other
        payload = body if isinstance(body, dict) else body.model_dump(mode="json")
        return await self._client.command("catalog", name, payload, caller, **sent)

    async def refusal(self, name: str, body: Any, caller: Caller = MANAGER, **other: Any) -> str:
        with pytest.raises(Refused) as refusal:
            await self.order(name, body, caller, **other)
        return refusal.value.faults[0].slug

    async def published(self, count: int) -> list[Envelope]:
        """The first `count` events on the stream."""
        events = await self._administrator.jetstream().subscribe("evt.>", ordered_consumer=True)
        messages = [await events.next_msg(timeout=5) for _ in range(count)]
        await events.unsubscribe()
        return [Envelope.model_validate(orjson.loads(message.data)) for message in messages]


@pytest_asyncio.fixture
async def desk(stream: Connection, start_service: Any, client_of: Any) -> Desk:
    service = await start_service(definition)
    return Desk(await client_of("operator"), service, stream)


async def fill(desk: Desk, catalogue: Any) -> None:
    """A partner, a published item, a calendar and a norm."""
    await desk.order("register-partner", catalogue.register())
    await desk.order("draft-catalogue-item", catalogue.draft())
    await desk.order("publish-catalogue-item", catalogue.publish())
    await desk.order("define-calendar", catalogue.define())
    await desk.order("set-service-level", catalogue.set_level())


def test_the_table_of_commands_is_the_topology() -> None:
    assert set(definition.commands) == set(topology.CATALOG.commands)


async def test_a_catalogue_comes_about_and_is_published_in_order(
    desk: Desk, catalogue: Any
) -> None:
    await fill(desk, catalogue)
    reply = await desk.order("sign-agreement", catalogue.sign())
    assert reply == {"agreement": "DVO-1", "version": 1}
    envelopes = await desk.published(6)
    assert [(envelope.subject, envelope.aggregate_version) for envelope in envelopes] == [
        ("partner/zevenaar", 1),
        ("item/ICT-WP-01", 1),
        ("item/ICT-WP-01", 2),
        ("calendar/kantooruren", 1),
        ("norm/ict/ICT-WP-01/incident/2", 1),
        ("agreement/DVO-1", 1),
    ]
    assert envelopes[-1].event().partner == "zevenaar"  # type: ignore[attr-defined]


async def test_every_later_command_moves_its_aggregate_on(desk: Desk, catalogue: Any) -> None:
    await fill(desk, catalogue)
    await desk.order("sign-agreement", catalogue.sign())
    content = catalogue.content(tariffs={2027: Decimal("1300.00")}).model_dump(mode="json")
    later = [
        (
            "update-partner-statistics",
            {"partner": "zevenaar", "year": 2025, "residents": 44_600, "workplaces": 700},
            {"partner": "zevenaar", "version": 2},
        ),
        (
            "revise-catalogue-item",
            {"item": "ICT-WP-01", "valid_from": "2027-01-01", "content": content},
            {"item": "ICT-WP-01", "version": 3},
        ),
        (
            "amend-agreement",
            {"agreement": "DVO-1", "valid_from": "2026-07-01", "items": ["ICT-WP-01"]},
            {"agreement": "DVO-1", "version": 2},
        ),
        (
            "end-agreement",
            {"agreement": "DVO-1", "ends_on": "2027-12-31"},
            {"agreement": "DVO-1", "version": 3},
        ),
        (
            "retire-catalogue-item",
            {"item": "ICT-WP-01", "retired_from": "2028-01-01"},
            {"item": "ICT-WP-01", "version": 4},
        ),
        (
            "set-experience-target",
            {"partner": "zevenaar", "domain": "ict", "target": MARKS, "valid_from": "2026-01-01"},
            {"experience": "zevenaar/ict", "version": 1},
        ),
        (
            "announce-withdrawal",
            {"partner": "zevenaar", "leaves_on": "2999-12-31"},
            {"partner": "zevenaar", "version": 3},
        ),
    ]
    for name, body, reply in later:
        assert await desk.order(name, body) == reply


async def test_only_catalogue_managers_and_the_operator_command(desk: Desk, catalogue: Any) -> None:
    agent = Caller("agent", frozenset({"agent", "controller", "contract-manager"}), None)
    bodies = {
        "register-partner": catalogue.register(),
        "define-calendar": catalogue.define(),
        "draft-catalogue-item": catalogue.draft(),
        "set-service-level": catalogue.set_level(),
        "sign-agreement": catalogue.sign(),
    }
    for name, body in bodies.items():
        assert await desk.refusal(name, body, agent) == "catalogue-manager-required"
    assert await desk.order("register-partner", catalogue.register(), OPERATOR)


async def test_a_manager_with_a_scope_stays_within_it(desk: Desk, catalogue: Any) -> None:
    await fill(desk, catalogue)
    scoped = Caller("manager", frozenset({"catalogue-manager"}), frozenset({"1stroom"}))
    assert await desk.refusal("register-partner", catalogue.register(), scoped) == "not-found"
    assert await desk.refusal("sign-agreement", catalogue.sign(), scoped) == "not-found"


async def test_what_is_unknown_is_refused_by_name(desk: Desk, catalogue: Any) -> None:
    assert await desk.refusal("sign-agreement", catalogue.sign()) == "partner-unknown"
    await desk.order("register-partner", catalogue.register())
    assert await desk.refusal("sign-agreement", catalogue.sign()) == "item-unknown"
    assert await desk.refusal("publish-catalogue-item", catalogue.publish()) == "item-unknown"
    assert await desk.refusal("set-service-level", catalogue.set_level()) == "item-unknown"
    general = catalogue.set_level(item=None)
    assert await desk.refusal("set-service-level", general) == "calendar-unknown"
    ending = {"agreement": "DVO-1", "ends_on": "2026-12-31"}
    assert await desk.refusal("end-agreement", ending) == "agreement-unknown"


async def test_a_refusal_leaves_nothing_behind(desk: Desk, catalogue: Any) -> None:
    await fill(desk, catalogue)
    await desk.order("sign-agreement", catalogue.sign())
    assert await desk.refusal("sign-agreement", catalogue.sign()) == "agreement-exists"
    assert await desk.refusal("sign-agreement", catalogue.sign("DVO-2")) == "agreement-overlaps"
    assert await desk.refusal("register-partner", catalogue.register()) == "partner-exists"
    await desk.order("register-partner", catalogue.register("1stroom"))
    envelopes = await desk.published(7)
    assert envelopes[-1].subject == "partner/1stroom"


async def test_a_version_that_was_overtaken_is_stale(desk: Desk, catalogue: Any) -> None:
    await desk.order("draft-catalogue-item", catalogue.draft())
    await desk.order("draft-catalogue-item", catalogue.draft(name="Ander"), expected_version=1)
    stale = await desk.refusal("publish-catalogue-item", catalogue.publish(), expected_version=1)
    assert stale == "version-stale"
    assert await desk.order("publish-catalogue-item", catalogue.publish(), expected_version=2)


async def test_of_two_overlapping_agreements_signed_at_once_one_holds(
    desk: Desk, catalogue: Any
) -> None:
    await fill(desk, catalogue)
    numbers = [f"DVO-{number}" for number in range(8)]
    results = await asyncio.gather(
        *(desk.order("sign-agreement", catalogue.sign(number)) for number in numbers),
        return_exceptions=True,
    )
    refused = [result for result in results if isinstance(result, Refused)]
    assert len(refused) == 7
    assert {fault.slug for refusal in refused for fault in refusal.faults} == {"agreement-overlaps"}


async def test_of_two_partners_registered_at_once_one_exists(desk: Desk, catalogue: Any) -> None:
    results = await asyncio.gather(
        *(desk.order("register-partner", catalogue.register()) for _ in range(4)),
        return_exceptions=True,
    )
    refused = [result for result in results if isinstance(result, Refused)]
    assert [refusal.faults[0].slug for refusal in refused] == ["partner-exists"] * 3


async def test_a_case_is_played_in_at_its_own_time(desk: Desk, catalogue: Any) -> None:
    then = datetime(2020, 1, 1, 9, 0, tzinfo=UTC)
    await desk.order("register-partner", catalogue.register(), OPERATOR, now=then)
    leaving = {"partner": "zevenaar", "leaves_on": date(2020, 6, 30).isoformat()}
    await desk.order("announce-withdrawal", leaving, OPERATOR, now=then)
    envelopes = await desk.published(2)
    assert all(envelope.event().occurred_at == then for envelope in envelopes)
    assert await desk.refusal("announce-withdrawal", leaving) == "partner-left"
