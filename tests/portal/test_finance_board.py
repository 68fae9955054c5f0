"""What the board sees: risks and resilience, treasury, indicators, business cases, quotes."""

from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Page, expect

from services.gateway.portal.finance.places import PLACES

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OWNER = "eigenaar-zevenaar"


@pytest_asyncio.fixture
async def page(portal: Any) -> Page:
    """The first page of a controller."""
    return await portal.as_person("controller")


async def fill(page: Page, address: str, told: str, **values: str) -> None:
    """Fill the form at an address in, and send it."""
    await page.goto(address)
    for name, value in values.items():
        field = page.locator(f"[name='{name.replace('__', '.')}']")
        if await field.evaluate("one => one.tagName") == "SELECT":
            await field.select_option(value)
        else:
            await field.fill(value)
    await page.locator("main form button.utrecht-button--primary-action").first.click()
    await expect(page.get_by_role("status").first).to_contain_text(told)


async def test_the_board_sees_whether_the_reserve_is_enough(portal: Any, page: Page) -> None:
    await fill(
        page,
        "/financien/risicos/nieuw",
        "Het risico is geregistreerd.",
        risk="proefrisico",
        content__name="Uitval rekencentrum",
        content__category="ICT",
        content__cause="Stroom",
        content__gross="800.000,00",
        content__net="400000",
        content__chance="2",
        content__owner="Manager ICT",
        content__review_on="2026-12-01",
    )
    await fill(
        page,
        "/financien/risicos/proefrisico/wijzigen",
        "Het risico is bijgewerkt.",
        content__net="300000",
    )
    await expect(page.locator("main")).to_contain_text("Bijgewerkt")
    await fill(
        page,
        "/financien/weerstand/reserve",
        "De reserve is vastgelegd.",
        reserve="proefreserve",
        name="Algemene reserve",
        valid_from="2026-01-01",
        amount="250000",
    )
    when = {"on": "2026-06-30", "turnover": "12000000"}
    told = "De weerstand is bepaald."
    await fill(page, "/financien/weerstand/percentage", told, **when)
    when["on"] = "2026-12-31"
    await fill(page, "/financien/weerstand/simulatie", told, how__runs="500", **when)
    owner = await portal.as_person(OWNER)
    await owner.goto("/financien")
    await expect(owner.get_by_role("heading", level=1)).to_have_text("Weerstandsvermogen")
    series = owner.get_by_role("region", name="Verloop over de peildata", exact=True)
    await expect(series).to_contain_text("50 % van de netto risicobedragen")
    await expect(series).to_contain_text("startgetal 1")
    await expect(owner.get_by_role("img", name="Verloop over de peildata")).to_be_visible()
    await expect(owner.get_by_role("link", name="Reserve vastleggen")).to_have_count(0)
    assert await portal.violations(owner) == []
    await owner.goto("/financien/risicos?op=2026-01-01")
    await expect(owner.get_by_role("link", name="Uitval rekencentrum")).to_have_count(0)


async def test_the_board_sees_limit_norm_and_ratios(portal: Any, page: Page) -> None:
    for month in ("1", "2", "3"):
        await fill(
            page,
            "/financien/treasury/kas",
            "De kasstand is vastgelegd.",
            year="2032",
            month=month,
            floating_debt="1000000",
            budget_total="10000000",
        )
    await fill(
        page,
        "/financien/treasury/lening",
        "De lening is geregistreerd.",
        loan="PROEF-1",
        lender="BNG Bank",
        principal="500000",
        rate="2,35",
        first_year="2026",
        redemptions__0__year="2032",
        redemptions__0__amount="100000",
    )
    year = await page.evaluate("new Date().getFullYear()")
    norm = {f"budget_totals__{year}": "10000000"}
    await fill(page, "/financien/treasury/renterisico", "Het renterisico is getoetst.", **norm)
    await fill(
        page,
        "/financien/treasury/balans",
        "De balans is vastgelegd.",
        year="2032",
        sheet__equity="100",
        sheet__balance_total="400",
        sheet__total_income="1000",
    )
    owner = await portal.as_person(OWNER)
    await owner.goto("/financien/treasury?jaar=2032")
    assert await portal.violations(owner) == []
    limit = owner.get_by_role("region", name="Kasgeldlimiet", exact=True)
    await expect(limit.get_by_role("row", name="2032 eerste kwartaal")).to_contain_text("820.000")
    await expect(limit).to_contain_text("1e kwartaal op rij erboven")
    await expect(owner.get_by_role("row", name="PROEF-1")).to_contain_text("400.000,00")
    await expect(owner.get_by_role("region", name="Kengetallen", exact=True)).to_contain_text(
        "25 %"
    )


async def test_the_board_sees_indicators_and_business_cases(portal: Any, page: Page) -> None:
    await fill(
        page,
        "/financien/indicatoren/vastleggen",
        "De indicator is vastgelegd.",
        indicator="proef-overhead",
        name="Overhead",
        year="2026",
        unit="percentage",
        value="9,5",
        benchmark="10",
    )
    await fill(
        page,
        "/financien/indicatoren/vastleggen",
        "De indicator is vastgelegd.",
        indicator="proef-overhead",
        name="Overhead",
        year="2027",
        unit="percentage",
        value="9",
        domain="finance",
        goal="cost",
    )
    theme = {"theme": "Inkoop", "year": "2026", "savings_structural": "100"}
    row = {f"themes__0__{name}": value for name, value in theme.items()}
    later = {"theme": "Inkoop", "year": "2027", "savings_structural": "300"}
    row |= {f"themes__1__{name}": value for name, value in later.items()}
    row["themes__0__theme"] = row["themes__1__theme"] = "inkoop"
    await fill(
        page,
        "/financien/businesscases/nieuw",
        "De businesscase is vastgesteld.",
        case="proef",
        name="Samen inkopen",
        themes__0__costs_one_off="250",
        **row,
    )
    await fill(
        page,
        "/financien/businesscases/proef/resultaat",
        "Het resultaat is vastgelegd.",
        theme="inkoop",
        result__year="2026",
        result__savings_structural="80",
    )
    owner = await portal.as_person(OWNER)
    await owner.goto("/financien/indicatoren")
    await expect(owner.get_by_role("region", name="Overhead", exact=True)).to_contain_text("9,5 %")
    await expect(owner.get_by_role("img", name="Overhead")).to_be_visible()
    await expect(owner.get_by_text("Financiën · Kosten")).to_be_visible()
    assert await portal.violations(owner) == []
    await owner.goto("/financien/businesscases")
    await owner.get_by_role("link", name="Samen inkopen").click()
    await expect(owner.get_by_role("img", name="Plan en werkelijkheid per jaar")).to_be_visible()
    assert await portal.violations(owner) == []
    await expect(owner.get_by_role("region", name="inkoop", exact=True)).to_contain_text("80,00")


async def test_quotes_stand_beside_each_other_with_their_assumptions(
    portal: Any, page: Page
) -> None:
    for quote, workplaces in (("toe-a", "100"), ("toe-b", "150")):
        await fill(
            page,
            "/financien/offertes/toetreden",
            "De berekening is gemaakt.",
            quote=quote,
            name="Doesburg",
            assumptions__joins_on="2028-01-01",
            assumptions__friction="10000",
            assumptions__workplaces=workplaces,
            assumptions__price_per_workplace="250,50",
        )
    await fill(
        page,
        "/financien/offertes/uittreden",
        "De berekening is gemaakt.",
        quote="uit-a",
        partner="1stroom",
        assumptions__leaves_on="2028-12-31",
        assumptions__friction="10000",
        assumptions__yearly_contribution="200000",
        assumptions__remaining_percentages="80\n40,5",
    )
    await page.goto("/financien/offertes?vergelijk=toe-a&vergelijk=toe-b")
    compared = page.get_by_role("region", name="Vergelijking", exact=True)
    await expect(compared.get_by_role("row", name="Werkplekken 100 150")).to_be_visible()
    await expect(compared.get_by_role("row", name="Totaal")).to_contain_text("47.575,00")
    assert await portal.violations(page) == []


async def test_every_place_of_finance_opens_for_who_may_go_there(portal: Any) -> None:
    for person, role in (("controller", "controller"), (OWNER, "owner")):
        page = await portal.as_person(person)
        for place in PLACES:
            answer = await page.goto(place.address)
            assert answer.status == (200 if role in place.roles else 403), place.address
            assert await portal.violations(page) == [], place.address
