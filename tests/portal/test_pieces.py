"""The pieces that pages are made of, each by itself."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from services.gateway.house import Houses
from services.gateway.identity import CENTRE_ROLES, PARTNER_ROLES, Person
from services.gateway.portal.assets import ADDRESS, Assets
from services.gateway.portal.draft import NOT_LISTED, Draft, priority
from services.gateway.portal.listing import Listing, positive, sorting
from services.gateway.portal.login import local_address
from services.gateway.portal.moves import MOVES, moves_for, moves_on
from services.gateway.portal.navigation import entries_for
from services.gateway.portal.pacing import paced
from services.gateway.portal.session import COOKIE, Sealer, Sessions
from services.tickets.domain.moves import ALLOWED

NOW = datetime(2026, 6, 5, 12, tzinfo=UTC)
PERSON = Person("abc", "Gebruiker", "g@example.nl", frozenset({"user"}), frozenset({"zevenaar"}))
COMMAND_OF = {"wait": "pause"}
ADDITIONS = {
    "rate",
    "log-time",
    "complete-task",
    "plan-change",
    "approve-change",
    "reject-change",
    "implement-change",
}
FACT: dict[str, Any] = {
    "kind": "incident",
    "status": "new",
    "quality": None,
    "waiting_on": None,
    "tasks": [],
    "change": {},
}


def request(path: str = "/", cookie: str = "") -> Request:
    headers = [(b"cookie", cookie.encode())] if cookie else []
    return Request({"type": "http", "path": path, "headers": headers, "method": "GET"})


# Moves


def test_no_page_offers_a_move_that_the_service_would_refuse() -> None:
    for move in MOVES:
        name = COMMAND_OF.get(move.name, move.name)
        if name not in ADDITIONS:
            assert all(name in ALLOWED[status] for status in move.statuses), move.name


def test_a_rating_is_offered_to_who_asked_and_once() -> None:
    closed = {**FACT, "status": "closed"}
    user = frozenset({"user", "functional-administrator"})
    assert "rate" in [move.name for move in moves_on(closed, user, own=True)]
    assert "rate" not in [move.name for move in moves_on(closed, user, own=False)]
    rated = {**closed, "quality": 8}
    assert "rate" not in [move.name for move in moves_on(rated, user, own=True)]


def test_a_user_may_resume_what_waits_for_the_user() -> None:
    waiting = {**FACT, "status": "waiting", "waiting_on": "user"}
    user = frozenset({"user"})
    assert "resume" in [move.name for move in moves_on(waiting, user, own=True)]
    supplied = {**waiting, "waiting_on": "supplier"}
    assert "resume" not in [move.name for move in moves_on(supplied, user, own=True)]


@pytest.mark.parametrize(
    ("decision", "offered"),
    [(None, {"approve-change", "reject-change"}), ("approved", {"start", "implement-change"})],
)
def test_a_change_is_decided_on_before_it_is_worked_on(
    decision: str | None, offered: set[str]
) -> None:
    change = {**FACT, "kind": "change", "status": "assigned", "change": {"decision": decision}}
    names = {move.name for move in moves_on(change, frozenset({"agent"}), own=False)}
    steps = {"approve-change", "reject-change", "start", "implement-change", "resolve"}
    assert names & steps == offered


def test_a_request_with_open_tasks_is_not_offered_to_be_resolved() -> None:
    request = {**FACT, "status": "in-progress", "tasks": [{"done_at": None}]}
    agent = frozenset({"agent"})
    assert "resolve" not in [move.name for move in moves_on(request, agent, own=False)]


def test_a_contract_manager_is_offered_nothing_and_an_agent_the_next_step_first() -> None:
    assert moves_for({"contract-manager"}, "new") == ()
    assert moves_for({"agent"}, "assigned")[0].name == "start"
    assert [move.name for move in moves_for({"user"}, "new")] == ["cancel"]
    assert [move.name for move in moves_for({"user"}, "resolved")] == ["close", "reopen"]


def test_a_menu_holds_what_the_role_may_open() -> None:
    user = [entry.address for entry in entries_for({"user"})]
    assert user == [
        *("/", "/melden", "/meldingen", "/bekende-fouten", "/grote-storingen"),
        *("/onderhoud", "/catalogus"),
    ]
    assert "/werkvoorraad" in [entry.address for entry in entries_for({"agent"})]
    assert all(entries_for({role}) for role in PARTNER_ROLES | CENTRE_ROLES)


# Reporting


@pytest.mark.parametrize(
    ("impact", "urgency", "level"), [("1", "1", 1), ("2", "3", 4), ("3", "3", 5), ("1", "", None)]
)
def test_impact_and_urgency_give_the_priority(impact: str, urgency: str, level: int | None) -> None:
    assert priority(impact, urgency) == level


def test_every_fault_of_a_report_is_found_at_once() -> None:
    faults = Draft.of(FormData([("kind", "something")])).faults(frozenset({"zevenaar"}))
    assert set(faults) == {
        *("partner", "kind", "item", "title", "description", "impact", "urgency"),
    }


def test_work_outside_the_catalogue_names_its_field_and_no_item() -> None:
    draft = Draft("k", "zevenaar", "incident", "", NOT_LISTED, "hr", "T", "D", "2", "3")
    assert draft.faults(frozenset({"zevenaar"})) == {}
    body = draft.body(PERSON)
    assert (body["item"], body["domain"]) == (None, "hr")
    assert body["requester"] == {"id": "abc", "name": "Gebruiker", "email": "g@example.nl"}


def test_the_desk_logs_what_a_caller_reports() -> None:
    draft = Draft("k", "zevenaar", "change", "", NOT_LISTED, "ict", "T", "D", "2", "3")
    partners = frozenset({"zevenaar"})
    assert {"caller_name", "caller_email", "channel"} <= draft.faults(partners, at_desk=True).keys()
    assert "kind" in draft.faults(partners)
    logged = replace(draft, caller_name="B. Eller", caller_email="b@x.example", channel="phone")
    assert logged.faults(partners, at_desk=True) == {}
    body = logged.body(PERSON, caller="p-9")
    assert body["requester"] == {"id": "p-9", "name": "B. Eller", "email": "b@x.example"}
    assert body["channel"] == "phone"


def test_a_report_for_another_partner_is_not_sent() -> None:
    draft = Draft("k", "1stroom", "incident", "", "ICT-WP-01", "ict", "T", "D", "2", "3")
    assert set(draft.faults(frozenset({"zevenaar"}))) == {"partner"}


# Lists


def listing(page: int, total: int, sort: str = "-opened_at") -> Listing:
    return Listing("/meldingen", {"toon": "open", "van": ""}, sort, page, 25, total)


def test_paging_names_the_first_the_last_and_the_neighbours() -> None:
    assert listing(1, 0).numbers() == [1]
    assert listing(5, 250).numbers() == [1, None, 4, 5, 6, None, 10]
    assert listing(2, 75).numbers() == [1, 2, 3]
    assert (listing(3, 60).first, listing(3, 60).last) == (51, 60)


def test_a_list_keeps_its_filters_in_every_link() -> None:
    assert listing(1, 60).to_page(2) == "/meldingen?toon=open&sorteer=-opened_at&pagina=2"
    assert listing(2, 60, "status").sorted_by("status") == "/meldingen?toon=open&sorteer=-status"
    assert listing(1, 60, "-status").direction("status") == "descending"


@pytest.mark.parametrize("given", ["0", "-3", "x", "", "9" * 40, "²"])
def test_a_page_that_is_none_is_the_first(given: str) -> None:
    assert positive(given) == 1


def test_an_unknown_order_is_newest_first() -> None:
    assert sorting("-password", ("status",)) == "-opened_at"


# Sessions


def sessions(secret: str = "s" * 32, at: datetime = NOW) -> Sessions:
    return Sessions(secret, lambda: at, secure=True)


def cookie_of(response: Response) -> str:
    return response.headers["set-cookie"].split(";")[0]


def begun() -> str:
    response = Response()
    sessions().begin(response, PERSON, NOW + timedelta(hours=1))
    header = response.headers["set-cookie"]
    for attribute in ("HttpOnly", "SameSite=lax", "Secure"):
        assert attribute in header
    return cookie_of(response)


async def test_a_session_gives_the_person_back() -> None:
    assert await sessions().person(request(cookie=begun())) == PERSON


def test_an_expired_forged_or_foreign_session_is_none() -> None:
    cookie = begun()
    assert sessions(at=NOW + timedelta(hours=1)).current(request(cookie=cookie)) is None
    assert sessions(secret="t" * 32).current(request(cookie=cookie)) is None
    assert sessions().current(request(cookie=f"{COOKIE}=x.y.z")) is None
    assert sessions().current(request(cookie=cookie[:-4] + "AAAA")) is None
    sealed_for_login = Sealer("s" * 32, "login").seal({"expires": 9e9})
    assert sessions().current(request(cookie=f"{COOKIE}={sealed_for_login}")) is None


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere.example", "", "x"]
)
def test_logging_in_leads_nowhere_else(address: str) -> None:
    assert local_address(address) == "/"


def test_logging_in_leads_back() -> None:
    assert local_address("/meldingen?toon=all") == "/meldingen?toon=all"


# Static files


async def fetched(assets: Assets, path: str) -> tuple[int, dict[bytes, bytes]]:
    started: dict[str, object] = {}

    async def send(message: object) -> None:
        started.update(message)  # type: ignore[call-overload]

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    await assets(scope, receive, send)
    return int(str(started["status"])), dict(started["headers"])  # type: ignore[call-overload]


async def test_a_file_is_kept_for_ever_under_its_hash_and_not_found_under_another() -> None:
    assets = Assets.load(Houses.load())
    status, headers = await fetched(assets, assets.address("portal.css"))
    assert status == 200
    assert b"immutable" in headers[b"cache-control"]
    assert (await fetched(assets, f"{ADDRESS}/000000000000/portal.css"))[0] == 404
    assert (await fetched(assets, f"{ADDRESS}/x/../session.py"))[0] == 404


# Pacing


async def test_a_burst_is_told_as_its_first_and_its_last() -> None:
    async def burst() -> AsyncIterator[int | None]:
        yield 1
        await asyncio.sleep(0.01)
        for sequence in range(2, 10):
            yield sequence
        await asyncio.sleep(0.2)
        yield None
        await asyncio.sleep(0.05)

    assert [told async for told in paced(burst(), 0.05)] == [1, 9, None]
