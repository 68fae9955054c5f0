"""Reports as of a sequence or a day: made in the background, kept, and the same for ever."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest

from chassis.client import Caller
from chassis.testing.stream import eventually
from contracts.reports import Report, canonical
from services.projection.as_of import AsOf
from services.projection.reporting import worker
from services.projection.settings import Limits

FIRST, SECOND, LATE = "INC-2026-000001", "INC-2026-000002", "INC-2026-000003"
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
ASKED = {"report": "dashboard", "partner": "zevenaar", "period": "2026-03"}
CONTROLLER = Caller("c-1", frozenset({"controller"}), None)
MANAGER = Caller("m-1", frozenset({"contract-manager"}), frozenset({"zevenaar"}))
FOREIGN = Caller("m-2", frozenset({"contract-manager"}), frozenset({"duiven"}))
USER = Caller("u-1", frozenset({"user"}), frozenset({"zevenaar"}))


def tell(teller: Any) -> None:
    teller.partner()
    teller.item()
    teller.opened(FIRST, MONDAY)
    teller.opened(SECOND, MONDAY + timedelta(hours=1))
    teller.resolved(FIRST, MONDAY + timedelta(days=1), 600)


def tell_more(teller: Any) -> None:
    teller.opened(LATE, MONDAY + timedelta(days=2))
    teller.resolved(SECOND, MONDAY + timedelta(days=3), 1200)


async def made(
    projection: Any, caller: Caller = CONTROLLER, query: str = "report", **asked: Any
) -> dict[str, Any]:
    """The answer, once it is there."""

    async def there() -> dict[str, Any] | None:
        answer = await projection.ask(query, caller, **{**ASKED, **asked})
        return None if "job" in answer else answer

    return await eventually(there)


def written(answer: dict[str, Any]) -> bytes:
    return canonical(Report.model_validate(answer["report"]))


def opened(answer: dict[str, Any]) -> dict[str, Any]:
    """A figure of the document that counts tickets, as it is opened."""
    figures = (
        figure["cell"]
        for section in answer["report"]["sections"]
        for block in section["blocks"]
        if block["block"] == "figures"
        for figure in block["figures"]
    )
    counted = next(each for each in figures if each["value"] and each["of"])
    assert counted["of"]["source"] == "tickets"
    return dict(counted["of"], value=counted["value"])


async def forget_kept(projection: Any) -> None:
    await projection.as_owner("DELETE FROM kept_report")


async def test_what_comes_later_changes_nothing(projection: Any, publish: Any, teller: Any) -> None:
    questions: list[dict[str, Any]] = [{"as_of": 4}, {"on": "2026-03-03"}]
    tell(teller)
    await projection.caught_up(await publish(*teller.told))
    before = [await made(projection, **asked) for asked in questions]
    await forget_kept(projection)
    told = len(teller.told)
    tell_more(teller)
    await projection.caught_up(await publish(*teller.told[told:]))
    again = [await made(projection, **asked) for asked in questions]
    assert [written(each) for each in again] == [written(each) for each in before]
    assert [each["report"]["sequence"] for each in again] == [4, told]


async def test_another_installation_comes_to_the_same_bytes(
    projection: Any, start_projection: Any, publish: Any, teller: Any
) -> None:
    tell(teller)
    await projection.caught_up(await publish(*teller.told))
    questions: list[dict[str, Any]] = [{"as_of": 5}, {"on": "2026-03-03"}]
    before = [written(await made(projection, **asked)) for asked in questions]
    await projection.stop()
    told = len(teller.told)
    tell_more(teller)
    sequence = await publish(*teller.told[told:])
    elsewhere = await start_projection()
    await elsewhere.caught_up(sequence)
    assert (await elsewhere.rebuild()).equal is True
    assert [written(await made(elsewhere, **asked)) for asked in questions] == before


async def test_it_tells_its_progress_and_is_then_kept(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell(teller)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    first = await projection.ask("report", MANAGER, **ASKED, as_of=sequence)
    assert set(first["job"]) == {"id", "state", "done", "of"}
    answer = await made(projection, MANAGER, as_of=sequence)
    assert answer["kept"] == first["job"]["id"]
    assert await projection.as_owner("SELECT id FROM report_job") == []
    (kept,) = (await projection.ask("kept-reports", MANAGER))["kept"]
    assert (kept["id"], kept["as_of"], kept["sequence"]) == (answer["kept"], sequence, sequence)
    found = await projection.ask("kept-report", MANAGER, id=kept["id"])
    assert found["report"] == answer["report"]


async def test_jobs_of_the_same_past_share_one_replay(
    projection: Any, publish: Any, teller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    replays: list[Any] = []
    replay = worker.replay

    async def counted(*given: Any) -> Any:
        replays.append(given[2])
        return await replay(*given)

    monkeypatch.setattr(worker, "replay", counted)
    tell(teller)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    periods = ("2026-03", "2026-02")
    await asyncio.gather(*(made(projection, as_of=sequence, period=each) for each in periods))
    assert replays == [AsOf(sequence)]


async def test_a_figure_opens_to_what_it_counted_then(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell(teller)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    live = await projection.ask("report", **ASKED, keep=True)
    past = await made(projection, as_of=sequence)
    told = len(teller.told)
    tell_more(teller)
    await projection.caught_up(await publish(*teller.told[told:]))
    for document, asked in ((past, {"as_of": sequence}), (live, {"kept": live["kept"]})):
        figure = opened(document)
        value = figure.pop("value")
        rows = await made(projection, MANAGER, "report-sources", **asked, **figure)
        assert (rows["total"], len(rows["table"]["rows"])) == (value, value)
        assert rows["sequence"] == sequence


async def test_what_a_process_left_behind_is_taken_up_by_the_next(
    projection: Any, start_projection: Any, publish: Any, teller: Any
) -> None:
    tell(teller)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    await made(projection, as_of=sequence)
    await projection.as_owner(
        """WITH kept AS (DELETE FROM kept_report RETURNING *)
        INSERT INTO report_job (id, question, asked_by, as_of, state, asked_at)
        SELECT id, json_build_object('report', report, 'partner', partner, 'period', period,
            'moment', '2026-03-03T09:00:00Z', 'as_of', as_of)::text,
            'c-1', as_of, 'running', made_at
        FROM kept"""
    )
    await projection.stop()
    again = await start_projection(projection.urls)
    assert (await made(again, as_of=sequence))["report"]["sequence"] == sequence


async def test_what_cannot_be_asked_of_the_past_is_refused(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell(teller)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    today = datetime.now(UTC).date().isoformat()
    with pytest.raises(Exception, match="report-sequence-ahead"):
        await projection.ask("report", CONTROLLER, **ASKED, as_of=sequence + 1)
    with pytest.raises(Exception, match="report-day-not-over"):
        await projection.ask("report", CONTROLLER, **ASKED, on=today)
    with pytest.raises(Exception, match="report-partner-absent"):
        await made(projection, on="2026-03-01")


async def test_nobody_else_learns_of_it(projection: Any, publish: Any, teller: Any) -> None:
    tell(teller)
    teller.partner("duiven")
    await projection.caught_up(await publish(*teller.told))
    kept = (await made(projection, as_of=5))["kept"]
    figure = {"source": "tickets", "where": {}}
    for caller in (FOREIGN, USER):
        assert (await projection.ask("kept-reports", caller))["total"] == 0
        for query, asked in (
            ("report", {**ASKED, "as_of": 5}),
            ("kept-report", {"id": kept}),
            ("report-sources", {**ASKED, "as_of": 5, **figure}),
            ("report-sources", {**ASKED, "kept": kept, **figure}),
        ):
            with pytest.raises(Exception, match="not-found"):
                await projection.ask(query, caller, **asked)


async def held_up(projection: Any) -> asyncpg.Connection:
    """As if another process were making reports."""
    connection = await asyncpg.connect(projection.service.database.dsn)
    await connection.execute("SELECT pg_advisory_lock($1)", worker.LOCK)
    return connection


async def test_no_more_may_wait_than_is_allowed_and_none_is_lost(
    start_projection: Any, publish: Any, teller: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "POLL_SECONDS", 0.1)
    projection = await start_projection(limits=Limits(waiting=3, waiting_each=2))
    tell(teller)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    other = await held_up(projection)

    async def wait(caller: Caller, month: int) -> str:
        asked = {**ASKED, "as_of": sequence, "period": f"2026-{month:02d}"}
        return str((await projection.ask("report", caller, **asked))["job"]["state"])

    assert [await wait(CONTROLLER, month) for month in (1, 2)] == ["waiting", "waiting"]
    with pytest.raises(Exception, match="report-jobs-full"):
        await wait(CONTROLLER, 3)
    assert await wait(MANAGER, 3) == "waiting"
    with pytest.raises(Exception, match="report-jobs-full"):
        await wait(MANAGER, 4)
    assert await wait(MANAGER, 1) == "waiting"

    await other.close()
    assert (await made(projection, MANAGER, as_of=sequence, period="2026-03"))["kept"]
    assert (await made(projection, as_of=sequence, period="2026-04"))["kept"]


async def test_a_job_of_another_release_keeps_nobody_up(
    projection: Any, publish: Any, teller: Any
) -> None:
    tell(teller)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    await projection.as_owner(
        "INSERT INTO report_job (id, question, asked_by, asked_at)"
        " VALUES ('old', '{}', 'c-1', now())"
    )
    assert (await made(projection, as_of=sequence))["kept"]
    assert await projection.as_owner("SELECT FROM report_job") == []


async def test_of_several_processes_one_makes_reports_at_a_time(
    projection: Any, start_projection: Any, publish: Any, teller: Any
) -> None:
    tell(teller)
    sequence = await publish(*teller.told)
    await projection.caught_up(sequence)
    await start_projection(projection.urls)
    pasts = range(1, sequence + 1)
    answers = await asyncio.gather(*(made(projection, as_of=past) for past in pasts))
    assert [answer["report"]["sequence"] for answer in answers] == list(pasts)
