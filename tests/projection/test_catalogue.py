"""The catalogue as it reads on a day, for everybody and under an agreement."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
import pytest_asyncio

from chassis.client import Caller
from chassis.errors import Refused
from contracts import catalog

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
CLERK = Caller("p-1", frozenset({"user"}), frozenset({"zevenaar"}))


def content(name: str, **data: Any) -> catalog.ItemVersion:
    return catalog.ItemVersion(
        **{
            "name": name,
            "domain": "ict",
            "tier": "basic",
            "unit": "workplace",
            "tariffs": {2026: "900.00", 2027: "950.00"},
            "owner": "ICT",
            **data,
        }
    )


def norm(resolution: int) -> catalog.Norm:
    return catalog.Norm(
        response_minutes=60, resolution_minutes=resolution, calendar=None, target_percentage="90"
    )


def tell_items(teller: Any) -> None:
    teller.item("ICT-WP-01", content=content("Werkplek"))
    revised = catalog.CatalogueItemRevised(
        occurred_at=NOW,
        item="ICT-WP-01",
        item_version=2,
        valid_from=date(2026, 7, 1),
        content=content("Digitale werkplek"),
    )
    teller.tell("item/ICT-WP-01", revised)
    teller.item("ICT-TB-02", content=content("Tablet", tier="plus", description="Voor de raad"))
    teller.item("HR-SAL-01", content=content("Salarisverwerking", domain="hr"))
    retired = catalog.CatalogueItemRetired(
        occurred_at=NOW, item="HR-SAL-01", retired_from=date(2026, 9, 1)
    )
    teller.tell("item/HR-SAL-01", retired)
    teller.item("ICT-NEW-01", valid_from=date(2027, 1, 1), content=content("Later"))
    draft = catalog.CatalogueItemDrafted(
        occurred_at=NOW, item="ICT-DR-01", content=content("Concept")
    )
    teller.tell("item/ICT-DR-01", draft)


def tell_promises(teller: Any) -> None:
    teller.level(norm=norm(960))
    teller.level(norm=norm(840), valid_from=date(2026, 8, 1))
    teller.level(priority=1, norm=norm(240))
    teller.level("ICT-WP-01", norm=norm(480))
    signed = catalog.AgreementSigned(
        occurred_at=NOW,
        agreement="DVO-1",
        partner="zevenaar",
        starts_on=date(2026, 1, 1),
        items=("ICT-WP-01",),
        deviating_norms=(
            catalog.DeviatingNorm(domain="ict", kind="incident", priority=1, norm=norm(120)),
        ),
        deviating_prices={"ICT-WP-01": {2026: "850.00"}},
        surcharge_percentage="5",
    )
    teller.tell("agreement/DVO-1", signed)
    ended = catalog.AgreementEnded(
        occurred_at=NOW, agreement="DVO-1", partner="zevenaar", ends_on=date(2026, 12, 31)
    )
    teller.tell("agreement/DVO-1", ended)


@pytest_asyncio.fixture
async def shop(start_projection: Any, publish: Any, teller: Any) -> Any:
    projection = await start_projection(clock=lambda: NOW)
    teller.partner("zevenaar")
    teller.partner("duiven")
    tell_items(teller)
    tell_promises(teller)
    await projection.caught_up(await publish(*teller.told))
    return projection


async def names(shop: Any, **params: Any) -> list[str]:
    answer = await shop.ask("catalogue", CLERK, **params)
    assert answer["total"] == len(answer["items"])
    return [item["name"] for item in answer["items"]]


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({}, ["Salarisverwerking", "Tablet", "Werkplek"]),
        ({"sort": "-name"}, ["Werkplek", "Tablet", "Salarisverwerking"]),
        ({"domain": "hr"}, ["Salarisverwerking"]),
        ({"tier": "plus"}, ["Tablet"]),
        ({"search": "RAAD tablet"}, ["Tablet"]),
        ({"search": "ict-wp"}, ["Werkplek"]),
        ({"on": "2026-09-01"}, ["Tablet", "Digitale werkplek"]),
        ({"on": "2025-12-31"}, []),
        ({"on": "2027-01-01"}, ["Later", "Tablet", "Digitale werkplek"]),
    ],
)
async def test_a_day_shows_what_can_be_ordered_then(
    shop: Any, params: dict[str, Any], found: list[str]
) -> None:
    assert await names(shop, **params) == found


@pytest.mark.parametrize(
    ("params", "terms"),
    [
        ({}, ("900.00", None)),
        ({"partner": "zevenaar"}, ("850.00", True)),
        ({"partner": "zevenaar", "on": "2027-02-01"}, ("950.00", False)),
        ({"on": "2029-02-01"}, (None, None)),
    ],
)
async def test_a_price_is_the_agreed_one_while_the_agreement_holds(
    shop: Any, params: dict[str, Any], terms: tuple[str | None, bool | None]
) -> None:
    answer = await shop.ask("catalogue-item", CLERK, item="ICT-WP-01", **params)
    assert (answer["item"]["tariff"], answer["item"]["agreed"]) == terms


@pytest.mark.parametrize(
    ("item", "params", "norms"),
    [
        ("ICT-TB-02", {}, {1: (240, "domain"), 3: (960, "domain")}),
        ("ICT-TB-02", {"on": "2026-08-01"}, {1: (240, "domain"), 3: (840, "domain")}),
        ("ICT-WP-01", {}, {1: (240, "domain"), 3: (480, "item")}),
        ("ICT-WP-01", {"partner": "zevenaar"}, {1: (120, "agreement"), 3: (480, "item")}),
        ("HR-SAL-01", {"partner": "zevenaar"}, {}),
    ],
)
async def test_the_most_specific_norm_is_shown(
    shop: Any, item: str, params: dict[str, Any], norms: dict[int, tuple[int, str]]
) -> None:
    answer = await shop.ask("catalogue-item", CLERK, item=item, **params)
    shown = {
        norm["priority"]: (norm["resolution_minutes"], norm["source"])
        for norm in answer["item"]["norms"]
    }
    assert shown == norms


async def test_an_item_tells_its_versions(shop: Any) -> None:
    item = (await shop.ask("catalogue-item", CLERK, item="ICT-WP-01"))["item"]
    assert (item["version"], item["aggregate_version"], item["name"]) == (1, 2, "Werkplek")
    assert item["versions"] == [
        {"version": 1, "valid_from": "2026-01-01"},
        {"version": 2, "valid_from": "2026-07-01"},
    ]


@pytest.mark.parametrize("item", ["ICT-DR-01", "ICT-NEW-01", "ICT-XX-99"])
async def test_what_is_not_offered_yet_is_not_found(shop: Any, item: str) -> None:
    with pytest.raises(Refused, match="not-found"):
        await shop.ask("catalogue-item", CLERK, item=item)


async def test_the_terms_of_a_foreign_partner_are_not_found(shop: Any) -> None:
    with pytest.raises(Refused, match="not-found"):
        await shop.ask("catalogue", CLERK, partner="duiven")


@pytest.mark.parametrize(
    ("params", "price"),
    [
        ({}, (2026, "900.00", None, "0", "900.00")),
        ({"partner": "zevenaar"}, (2026, "900.00", "850.00", "5", "892.50")),
        ({"partner": "zevenaar", "on": "2027-02-01"}, (2027, "950.00", None, "0", "950.00")),
    ],
)
async def test_a_price_tells_its_year_and_what_it_is_made_of(
    shop: Any, params: dict[str, Any], price: tuple[Any, ...]
) -> None:
    item = (await shop.ask("catalogue-item", CLERK, item="ICT-WP-01", **params))["item"]
    assert tuple(item["price"].values()) == price
    assert [each["year"] for each in item["prices"]] == [2026, 2027]
    (listed,) = (await shop.ask("catalogue", CLERK, search="ict-wp", **params))["items"]
    assert listed["price"] == item["price"]


async def test_an_item_tells_what_each_version_changed(shop: Any) -> None:
    item = (await shop.ask("catalogue-item", CLERK, item="ICT-WP-01"))["item"]
    assert [version["changes"] for version in item["history"]] == [
        [],
        [{"field": "name", "before": "Werkplek", "after": "Digitale werkplek"}],
    ]
