"""Rebuilding: from the first event, beside the old, equal to it, and unseen by readers."""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest

from contracts import tickets
from contracts.topology import DOMAIN_STREAM
from services.projection import generations, rebuild
from services.projection.apply import fold
from services.projection.rebuild import RebuildRunning

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def tell_much(teller: Any, count: int) -> None:
    teller.partner()
    teller.item()
    teller.level()
    for number in range(1, count + 1):
        teller.opened(f"INC-2026-{number:06d}", AT + timedelta(minutes=number))
    for number in range(1, count + 1, 2):
        teller.resolved(f"INC-2026-{number:06d}", AT + timedelta(days=1), 60 * number)


async def test_a_rebuild_comes_to_the_same(projection: Any, publish: Any, teller: Any) -> None:
    tell_much(teller, 60)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    before = await projection.ask("tickets", size=100)
    lines: list[dict[str, Any]] = []

    rebuilt = await projection.rebuild(lines.append)

    assert (rebuilt.generation, rebuilt.events, rebuilt.equal) == ("g2", sequence, True)
    assert lines[-1]["sequence"] == lines[-1]["last"] == sequence
    assert await projection.ask("tickets", size=100) == before
    schemas = await projection.as_owner("SELECT schema, live FROM generation")
    assert [tuple(row) for row in schemas] == [("g2", True)]


async def test_the_running_service_goes_on_with_the_new_generation(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell_much(teller, 10)
    await projection.caught_up(await publish(*teller.told))
    await projection.rebuild()
    later = teller.then("INC-2026-000002", tickets.TicketAssigned, AT, team="x", line="first")
    status = await projection.caught_up(await publish(later))
    assert (status["generation"], status["lag"]) == ("g2", 0)


async def test_readers_always_have_an_answer_and_nothing_is_lost_meanwhile(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell_much(teller, 200)
    await projection.caught_up(await publish(*teller.told))
    done = asyncio.Event()
    sequences: list[int] = []

    async def read() -> None:
        while not done.is_set():
            answer = await projection.ask("tickets", size=5)
            assert answer["total"] >= 200
            sequences.append(answer["sequence"])

    async def write() -> int:
        sequence = 0
        for number in range(1001, 1101):
            sequence = await publish(teller.opened(f"INC-2026-{number:06d}", AT))
        return sequence

    readers = [asyncio.create_task(read()) for _ in range(3)]
    writing = asyncio.create_task(write())
    for _ in range(2):
        assert (await projection.rebuild()).equal is True
    await projection.caught_up(await writing)
    done.set()
    await asyncio.gather(*readers)

    assert len(sequences) > 20
    assert (await projection.ask("tickets"))["total"] == 300


async def test_a_row_that_went_wrong_is_found_and_put_right(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell_much(teller, 5)
    await projection.caught_up(await publish(*teller.told))
    await projection.as_owner("UPDATE g1.ticket SET team = 'nobody' WHERE ticket LIKE '%2'")
    assert (await projection.rebuild()).equal is False
    assert (await projection.ask("ticket", ticket="INC-2026-000002"))["ticket"]["team"] is None


async def test_read_models_of_another_release_are_not_shown_but_rebuilt(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell_much(teller, 5)
    await projection.caught_up(await publish(*teller.told))
    await projection.as_owner("UPDATE generation SET shape = 0")
    with pytest.raises(Exception, match="read-models-outdated"):
        await projection.ask("tickets")
    assert (await projection.rebuild()).equal is None
    assert (await projection.ask("tickets"))["total"] == 5


async def test_what_waited_waits_again_in_the_new_generation(
    projection: Any, publish: Any, teller: Any
) -> None:
    opened = teller.opened("INC-2026-000001")
    teller.then("INC-2026-000001", tickets.TicketAssigned, AT, team="x", line="first")
    early = teller.then("INC-2026-000001", tickets.TicketWorkStarted, AT)
    await projection.caught_up(await publish(opened, early))
    assert (await projection.rebuild()).equal is True
    rows = await projection.as_owner("SELECT consumer, version FROM parked")
    assert [tuple(row) for row in rows] == [("projection-g2", 3)]


async def test_what_a_rebuild_left_is_cleared_by_the_next(
    projection: Any, publish: Any, teller: Any
) -> None:
    await projection.caught_up(await publish(teller.opened("INC-2026-000001")))
    for statement in (
        *generations.creation("g2"),
        "INSERT INTO generation (schema, shape, live) VALUES ('g2', 1, false)",
    ):
        await projection.as_owner(statement)
    assert (await projection.rebuild()).generation == "g2"


async def test_it_reads_on_where_delivery_broke_off(
    projection: Any, publish: Any, teller: Any, stream: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell_much(teller, 60)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    taken_away: list[str] = []

    async def fold_without_a_consumer(*given: Any) -> Any:
        if not taken_away:
            await stream.jetstream().delete_consumer(DOMAIN_STREAM, rebuild.CONSUMER)
            taken_away.append(rebuild.CONSUMER)
        return await fold(*given)

    monkeypatch.setattr(rebuild, "BATCH", 10)
    monkeypatch.setattr(rebuild, "fold", fold_without_a_consumer)
    rebuilt = await projection.rebuild()
    assert (taken_away, rebuilt.events, rebuilt.equal) == ([rebuild.CONSUMER], sequence, True)


async def test_two_rebuilds_do_not_run_at_once(projection: Any, publish: Any, teller: Any) -> None:
    tell_much(teller, 20)
    await projection.caught_up(await publish(*teller.told))
    outcomes = await asyncio.gather(
        projection.rebuild(), projection.rebuild(), return_exceptions=True
    )
    assert sorted(type(each) for each in outcomes if isinstance(each, Exception)) == [
        RebuildRunning
    ]


async def test_it_runs_as_a_process_that_tells_its_progress(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell_much(teller, 20)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    environment = {
        **os.environ,
        "NATS_URL": projection.settings.nats_url,
        "BODEMPLAAT_NATS_SEED_FILE": str(projection.settings.nats_seed_file),
        "BODEMPLAAT_OWNER_DATABASE_URL": projection.urls.owner,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "services.projection",
        "rebuild",
        env=environment,
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    *progress, last = map(orjson.loads, output.splitlines())
    assert process.returncode == 0
    assert set(progress[-1]) == {"sequence", "last", "rate"}
    assert set(last) == {"generation", "events", "seconds", "hash", "equal"}
    assert (last["events"], last["equal"]) == (sequence, True)
