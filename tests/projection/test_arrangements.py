"""What was set and agreed can be read back, by whom it concerns; drafts by the keepers only."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts import catalog

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
CLERK = Caller("p-1", frozenset({"contract-manager"}), frozenset({"zevenaar"}))
AGENT = Caller("a-1", frozenset({"agent"}), None)
KEEPER = Caller("k-1", frozenset({"catalogue-manager"}), None)
TARGET = catalog.Experience(quality="7.5", speed="7.5", communication="7.7")


def content(name: str, **data: Any) -> catalog.ItemVersion:
    usual = {
        "domain": "ict",
        "tier": "basic",
        "unit": "workplace",
        "tariffs": {2026: "900.00"},
        "owner": "ICT",
    }
    return catalog.ItemVersion(**{"name": name, **usual, **data})


def tell(teller: Any) -> None:
    for slug in ("zevenaar", "duiven"):
        teller.partner(slug)
        agreement, signed = f"DVO-{slug.upper()}", date(2026, 1, 1)
        teller.tell(
            f"agreement/{agreement}",
            catalog.AgreementSigned(
                occurred_at=NOW,
                agreement=agreement,
                partner=slug,
                starts_on=signed,
                items=("ICT-WP-01",),
            ),
        )
        for since in (signed, date(2027, 1, 1)):
            target = catalog.ExperienceTargetSet(
                occurred_at=NOW, partner=slug, domain="ict", target=TARGET, valid_from=since
            )
            teller.tell(f"experience/{slug}/ict", target)
    teller.tell(
        "partner/zevenaar",
        catalog.PartnerStatisticsUpdated(
            occurred_at=NOW, partner="zevenaar", year=2026, residents=44_000, workplaces=400
        ),
    )
    calendar = catalog.CalendarDefined(
        occurred_at=NOW,
        calendar="kantoor",
        calendar_version=1,
        name="Kantooruren",
        valid_from=date(2026, 1, 1),
        hours=[catalog.ServiceHours(weekday=1, opens=time(8), closes=time(17))],
    )
    teller.tell("calendar/kantoor", calendar)
    teller.item("ICT-WP-01", content=content("Werkplek"))
    teller.level()
    teller.level("ICT-WP-01")
    for name in ("Eerste concept", "Concept"):
        draft = catalog.CatalogueItemDrafted(
            occurred_at=NOW, item="ICT-DR-01", content=content(name, domain="hr")
        )
        teller.tell("item/ICT-DR-01", draft)


@pytest_asyncio.fixture
async def office(start_projection: Any, publish: Any, teller: Any) -> Any:
    projection = await start_projection(clock=lambda: NOW)
    tell(teller)
    await projection.caught_up(await publish(*teller.told))
    return projection


async def test_a_calendar_reads_back_with_its_versions(office: Any) -> None:
    (calendar,) = (await office.ask("calendars", CLERK))["items"]
    assert (calendar["calendar"], calendar["aggregate_version"]) == ("kantoor", 1)
    (version,) = calendar["versions"]
    assert version["hours"] == [{"weekday": 1, "opens": "08:00:00", "closes": "17:00:00"}]
    assert (await office.ask("calendars", CLERK, calendar="weekend"))["total"] == 0


@pytest.mark.parametrize(
    ("params", "items"),
    [
        ({}, [None, "ICT-WP-01"]),
        ({"item": "-"}, [None]),
        ({"item": "ICT-WP-01"}, ["ICT-WP-01"]),
        ({"size": 1, "page": 2}, ["ICT-WP-01"]),
        ({"domain": "hr"}, []),
        ({"kind": "incident", "priority": 3}, [None, "ICT-WP-01"]),
        ({"kind": "incident", "priority": 4}, []),
    ],
)
async def test_norms_read_back_by_what_they_are_for(
    office: Any, params: dict[str, Any], items: list[str | None]
) -> None:
    answer = await office.ask("service-levels", CLERK, **params)
    assert [level["item"] for level in answer["items"]] == items


@pytest.mark.parametrize("query", ["agreements", "experience-targets"])
async def test_a_partner_reads_its_own_only(office: Any, query: str) -> None:
    for caller, partners in ((CLERK, ["zevenaar"]), (AGENT, ["duiven", "zevenaar"])):
        answer = await office.ask(query, caller)
        assert [each["partner"] for each in answer["items"]] == partners
    with pytest.raises(Refused, match="not-found"):
        await office.ask(query, CLERK, partner="duiven")


async def test_a_foreign_agreement_is_as_one_that_does_not_exist(office: Any) -> None:
    for number in ("DVO-DUIVEN", "DVO-NIETS"):
        assert (await office.ask("agreements", CLERK, agreement=number))["items"] == []
    (own,) = (await office.ask("agreements", CLERK, agreement="DVO-ZEVENAAR"))["items"]
    assert (own["ended"], own["versions"][0]["terms"]["items"]) == (False, ["ICT-WP-01"])


async def test_an_experience_target_keeps_what_held_before(office: Any) -> None:
    (target,) = (await office.ask("experience-targets", CLERK, domain="ict"))["items"]
    assert [each["valid_from"] for each in target["versions"]] == ["2026-01-01", "2027-01-01"]
    assert target["versions"][0]["target"] == {
        "quality": "7.5",
        "speed": "7.5",
        "communication": "7.7",
    }


async def test_a_keeper_sees_drafts_and_everybody_else_nothing_of_them(office: Any) -> None:
    answer = await office.ask("catalogue-keeping", KEEPER)
    assert [(item["item"], item["status"]) for item in answer["items"]] == [
        ("ICT-DR-01", "draft"),
        ("ICT-WP-01", "published"),
    ]
    only = await office.ask("catalogue-keeping", KEEPER, status="draft", search="CONC", domain="hr")
    assert only["total"] == 1
    draft = (await office.ask("catalogue-keeping-item", KEEPER, item="ICT-DR-01"))["item"]
    assert (draft["draft"]["name"], draft["versions"], draft["aggregate_version"]) == (
        "Concept",
        [],
        2,
    )
    for caller in (CLERK, AGENT):
        for query, params in (
            ("catalogue-keeping", {}),
            ("catalogue-keeping-item", {"item": "ICT-DR-01"}),
        ):
            with pytest.raises(Refused, match="not-found"):
                await office.ask(query, caller, **params)


async def test_a_preview_tells_what_changes_for_whom(office: Any) -> None:
    revised = content("Werkplek", tariffs={2026: "900.00", 2027: "950.00"}, included=["Laptop"])
    params = {
        "item": "ICT-WP-01",
        "valid_from": "2027-01-01",
        "content": revised.model_dump(mode="json"),
    }
    told = await office.ask("revision-preview", KEEPER, **params)
    assert [change["field"] for change in told["changes"]] == ["included", "tariffs"]
    assert [each["partner"] for each in told["partners"]] == ["duiven", "zevenaar"]
    assert told["partners"][1]["years"][0]["units"] == 400
    assert told["partners"][1]["years"][0]["difference"] is None, "there was no price for 2027"
    with pytest.raises(Refused, match="not-found"):
        await office.ask("revision-preview", KEEPER, **params | {"item": "ICT-DR-01"})
    with pytest.raises(Refused, match="not-found"):
        await office.ask("revision-preview", AGENT, **params)
    with pytest.raises(Refused, match="field-invalid"):
        await office.ask("revision-preview", KEEPER, **params | {"content": {"name": ""}})
