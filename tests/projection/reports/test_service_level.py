"""The service level report of a month, reckoned by hand."""

from datetime import UTC, datetime
from typing import Any

import pytest

from contracts import tickets
from contracts.reports import Figures, Report, Table

SECRET = tickets.Sealed(subject="p-1", text="c2VhbGVk")
NO_NORM = {"within_response": None, "within_resolution": None}
WITHOUT_CLOCK = tickets.ClockReading(response_seconds=0, resolution_seconds=0)


def at(month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.fixture
def march(teller: Any) -> Any:
    """Clocks go forward on 29 March: the month ends at 22:00 UTC and began at 23:00."""
    teller.partner()
    teller.partner("duiven")
    teller.item()
    first_half_hour(teller)
    last_half_hour(teller)
    late(teller)
    reopened(teller)
    withdrawn(teller)
    without_norm(teller)
    teller.opened("INC-2026-000099", at(3, 15), partner="duiven")
    return teller


def first_half_hour(teller: Any) -> None:
    teller.opened("INC-2026-000001", at(2, 28, 23, 30))
    teller.resolved("INC-2026-000001", at(3, 2), 3600)
    closed(teller, "INC-2026-000001", at(3, 3), 3600, within=True)


def last_half_hour(teller: Any) -> None:
    """One in March in Amsterdam, and one half an hour after it."""
    teller.opened("INC-2026-000002", at(3, 31, 21, 30), kind="question", priority=5)
    teller.opened("INC-2026-000003", at(3, 31, 22, 30))


def late(teller: Any) -> None:
    number = "INC-2026-000004"
    teller.opened(number, at(3, 10))
    for team in ("Netwerk", "Applicaties"):
        teller.then(number, tickets.TicketAssigned, at(3, 11), team=team, line="second")
    for whom in ("supplier", "user"):
        teller.then(number, tickets.TicketPaused, at(3, 11), waiting_on=whom)
    due = {"clock_name": "resolution", "due": at(3, 11)}
    teller.then(number, tickets.SlaBreached, at(3, 11), **due)
    teller.resolved(number, at(3, 12), 40_000, within_resolution=False)
    closed(teller, number, at(3, 12), 40_000, within=False)


def reopened(teller: Any) -> None:
    teller.opened("INC-2026-000005", at(3, 5))
    teller.resolved("INC-2026-000005", at(3, 6), 60)
    teller.then("INC-2026-000005", tickets.TicketReopened, at(3, 7), reason=SECRET)


def withdrawn(teller: Any) -> None:
    teller.opened("INC-2026-000006", at(3, 8))
    teller.resolved("INC-2026-000006", at(3, 8, 10), 60, within_resolution=False)
    teller.then("INC-2026-000006", tickets.TicketCancelled, at(3, 9), reason=SECRET)


def without_norm(teller: Any) -> None:
    """Opened the month before, resolved in the night in which an hour is skipped."""
    number = "INC-2026-000007"
    outside = {"item": None, "item_version": None, "tier": None, "out_of_catalogue": True}
    teller.opened(number, at(2, 10), norm=None, clock=WITHOUT_CLOCK, domain="hr", **outside)
    clock = WITHOUT_CLOCK.model_copy(update={"resolution_seconds": 7200})
    teller.then(number, tickets.TicketResolved, at(3, 29, 1, 30), clock=clock, **NO_NORM)


def closed(teller: Any, number: str, moment: datetime, seconds: int, *, within: bool) -> None:
    used = {"response_seconds": seconds, "resolution_seconds": seconds, "responded_at": moment}
    clock = teller.clock.model_copy(update=used)
    judged = {"within_response": True, "within_resolution": within, "automatic": False}
    teller.then(number, tickets.TicketClosed, moment, clock=clock, **judged)


def block(report: Report, section: str, key: str | None = None) -> Any:
    """The key figures of a section, or its table of that key."""
    (found,) = (each for each in report.sections if each.key == section)
    for each in found.blocks:
        if isinstance(each, Figures if key is None else Table) and (key is None or each.key == key):
            return each
    raise LookupError(section, key)


def figures(report: Report, section: str) -> dict[str, Any]:
    found = block(report, section).figures
    return {each.label.removeprefix("report-figure-"): each.cell.value for each in found}


def values(table: Table) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in table.rows]


async def test_the_key_figures_of_a_month(read_models: Any, march: Any) -> None:
    await read_models.fold(*march.told)
    report = await read_models.report("service-level", partner="zevenaar", period="2026-03")
    assert figures(report, "summary") == {
        "received": 4,
        "closed": 2,
        "backlog": 2,
        "response-within": "100.0",
        "resolution-within": "50.0",
        "median": 7200,
        "p90": 40_000,
    }
    summary = block(report, "summary").figures
    stands = [(each.target.value, each.state) for each in summary if each.target]
    assert stands == [("90.0", "good"), ("90.0", "bad")]


async def test_the_period_before_stands_beside_it(read_models: Any, march: Any) -> None:
    await read_models.fold(*march.told)
    report = await read_models.report("service-level", partner="zevenaar", period="2026-03")
    assert values(block(report, "summary", "compared")) == [
        ["report-period-before", 1, 0, None, None, None, None, 1],
        ["report-period-this", 4, 2, "100.0", "50.0", 7200, 40_000, 0],
    ]


async def test_each_way_of_dividing_adds_up(read_models: Any, march: Any) -> None:
    await read_models.fold(*march.told)
    report = await read_models.report("service-level", partner="zevenaar", period="2026-03")
    for name in ("domain", "kind", "priority", "item", "norm"):
        table = block(report, "levels", f"levels-by-{name}")
        place = [column.key for column in table.columns].index("received")
        assert sum(row[place].value for row in table.rows) == 4, name
    assert values(block(report, "levels", "levels-by-domain")) == [
        ["domain-hr", 0, 0, None, None, None, None, 7200, 7200],
        ["domain-ict", 4, 2, "50.0", "90.0", "bad", "100.0", 3600, 40_000],
    ]
    items = values(block(report, "levels", "levels-by-item"))
    assert [row[:3] for row in items] == [
        ["domain-hr", None, None],
        ["domain-ict", "ICT-WP-01", "Werkplek"],
    ]


async def test_a_breach_is_told_with_its_reason(read_models: Any, march: Any) -> None:
    await read_models.fold(*march.told)
    report = await read_models.report("service-level", partner="zevenaar", period="2026-03")
    assert values(block(report, "breaches", "breach-reasons")) == [["report-reason-handed-over", 1]]
    (row,) = values(block(report, "breaches", "breaches-explained"))
    seconds_late = 40_000 - 480 * 60
    assert row == [
        "INC-2026-000004",
        "kind-incident",
        "priority-3",
        "ICT-WP-01",
        "clock-resolution",
        "2026-03-02T16:00:00Z",
        seconds_late,
        "report-reason-handed-over",
        2,
        1,
        2,
        "report-norm-item",
    ]


async def test_a_month_in_which_nothing_happened_has_no_percentages(read_models: Any) -> None:
    report = await read_models.report("service-level", period="2020-02")
    found = figures(report, "summary")
    assert {name for name, value in found.items() if value is None} == {
        "response-within",
        "resolution-within",
        "median",
        "p90",
    }
    assert sum(value for value in found.values() if value) == 0
    assert figures(report, "breaches")["breached"] == 0
    assert figures(report, "satisfaction")["rated"] == 0


async def test_the_whole_centre_is_told_per_partner(read_models: Any, march: Any) -> None:
    await read_models.fold(*march.told)
    report = await read_models.report("service-level", period="2026-03")
    received = [row[:2] for row in values(block(report, "partners", "levels-by-partner"))]
    assert received == [["Duiven", 1], ["Zevenaar", 4]]


async def test_what_is_left_at_the_end_of_each_day_follows_from_what_came_and_went(
    read_models: Any, march: Any
) -> None:
    await read_models.fold(*march.told)
    report = await read_models.report("day-board", period="2026-03-27..2026-04-02")
    assert [row[:4] for row in values(block(report, "flow", "flow-per-day"))] == [
        ["2026-03-27", 0, 0, 3],
        ["2026-03-28", 0, 0, 3],
        ["2026-03-29", 0, 1, 2],
        ["2026-03-30", 0, 0, 2],
        ["2026-03-31", 1, 0, 3],
        ["2026-04-01", 1, 0, 4],
    ]
    year = await read_models.report("day-board", period="2026")
    assert [row[:4] for row in values(block(year, "flow", "flow-per-month"))] == [
        ["2026-01", 0, 0, 0],
        ["2026-02", 1, 0, 1],
        ["2026-03", 5, 3, 3],
        ["2026-04", 1, 0, 4],
    ]


async def test_the_day_board_tells_who_has_the_work(read_models: Any, march: Any) -> None:
    await read_models.fold(*march.told)
    report = await read_models.report("day-board", period="2026-03-05..2026-04-01")
    teams = {row[0]: row[1:] for row in values(block(report, "teams", "teams"))}
    assert {team: row[0] for team, row in teams.items()} == {None: 3, "Werkplek": 1}
    oldest = values(block(report, "oldest", "oldest"))
    assert [row[0] for row in oldest] == [
        "INC-2026-000005",
        "INC-2026-000099",
        "INC-2026-000002",
        "INC-2026-000003",
    ]


async def test_a_period_that_is_still_to_come_has_no_days(read_models: Any, march: Any) -> None:
    await read_models.fold(*march.told)
    report = await read_models.report("day-board", period="2027")
    table = block(report, "flow", "flow-per-month")
    assert (table.rows, table.charts) == ((), ())
    assert figures(report, "flow") == {"received": 0, "resolved": 0, "kept-up": None}
