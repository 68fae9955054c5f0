"""What is made by itself when a month or a quarter is over, and who finds it afterwards."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.client import Caller
from contracts.periods import last_complete, previous
from contracts.reports import REPORTS
from services.projection.position import Position
from services.projection.reporting import schedule as scheduling
from services.projection.reporting.due import Member, due
from services.projection.reporting.schedule import Schedule
from services.projection.settings import Limits
from services.projection.views import reports

FIRST_OF_APRIL = datetime(2026, 4, 1, 0, 30, tzinfo=UTC)
SCHEDULED = sorted(name for name, kind in REPORTS.items() if kind.scheduled)
OPERATOR = Caller("operator", frozenset({"operator"}), None)
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def caller(role: str, *partners: str) -> Caller:
    return Caller(f"{role}-1", frozenset({role}), frozenset(partners) if partners else None)


@given(DAYS, st.lists(st.tuples(DAYS, st.none() | DAYS), max_size=4))
def test_due_is_the_last_period_that_is_over_for_whoever_was_there(
    today: date, days: list[tuple[date, date | None]]
) -> None:
    members = [Member(f"p{number}", *each) for number, each in enumerate(days)]
    found = due(today, members, set())
    for each in found:
        kind = REPORTS[each.report]
        assert kind.scheduled
        assert each.period == last_complete(kind.periods[0], today)
        assert each.period.last < today
    for name in SCHEDULED:
        period = last_complete(REPORTS[name].periods[0], today)
        there = {
            member.partner
            for member in members
            if any(
                member.joined_on <= day and (member.leaves_on is None or day <= member.leaves_on)
                for day in (period.first + timedelta(n) for n in range(92))
                if day <= period.last
            )
        }
        own = there if REPORTS[name].about != "centre" else set()
        centre = {None} if there and REPORTS[name].about != "partner" else set()
        assert {each.partner for each in found if each.report == name} == own | centre


def test_what_was_made_is_not_due_and_what_was_missed_long_ago_is_not_either() -> None:
    member = Member("zevenaar", date(2020, 1, 1))
    april = due(date(2026, 4, 1), [member], set())
    assert due(date(2026, 4, 30), [member], {each.key for each in april}) == []
    june = due(date(2026, 6, 1), [member], {each.key for each in april})
    assert {(each.report, str(each.period)) for each in june} == {("service-level", "2026-05")}
    assert previous(june[0].period) not in {each.period for each in june}


async def test_it_waits_until_little_comes_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "MINUTE_SECONDS", 0)

    async def minutes(*last: int | None) -> int:
        """How many it waits where the stream ends so at the beginnings and ends of minutes."""
        ends = iter(last)
        asked: list[int | None] = []

        async def told() -> int | None:
            asked.append(next(ends, None))
            return asked[-1]

        await scheduling.at_rest(told)
        return len(asked) // 2

    assert await minutes(0, 0) == await minutes(0, scheduling.MUCH) == 1
    assert await minutes(0, scheduling.MUCH + 1, 1500, 9000, 9100, 9101) == 3
    assert await minutes(None, 5, 5, None, 5, 5) == 3
    assert await minutes() == scheduling.LONGEST_MINUTES


Look = Callable[..., Awaitable[tuple[Any, Schedule]]]


@pytest.fixture
async def looked(
    start_projection: Any, publish: Any, teller: Any, monkeypatch: pytest.MonkeyPatch
) -> Look:
    """Gives a projection of two partners, of which the schedule was looked at in April."""

    async def build(*_: Any) -> list[Any]:
        return []

    monkeypatch.setattr(reports, "BUILDERS", dict.fromkeys(REPORTS, build))

    async def look() -> tuple[Any, Schedule]:
        running = await start_projection(clock=lambda: FIRST_OF_APRIL)
        teller.partner()
        teller.partner("duiven")
        teller.partner("westervoort", joined_on=date(2026, 4, 1))
        await publish(*teller.told)
        position = Position(connection=running.service.connection)
        schedule = Schedule(running.service, position, Limits(days=10))
        assert await schedule.look()
        return running, schedule

    return look


def rows(answer: dict[str, Any]) -> set[tuple[str, str | None]]:
    assert len(answer["kept"]) == answer["total"]
    return {(row["report"], row["partner"]) for row in answer["kept"]}


async def test_it_makes_each_once_and_who_may_read_it_finds_it(looked: Look) -> None:
    projection, schedule = await looked()
    assert await schedule.look()
    everything = await projection.ask("kept-reports", OPERATOR, size=100)
    members = [Member("zevenaar", date(2020, 1, 1)), Member("duiven", date(2020, 1, 1))]
    expected = {each.key for each in due(FIRST_OF_APRIL.date(), members, set())}
    kept = everything["kept"]
    assert sorted((row["report"], row["partner"] or "", row["period"]) for row in kept) == sorted(
        (report, partner or "", period) for report, partner, period in expected
    )
    assert {(row["scheduled"], row["sequence"]) for row in kept} == {(True, 3)}

    for reader, found in (
        (caller("user", "zevenaar"), set()),
        (caller("contract-manager", "zevenaar"), {("service-level", "zevenaar")}),
        (
            caller("client", "zevenaar"),
            {("service-level", "zevenaar"), ("partner-quarter", "zevenaar")},
        ),
        (
            caller("owner", "duiven"),
            {("service-level", "duiven"), ("partner-quarter", "duiven"), ("board", None)},
        ),
        (
            caller("agent"),
            {("service-level", None), ("service-level", "duiven"), ("service-level", "zevenaar")},
        ),
    ):
        assert rows(await projection.ask("kept-reports", reader)) == found
        for row in kept:
            if (row["report"], row["partner"]) in found:
                answer = await projection.ask("kept-report", reader, id=row["id"])
                assert answer["kept"] == row
            else:
                with pytest.raises(Exception, match="not-found"):
                    await projection.ask("kept-report", reader, id=row["id"])


async def test_one_that_cannot_be_made_holds_up_no_other(
    looked: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def divide(_: Any, session: AsyncSession) -> list[Any]:
        await session.execute(text("SELECT 1 / 0"))
        return []

    monkeypatch.setitem(reports.BUILDERS, "service-level", divide)
    projection, _ = await looked()
    made = rows(await projection.ask("kept-reports", OPERATOR))
    assert {report for report, _ in made} == {*SCHEDULED} - {"service-level"}


async def test_kept_reports_come_in_pages_the_newest_first(looked: Look) -> None:
    projection, _ = await looked()
    asked = {"report": "dashboard", "partner": "zevenaar", "period": "2026-02", "keep": True}
    (newest, elsewhere) = [
        (await projection.ask("report", OPERATOR, **{**asked, "partner": partner}))["kept"]
        for partner in ("zevenaar", "duiven")
    ]
    await projection.as_owner(
        "UPDATE kept_report SET made_at = made_at + interval '1 hour' WHERE id = $1", newest
    )
    first = await projection.ask("kept-reports", OPERATOR, size=1)
    assert [row["id"] for row in first["kept"]] == [newest]
    mine = await projection.ask("kept-reports", OPERATOR, report="dashboard", partner="duiven")
    assert [row["id"] for row in mine["kept"]] == [elsewhere]
    assert (await projection.ask("kept-reports", OPERATOR, period="2026-02"))["total"] == 2
    by_report = await projection.ask("kept-reports", OPERATOR, sort="report", size=100)
    names = [row["report"] for row in by_report["kept"]]
    assert names == sorted(names)
    with pytest.raises(Exception, match="sort-unknown"):
        await projection.ask("kept-reports", OPERATOR, sort="document")


async def test_what_was_asked_goes_after_a_while_and_what_the_schedule_made_stays(
    looked: Look,
) -> None:
    projection, schedule = await looked()
    before = await projection.ask("kept-reports", OPERATOR)
    await projection.ask("report", OPERATOR, report="board", keep=True)
    await projection.as_owner("UPDATE kept_report SET made_at = made_at - interval '11 days'")
    assert await schedule.look()
    assert (await projection.ask("kept-reports", OPERATOR))["total"] == before["total"]
