"""Personal data goes when its time is over; the figures stay."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import pytest_asyncio
from nats.aio.client import Client as Connection

from chassis.client import Caller
from chassis.service import running
from chassis.testing.stream import envelopes, eventually
from services.tickets.domain import retention
from services.tickets.domain.retention import RETENTION_DAYS
from services.tickets.domain.rules import Policy
from services.tickets.service import define
from services.tickets.settings import TicketSettings

AGENT = Caller("agent-1", frozenset({"agent"}), None)
OPERATOR = Caller("operator", frozenset({"operator"}), None)
USER = Caller("p-1", frozenset({"user"}), frozenset({"zevenaar"}))
ENDED = datetime(2026, 2, 6, 9, 0, tzinfo=UTC)
ERASED = "personal-data-erased"
SHORT = Policy(retention=dict.fromkeys(RETENTION_DAYS, 30))
CLOSING = ("assign-ticket", "start-work", "resolve-ticket", "close-ticket")


def test_the_days_count_from_the_end_and_per_kind(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    assert retention.due_at(desk.ticket, RETENTION_DAYS) is None
    ended = desk.ticket.model_copy(update={"ended_at": ENDED})
    assert retention.due_at(ended, RETENTION_DAYS) == ENDED + timedelta(days=365)
    complaint = ended.model_copy(update={"kind": "complaint"})
    assert retention.due_at(complaint, RETENTION_DAYS) == ENDED + timedelta(days=1825)


def test_what_was_asked_for_goes_at_the_end(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    desk.events.append(retention.requesting(desk.ticket, desk.ticket.last_at))
    asked = desk.ticket.model_copy(update={"ended_at": ENDED})
    assert retention.due_at(asked, RETENTION_DAYS) == ENDED


def test_nothing_is_told_before_what_was_last(desk: Any) -> None:
    desk.open("2026-02-05T09:00")
    early = retention.erasing(desk.ticket, ENDED - timedelta(days=9), "retention")
    assert early.occurred_at == desk.ticket.last_at


def test_every_kind_has_a_period_that_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BODEMPLAAT_RETENTION_DAYS_SECURITY_INCIDENT", "400")
    policy = TicketSettings().policy()
    assert policy.retention == dict(RETENTION_DAYS) | {"security-incident": 400}


def test_no_text_goes_before_the_reply_that_was_kept_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BODEMPLAAT_RETENTION_DAYS_INCIDENT", "7")
    with pytest.raises(ValueError, match="reply_days"):
        TicketSettings()


@pytest_asyncio.fixture
async def hall(
    stream: Connection, catalogue_told: int, settings_for: Any, client_of: Any, station_of: Any
) -> Any:
    """A service that can be started at any moment, on the same database."""
    settings = await settings_for("tickets")
    client = await client_of("operator")

    async def order(name: str, body: dict[str, Any], at: datetime) -> dict[str, Any]:
        sent = {"command_id": str(uuid4()), "now": at}
        return dict(await client.command("tickets", name, body, OPERATOR, **sent))

    async def texts(ticket: str, caller: Caller = AGENT) -> dict[str, Any] | None:
        reply = await client.query("tickets", "texts", {"tickets": [ticket]}, caller)
        told: dict[str, Any] | None = reply["texts"][ticket]
        return told

    async def events(ticket: str) -> list[Any]:
        return [each.event() for each in await envelopes(stream) if each.subject == ticket]

    def at(moment: datetime) -> Any:
        return running(define(SHORT), settings, clock=lambda: moment)

    station = station_of(SimpleNamespace(settings=settings))
    return SimpleNamespace(
        at=at, order=order, texts=texts, events=events, station=station, told=catalogue_told
    )


async def _closed(hall: Any, report: dict[str, Any]) -> str:
    ticket = str((await hall.order("open-ticket", report, ENDED - timedelta(hours=1)))["ticket"])
    for name in CLOSING:
        body = {"ticket": ticket} | ({"team": "Servicedesk"} if name == "assign-ticket" else {})
        await hall.order(name, body, ENDED)
    return ticket


async def test_after_downtime_what_is_overdue_goes_and_the_figures_stay(
    hall: Any, report: dict[str, Any]
) -> None:
    async with hall.at(ENDED):
        await hall.station.knows(hall.told)
        ticket, other = await _closed(hall, report), await _closed(hall, report)
        await hall.order("reopen-ticket", {"ticket": other, "reason": "Toch niet"}, ENDED)
        assert (await hall.texts(ticket))["title"] == report["title"]

    async def erased() -> Any:
        return [each for each in await hall.events(ticket) if each.event_name == ERASED]

    later = ENDED + timedelta(days=31)
    async with hall.at(later):
        (event,) = await eventually(erased)
        assert (event.reason, event.occurred_at, event.partner) == ("retention", later, "zevenaar")
        assert await hall.texts(ticket) is None
        assert (await hall.texts(other))["title"] == report["title"], "reopened: it is kept"
        body = {"ticket": ticket, "reason": "Weer kapot"}
        with pytest.raises(Exception, match="ticket-erased"):
            await hall.order("reopen-ticket", body, later)
        logged = {"team": "Beheer", "minutes": 5, "billable": False, "worked_on": "2026-02-06"}
        assert (await hall.order("log-time", {"ticket": ticket} | logged, later))["version"] == 7
    rows = await hall.station.rows("SELECT requester, personal, state FROM ticket ORDER BY number")
    assert rows[0][:2] == ("", None)
    assert rows[0][2]["requester"] == ""
    assert rows[0][2]["ended_at"] is not None, "the figures stay"
    assert rows[1][0] == "p-1"
    assert [key for (key,) in await hall.station.rows("SELECT scope FROM subject_key")] == [other]


async def test_a_period_that_has_become_longer_is_waited_for(
    hall: Any, report: dict[str, Any]
) -> None:
    async with hall.at(ENDED):
        await hall.station.knows(hall.told)
        ticket = await _closed(hall, report)
    due = ENDED + timedelta(days=30)
    query = "SELECT due_at FROM timer WHERE kind = 'retention'"
    assert await hall.station.rows(query) == [(due,)]
    await hall.station.rows("UPDATE timer SET due_at = now() - interval '9 years' RETURNING 1")

    async def waits() -> bool:
        return list(await hall.station.rows(query)) == [(due,)]

    async with hall.at(ENDED):
        await eventually(waits)
        assert await hall.texts(ticket) is not None


async def test_a_period_that_has_become_shorter_counts_from_the_next_start(
    hall: Any, report: dict[str, Any]
) -> None:
    async with hall.at(ENDED):
        await hall.station.knows(hall.told)
        ticket = await _closed(hall, report)
    longer = "UPDATE timer SET due_at = due_at + interval '9 years' WHERE kind = 'retention'"
    await hall.station.rows(f"{longer} RETURNING 1")

    async def erased() -> bool:
        return await hall.texts(ticket) is None

    async with hall.at(ENDED + timedelta(days=31)):
        await eventually(erased)


async def test_a_history_whose_time_is_over_comes_in_without_anybody(
    orders: Any, report: dict[str, Any]
) -> None:
    def history(name: str, start: datetime, **more: Any) -> dict[str, Any]:
        steps = [("open", report), ("resolve", {}), ("close", {})]
        return {
            "external": name,
            "row": 1,
            "steps": [
                {"at": (start + timedelta(hours=hour)).isoformat(), "do": do, "with": fields}
                for hour, (do, fields) in enumerate(steps)
            ],
            **more,
        }

    long_ago, lately = datetime(2024, 3, 1, 9, tzinfo=UTC), datetime.now(UTC) - timedelta(days=2)
    histories = [
        history("oud", long_ago),
        history("nieuw", lately),
        history("verzonnen", long_ago, generated=True),
    ]
    body = {"source": "topdesk", "histories": histories}
    reply = await orders.order("import-tickets", body, OPERATOR)
    old, new, generated = (result["ticket"] for result in reply["results"])
    told = await orders.texts(AGENT, old, new, generated)
    assert [ticket for ticket, text in told.items() if text is None] == [old]
    names = [each.event().event_name for each in await orders.published(old, 4)]
    assert names[-2:] == ["ticket-closed", ERASED]
    keys = await orders.rows("SELECT scope FROM subject_key ORDER BY scope")
    assert [key for (key,) in keys] == sorted([new, generated]), "no key of the old one is kept"
    timers = await orders.rows("SELECT key FROM timer WHERE kind = 'retention'")
    assert timers == [(new,)], "what was generated is about nobody"
