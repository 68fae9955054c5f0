"""Replaying the past: as of a sequence or a day, beside the live read models."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from contracts import tickets
from contracts.topology import DOMAIN_STREAM
from services.projection import replay as replaying
from services.projection.apply import fold
from services.projection.as_of import AsOf, Cut, last_moment
from services.projection.errors import ReportSequenceAhead
from services.projection.recorded import Recorded
from services.projection.replay import Scratch, replay

FIRST, SECOND = "INC-2026-000001", "INC-2026-000002"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)


@asynccontextmanager
async def past(projection: Any, as_of: AsOf) -> AsyncIterator[Scratch]:
    async def told(*_: int) -> None: ...

    scratch = await replay(
        projection.service.connection, projection.service.database.dsn, as_of, told
    )
    try:
        yield scratch
    finally:
        await scratch.close()


async def shown(scratch: Scratch) -> list[tuple[Any, ...]]:
    async with scratch.session() as session:
        rows = await session.execute(
            text("SELECT ticket, version, status, tasks FROM ticket ORDER BY ticket")
        )
        return [tuple(row) for row in rows]


def tell_two_days(teller: Any) -> None:
    teller.partner()
    teller.opened(FIRST, MONDAY)
    teller.then(FIRST, tickets.TicketAssigned, TUESDAY, team="x", line="first")
    teller.opened(SECOND, MONDAY)
    teller.then(FIRST, tickets.TicketWorkStarted, MONDAY)


async def test_as_of_a_sequence_all_that_came_until_then_counts(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell_two_days(teller)
    await projection.caught_up(await publish(*teller.told))
    async with past(projection, AsOf(sequence=3)) as scratch:
        assert scratch.sequence == 3
        assert await shown(scratch) == [(FIRST, 2, "assigned", [])]
    assert (await projection.ask("tickets"))["total"] == 2


async def test_as_of_a_day_what_occurred_later_counts_nowhere(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell_two_days(teller)
    await projection.caught_up(await publish(*teller.told))
    async with past(projection, AsOf(on=date(2026, 3, 2))) as scratch:
        assert scratch.sequence == 4
        assert await shown(scratch) == [(FIRST, 1, "new", []), (SECOND, 1, "new", [])]


async def test_as_of_both_the_sequence_pins_what_the_day_held(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell_two_days(teller)
    await projection.caught_up(await publish(*teller.told))
    async with past(projection, AsOf(sequence=3, on=date(2026, 3, 2))) as scratch:
        assert (scratch.sequence, await shown(scratch)) == (3, [(FIRST, 1, "new", [])])


async def test_what_is_set_aside_disturbs_nothing_that_lives(
    projection: Any, publish: Any, teller: Any
) -> None:
    opened = teller.opened(FIRST)
    assigned = teller.then(FIRST, tickets.TicketAssigned, MONDAY, team="x", line="first")
    early = teller.then(FIRST, tickets.TicketWorkStarted, MONDAY)
    sequence = await publish(opened, early)
    await projection.caught_up(sequence)
    async with past(projection, AsOf(sequence=sequence)) as scratch:
        assert [row[1] for row in await shown(scratch)] == [1]
    rows = await projection.as_owner("SELECT consumer, version FROM parked")
    assert [tuple(row) for row in rows] == [("projection-g1", 3)]
    sequence = await publish(assigned)
    async with past(projection, AsOf(sequence=sequence)) as scratch:
        assert [row[1] for row in await shown(scratch)] == [3]


async def test_the_past_cannot_be_changed_nor_what_lives(projection: Any) -> None:
    async with past(projection, AsOf(on=date(2026, 3, 2))) as scratch:
        with pytest.raises(Exception, match="read-only"):
            async with scratch.session() as session:
                await session.execute(text("DELETE FROM public.parked"))
        assert (scratch.sequence, await shown(scratch)) == (0, [])


async def test_beyond_the_end_of_the_stream_there_is_no_past(
    projection: Any, publish: Any, teller: Any
) -> None:
    teller.partner()
    last = await publish(*teller.told)
    with pytest.raises(ReportSequenceAhead):
        async with past(projection, AsOf(sequence=last + 1)):
            pass


async def test_it_reads_on_where_delivery_broke_off(
    projection: Any, publish: Any, teller: Any, stream: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 31):
        teller.opened(f"INC-2026-{number:06d}", MONDAY)
    sequence = await publish(*teller.told)
    taken_away: list[str] = []

    async def fold_without_a_consumer(*given: Any) -> Any:
        if not taken_away:
            await stream.jetstream().delete_consumer(DOMAIN_STREAM, replaying.CONSUMER)
            taken_away.append(replaying.CONSUMER)
        return await fold(*given)

    monkeypatch.setattr(replaying, "BATCH", 10)
    monkeypatch.setattr(replaying, "fold", fold_without_a_consumer)
    async with past(projection, AsOf(sequence=sequence)) as scratch:
        assert (taken_away, len(await shown(scratch))) == ([replaying.CONSUMER], 30)


def event(aggregate: str, minute: int) -> Recorded:
    at = MONDAY + timedelta(minutes=minute)
    return Recorded(0, "", "", aggregate, 0, "", at, {}, b"")


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(-3, 3)), max_size=20))
def test_of_each_aggregate_what_counts_is_the_beginning(told: list[tuple[str, int]]) -> None:
    events = [event(*each) for each in told]
    cut = Cut(MONDAY)
    counted = cut.take(events[:7]) + cut.take(events[7:])
    for aggregate in "abc":
        history = [each for each in events if each.aggregate == aggregate]
        first = next((i for i, each in enumerate(history) if each.occurred_at >= MONDAY), None)
        assert [each for each in counted if each.aggregate == aggregate] == history[:first]


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 3, 2), "2026-03-02T22:59:59.999999+00:00"),
        (date(2026, 3, 29), "2026-03-29T21:59:59.999999+00:00"),
    ],
)
def test_a_day_ends_when_it_does_in_amsterdam(day: date, moment: str) -> None:
    assert last_moment(day).isoformat() == moment
