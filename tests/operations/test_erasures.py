"""A backup brings nobody back: who was erased since is erased again."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from rich.console import Console

from bodemplaat.privacy import ledger, processing
from bodemplaat.privacy.ledger import LedgerUnreadable, Line
from chassis.database import driver_url

BACKED_UP = datetime(2026, 3, 1, 3, 0, tzinfo=UTC)
ASKED = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LINE = Line(service="tickets", subject="p-1", asked_at=ASKED)


async def _rows(url: str, query: str, *values: Any) -> list[Any]:
    database = await asyncpg.connect(driver_url(url, ""))
    try:
        return [tuple(row) for row in await database.fetch(query, *values)]
    finally:
        await database.close()


async def _erased(url: str, subject: str, asked_at: datetime) -> None:
    statement = """INSERT INTO erasure (subject, asked_at, asked_by, tickets)
                   VALUES ($1, $2, 'officer-1', '{}') RETURNING 1"""
    await _rows(url, statement, subject, asked_at)


async def test_the_ledger_names_everybody_once_and_forgets_nobody(
    service_databases: Any, tmp_path: Path
) -> None:
    url = (await service_databases("tickets"))["tickets"].owner
    file = ledger.beside(tmp_path / "monday")
    gone = LINE.model_copy(update={"subject": "p-0"})
    file.write_text(f"{gone.model_dump_json()}\n")
    for moment in (BACKED_UP, ASKED):
        await _erased(url, "p-1", moment)
    assert await ledger.update(file, {"tickets": url}) == 2
    assert await ledger.update(file, {"tickets": url}) == 2
    assert sorted(ledger.read(file), key=lambda line: line.subject) == [gone, LINE]
    assert oct(file.stat().st_mode)[-3:] == "600"


def test_a_ledger_that_was_damaged_is_not_passed_over(tmp_path: Path) -> None:
    file = tmp_path / ledger.NAME
    file.write_text(f"{LINE.model_dump_json()}\n{{}}\n")
    with pytest.raises(LedgerUnreadable, match="line 2"):
        ledger.read(file)


async def test_a_backup_is_remembered_with_the_keys(service_databases: Any) -> None:
    url = (await service_databases("tickets"))["tickets"].owner
    await ledger.note_backup({"tickets": url}, BACKED_UP)
    await ledger.note_backup({"tickets": url}, BACKED_UP)
    assert await _rows(url, "SELECT taken_at FROM key_backup") == [(BACKED_UP,)]


async def test_only_who_is_not_known_to_be_erased_is_erased_again(service_databases: Any) -> None:
    urls = await service_databases("tickets")
    await _erased(urls["tickets"].owner, "p-2", ASKED)
    others = LINE.model_copy(update={"subject": "p-2"})
    assert await ledger.erase_again([LINE, others], urls) == 1
    assert await ledger.erase_again([LINE, others], urls) == 0, "it is asked once"
    timers = await _rows(urls["tickets"].owner, "SELECT kind, key FROM timer")
    assert timers == [("erasure", "p-1")]


def test_the_operator_hears_how_far_the_ledger_went(tmp_path: Path) -> None:
    told = Console(file=StringIO(), width=200)
    ledger.tell(tmp_path / ledger.NAME, 0, told)
    assert "nobody was erased again" in told.file.getvalue()  # type: ignore[attr-defined]
    (tmp_path / ledger.NAME).write_text("")
    ledger.tell(tmp_path / ledger.NAME, 3, told)
    assert "erased again at the start: 3" in told.file.getvalue()  # type: ignore[attr-defined]


def test_the_operator_reads_the_processing_log_as_json_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    reply = {"lines": [{"name": "tickets.texts"}], "total": 201, "page": 3, "size": 100}
    beside = Console(file=StringIO(), width=200)
    processing.show(reply, beside)
    assert capsys.readouterr().out == '{"name":"tickets.texts"}\n'
    assert "Page 3 of 3; 201 lines." in beside.file.getvalue()  # type: ignore[attr-defined]
