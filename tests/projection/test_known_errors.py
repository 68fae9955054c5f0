"""Known errors and problems: whom they concern, and who sees which incidents."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts import catalog, tickets
from services.projection.views.known_errors import chosen
from services.projection.views.params import KnownErrorsParams

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
AGENT = Caller("p-5", frozenset({"agent"}), None)
TAKER = Caller("p-8", frozenset({"user"}), frozenset({"zevenaar"}))
OTHER = Caller("p-7", frozenset({"contract-manager"}), frozenset({"duiven"}))
OF_ITEM, OF_ALL, ENDED = (f"PRB-2026-00000{n}" for n in (1, 2, 3))
INCIDENTS = {"zevenaar": "INC-2026-000001", "duiven": "INC-2026-000002"}


@pytest_asyncio.fixture
async def known(projection: Any, publish: Any, teller: Any) -> Any:
    """A known error of an item that only Zevenaar has, one of no item, one that was withdrawn.

    Behind an incident of each partner is the first.
    """
    for slug in ("zevenaar", "duiven"):
        teller.partner(slug)
    teller.item()
    terms = {"agreement": "DVO-1", "partner": "zevenaar", "starts_on": date(2026, 1, 1)}
    signed = catalog.AgreementSigned(occurred_at=AT, items=["ICT-WP-01"], **terms)
    teller.tell("agreement/DVO-1", signed)
    for number, item in ((OF_ITEM, "ICT-WP-01"), (OF_ALL, None), (ENDED, None)):
        teller.opened(number, AT, kind="problem", item=item, item_version=item and 1)
        told = {"summary": f"Scherm zwart {number}", "workaround": "Kabel opnieuw aansluiten"}
        teller.then(number, tickets.KnownErrorRecorded, AT, **told)
    better = {"summary": "Beeld weg", "workaround": "Trek de kabel eruit"}
    later = AT + timedelta(days=1)
    teller.then(OF_ITEM, tickets.KnownErrorRecorded, later, **better)
    teller.then(OF_ITEM, tickets.RootCauseRecorded, later, root_cause="Stuurprogramma")
    teller.then(ENDED, tickets.KnownErrorWithdrawn, later)
    for partner, number in INCIDENTS.items():
        teller.opened(number, AT, partner=partner)
        teller.then(number, tickets.IncidentLinkedToProblem, AT, problem=OF_ITEM)
    await projection.caught_up(await publish(*teller.told))
    return projection


async def problems(known: Any, caller: Caller, **params: Any) -> list[str]:
    answer = await known.ask("known-errors", caller, **params)
    assert answer["total"] == len(answer["items"])
    return [each["problem"] for each in answer["items"]]


async def test_a_known_error_is_seen_by_whom_it_concerns(known: Any) -> None:
    assert set(await problems(known, AGENT)) == {OF_ITEM, OF_ALL}
    assert set(await problems(known, TAKER)) == {OF_ITEM, OF_ALL}
    assert await problems(known, OTHER) == [OF_ALL]
    assert await problems(known, AGENT, partner="duiven") == [OF_ALL]
    with pytest.raises(Refused):
        await problems(known, OTHER, partner="zevenaar")


async def test_it_is_found_by_what_it_is_about(known: Any) -> None:
    assert await problems(known, TAKER, item="ICT-WP-01") == [OF_ITEM]
    assert await problems(known, TAKER, domain="hr") == []
    assert await problems(known, TAKER, search="KABEL aansluiten") == [OF_ALL]
    assert await problems(known, TAKER, about="Mijn scherm doet het niet") == [OF_ALL]
    assert await problems(known, TAKER, about="", item="ICT-WP-01") == [OF_ITEM]
    told = (await known.ask("known-errors", TAKER, item="ICT-WP-01"))["items"][0]
    assert (told["summary"], told["workaround"]) == ("Beeld weg", "Trek de kabel eruit")
    assert (told["item_name"], told["root_cause"]) == ("Werkplek", "Stuurprogramma")
    assert datetime.fromisoformat(told["known_since"]) == AT


async def test_the_centre_sees_all_incidents_of_a_problem_and_a_partner_its_own(
    known: Any,
) -> None:
    answer = await known.ask("problem", AGENT, ticket=OF_ITEM)
    assert {each["ticket"] for each in answer["incidents"]} == set(INCIDENTS.values())
    assert (answer["total"], answer["problem"]["summary"]) == (2, "Beeld weg")
    for asked in ({"ticket": OF_ITEM}, {"ticket": INCIDENTS["duiven"]}):
        with pytest.raises(Refused) as refusal:
            await known.ask("problem", OTHER if asked["ticket"] == OF_ITEM else AGENT, **asked)
        assert refusal.value.faults[0].slug == "not-found"
    own = await known.ask("tickets", OTHER, problem=OF_ITEM)
    assert [fact["ticket"] for fact in own["tickets"]] == [INCIDENTS["duiven"]]
    assert own["tickets"][0]["problem"] == OF_ITEM


def test_the_item_weighs_more_than_words_and_what_has_neither_is_left_out() -> None:
    def error(problem: str, item: str | None, summary: str) -> dict[str, Any]:
        return {
            "problem": problem,
            "item": item,
            "item_name": None,
            "domain": "ict",
            "summary": summary,
            "workaround": "Herstart",
        }

    errors = [
        error("PRB-1", None, "Printer drukt dubbel af"),
        error("PRB-2", None, "Printer en scanner vallen uit"),
        error("PRB-3", "ICT-PR-01", "Toner leeg"),
        error("PRB-4", None, "Mail is traag"),
    ]
    asked = KnownErrorsParams(about="de printer valt uit", item="ICT-PR-01")
    assert [each["problem"] for each in chosen(errors, asked)] == ["PRB-3", "PRB-1", "PRB-2"]
    assert list(chosen(errors, KnownErrorsParams(about="de en op"))) == []
