"""What a partner's dashboard says of what is ahead, and which questions no figure answers."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from contracts import tickets
from contracts.reports import Cell, Of, Report, Table
from services.projection.errors import ReportSourceUnknown
from services.projection.views.reports.cells import against, tenth
from services.projection.views.reports.tickets.tallies import Tally


def window(teller: Any, number: str, now: Any, days: int, *partners: str) -> None:
    plan = {"title": f"Werk {number}", "starts_at": now + timedelta(days=days)}
    planned = tickets.MaintenancePlanned(
        occurred_at=now,
        window=number,
        partners=partners,
        ends_at=plan["starts_at"] + timedelta(hours=4),
        **plan,
    )
    teller.tell(number, planned)


def change(teller: Any, number: str, now: Any, days: int, **opened: Any) -> None:
    teller.opened(number, now - timedelta(days=1), kind="change", **opened)
    starts = now + timedelta(days=days)
    teller.then(
        number,
        tickets.ChangePlanned,
        now,
        change_type="normal",
        risk="low",
        starts_at=starts,
        ends_at=starts + timedelta(hours=1),
        by="p-2",
    )


def table(report: Report, key: str) -> list[list[Any]]:
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Table) and block.key == key:
                return [[cell.value for cell in row] for row in block.rows]
    raise LookupError(key)


async def test_four_weeks_of_maintenance_and_changes_are_ahead(
    read_models: Any, teller: Any, now: Any
) -> None:
    for slug in ("zevenaar", "duiven"):
        teller.partner(slug)
    window(teller, "MNT-2026-000001", now, 3)
    window(teller, "MNT-2026-000002", now, 4, "duiven")
    window(teller, "MNT-2026-000003", now, 40)
    window(teller, "MNT-2026-000004", now, 5, "zevenaar")
    called_off = tickets.MaintenanceCancelled(occurred_at=now, window="MNT-2026-000004")
    teller.tell("MNT-2026-000004", called_off)
    change(teller, "CHG-2026-000001", now, 2)
    change(teller, "CHG-2026-000002", now, 2, partner="duiven")
    change(teller, "CHG-2026-000003", now, 60)
    await read_models.fold(*teller.told)
    report = await read_models.report("dashboard", partner="zevenaar")
    assert [row[:3] for row in table(report, "maintenance-ahead")] == [
        ["MNT-2026-000001", "Werk MNT-2026-000001", "report-window-maintenance"]
    ]
    assert [[row[0], row[-1]] for row in table(report, "changes-ahead")] == [
        ["CHG-2026-000001", "decision-none"]
    ]


STRANGE = [
    ("tickets", {"measure": "everything"}),
    ("tickets", {}),
    ("tickets", {"measure": "open", "requester": "p-1"}),
    ("tickets", {"measure": "open", "from": "yesterday"}),
    ("tickets", {"measure": "open", "over": "never"}),
    ("ticket-totals", {"measure": "everything"}),
    ("marks-given", {"measure": "rated", "over": "never"}),
    ("signals", {}),
    ("maintenance", {"measure": "open"}),
]


@pytest.mark.parametrize(("source", "where"), STRANGE)
async def test_what_no_figure_is_made_of_is_not_opened(
    busy_models: Any, source: str, where: dict[str, str]
) -> None:
    report = await busy_models.report("service-level", partner="zevenaar", period="2026-03")
    with pytest.raises(ReportSourceUnknown):
        await busy_models.opened(report, Cell(value=None, of=Of(source=source, where=where)))


@given(some.lists(some.integers(0, 10**6), min_size=1), some.integers(1, 100))
def test_so_many_percent_take_no_longer_than_the_rank_says(
    seconds: list[int], percentage: int
) -> None:
    rank = Tally(seconds=sorted(seconds)).rank(percentage)
    assert rank in seconds
    assert 100 * sum(each <= rank for each in seconds) >= percentage * len(seconds)
    assert 100 * sum(each < rank for each in seconds) < percentage * len(seconds)


@pytest.mark.parametrize(
    ("reached", "target", "state"),
    [
        (None, "90.0", None),
        ("90.0", None, None),
        ("90.0", "90.0", "good"),
        ("89.9", "90.0", "attention"),
        ("85.1", "90.0", "attention"),
        ("85.0", "90.0", "bad"),
    ],
)
def test_a_figure_is_judged_by_what_is_shown(
    reached: str | None, target: str | None, state: str | None
) -> None:
    assert against(reached, target) == state


def test_halves_are_rounded_up() -> None:
    assert [tenth(Decimal(each)) for each in ("7.25", "7.249", "7.35")] == ["7.3", "7.2", "7.4"]
