"""Reports are the same for whoever reads them, and hold nothing of another partner."""

from random import Random
from typing import Any

import pytest

from chassis.client import Caller
from chassis.errors import PartnerForbidden
from contracts.reports import Cell, Of

CLIENT = Caller("cl-1", frozenset({"client"}), frozenset({"zevenaar"}))
MANAGER = Caller("cm-1", frozenset({"contract-manager"}), frozenset({"zevenaar"}))
OWN = [
    ("dashboard", "2026-03-05..2026-04-01", MANAGER),
    ("service-level", "2026-Q1", MANAGER),
    ("partner-quarter", "2026-Q1", CLIENT),
]
EVERY = [
    ("dashboard", "zevenaar"),
    ("service-level", "zevenaar"),
    ("service-level", None),
    ("day-board", None),
    ("partner-quarter", "zevenaar"),
    ("annual", None),
]


@pytest.mark.parametrize(("name", "period", "caller"), OWN)
async def test_another_partners_tickets_change_nothing(
    read_models: Any, busy: Any, name: str, period: str, caller: Caller
) -> None:
    own = [each for each in busy.told if each.partner != "duiven"]
    others = [each for each in busy.told if each.partner == "duiven"]
    assert len(others) > 100
    await read_models.fold(*own)
    alone = await read_models.report(name, caller, partner="zevenaar", period=period)
    await read_models.fold(*others)
    among = await read_models.report(name, caller, partner="zevenaar", period=period)
    assert among.sections == alone.sections
    assert await read_models.report(name, partner="zevenaar", period=period) == among
    assert "duiven" not in among.model_dump_json().lower()


async def test_nothing_of_another_partner_is_opened(busy_models: Any) -> None:
    asked = {"partner": "zevenaar", "period": "2026-Q1"}
    report = await busy_models.report("service-level", MANAGER, **asked)
    for measure in ("received", "open", "rated", "breached"):
        for source in ("tickets", "ratings"):
            cell = Cell(value=None, of=Of(source=source, where={"measure": measure}))
            table, total = await busy_models.opened(report, cell)
            place = [column.key for column in table.columns].index("partner")
            assert total
            assert {row[place].value for row in table.rows} == {"Zevenaar"}
            foreign = Of(source=source, where={"measure": measure, "partner": "duiven"})
            assert await busy_models.opened(report, Cell(value=None, of=foreign)) == (
                table.model_copy(update={"rows": ()}),
                0,
            )


@pytest.mark.parametrize("name", ["dashboard", "service-level", "partner-quarter"])
@pytest.mark.parametrize("partner", ["duiven", "nowhere"])
async def test_a_foreign_report_is_refused(busy_models: Any, name: str, partner: str) -> None:
    with pytest.raises(PartnerForbidden):
        await busy_models.report(name, CLIENT, partner=partner)


@pytest.mark.parametrize("name", ["dashboard", "service-level", "partner-quarter"])
async def test_there_is_no_report_of_who_takes_no_part(busy_models: Any, name: str) -> None:
    with pytest.raises(PartnerForbidden):
        await busy_models.report(name, partner="nowhere")


@pytest.mark.parametrize("name", ["service-level", "day-board"])
async def test_the_whole_centre_is_for_the_centre(busy_models: Any, name: str) -> None:
    with pytest.raises(PartnerForbidden):
        await busy_models.report(name, CLIENT)


async def test_pages_of_what_is_opened_follow_each_other(busy_models: Any) -> None:
    report = await busy_models.report("service-level", partner="zevenaar", period="2026-Q1")
    cell = Cell(value=None, of=Of(source="tickets", where={"measure": "received"}))
    whole, total = await busy_models.opened(report, cell)
    pages = [
        (await busy_models.opened(report, cell, size=7, page=page))[0].rows
        for page in range(1, total // 7 + 2)
    ]
    assert tuple(row for page in pages for row in page) == whole.rows


async def test_the_same_facts_give_the_same_bytes(read_models: Any, busy: Any) -> None:
    """In whatever order tickets stand in their table."""
    await read_models.fold(*busy.told)
    before = [await read_models.report(name, partner=partner) for name, partner in EVERY]
    await shuffle(read_models)
    assert [await read_models.report(name, partner=partner) for name, partner in EVERY] == before


async def shuffle(read_models: Any) -> None:
    numbers = [
        row["ticket"]
        for row in await read_models.connection.fetch("SELECT ticket FROM ticket ORDER BY ticket")
    ]
    Random(7).shuffle(numbers)  # noqa: S311  any other order
    for number in numbers:
        await read_models.connection.execute(
            "UPDATE ticket SET updated_at = updated_at WHERE ticket = $1", number
        )
