"""`bodemplaat report`: any report, of the system that runs or of a case that is played for it."""

import asyncio
import os
import re
import signal
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from structlog.testing import capture_logs
from typer import Exit
from typer.testing import CliRunner

from bodemplaat.__main__ import app
from bodemplaat.doing import do
from bodemplaat.installation import FOLDER_VARIABLE
from bodemplaat.reporting.question import AsOf, QuestionUnclear, form_of, read_as_of
from bodemplaat.running import stop_at_signals
from bodemplaat.system import System
from bodemplaat.words import in_words
from chassis.errors import Fault
from contracts.reports import Report, canonical

MONTH = ("service-level", "--partner", "zevenaar", "--period", "2026-10")


def report(folder: Path, *words: str) -> Result:
    environment = {FOLDER_VARIABLE: str(folder), "COLUMNS": "200"}
    with capture_logs():
        return CliRunner().invoke(app, ["report", *words], env=environment)


@pytest.fixture
def run(played_system: System) -> Any:
    return lambda *words: report(played_system.installation.folder, *words)


def document(told: Result) -> Report:
    assert told.exit_code == 0, told.stderr
    made = Report.model_validate_json(told.stdout_bytes)
    assert canonical(made) == told.stdout_bytes
    return made


def test_it_tells_how_things_stand_and_how_they_stood(run: Any) -> None:
    now = document(run(*MONTH))
    assert (now.name, now.partner, now.period) == ("service-level", "zevenaar", "2026-10")
    then = document(run(*MONTH, "--as-of", str(now.sequence)))
    assert (then.sequence, then.on) == (now.sequence, None)
    assert document(run(*MONTH, "--as-of", str(now.sequence))) == then
    day = document(run("dashboard", "--partner", "zevenaar", "--as-of", "2026-10-31"))
    assert (day.on, day.last) == (date(2026, 10, 31), date(2026, 10, 31))


def test_what_was_made_of_the_past_is_listed_and_had_again(run: Any) -> None:
    past = document(run(*MONTH, "--as-of", "200"))
    listed = run("list", "--report", "service-level", "--period", "2026-10")
    row = next(line for line in listed.stdout.splitlines() if re.search(r" 200 +200 ", line))
    assert document(run("kept", row.split()[-1])) == past


@pytest.mark.parametrize(("form", "begins"), [("pdf", b"%PDF-"), ("xlsx", b"PK")])
def test_it_becomes_the_file_that_is_named(
    run: Any, tmp_path: Path, form: str, begins: bytes
) -> None:
    file = tmp_path / f"october.{form}"
    told = run(*MONTH, "--language", "en", "--output", str(file))
    assert (told.exit_code, told.stdout) == (0, ""), told.stderr
    assert file.read_bytes().startswith(begins)


def test_a_refusal_is_told_in_the_language_that_was_asked(run: Any) -> None:
    dutch = run(*MONTH, "--as-of", "999999999")
    english = run("dashboard", "--language", "en")
    assert (dutch.exit_code, english.exit_code) == (1, 1)
    assert "De stroom van gebeurtenissen eindigt bij" in dutch.stderr
    assert english.stderr == "This report is about one partner. Name a partner.\n"


def test_without_a_system_it_says_how_to_start_one(tmp_path: Path) -> None:
    told = report(tmp_path, *MONTH)
    assert (told.exit_code, "make run" in told.stderr) == (1, True)


@pytest.mark.slow
def test_a_case_that_does_not_run_is_played_for_it_and_leaves_nothing(
    tmp_path: Path, engines: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if engines == "containers":
        pytest.skip("it starts engines of its own")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    told = report(tmp_path / "run", "board", "--case", "vallei", "--period", "2026-Q3")
    assert document(told).name == "board"
    assert list(tmp_path.glob("bodemplaat-report-*")) == []


def test_a_signal_ends_it_in_good_order(capfd: pytest.CaptureFixture[str]) -> None:
    left: list[str] = []

    async def work() -> None:
        stop_at_signals()
        try:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.Event().wait()
        finally:
            left.append("in good order")

    with pytest.raises(Exit):
        do(work())
    assert left == ["in good order"]
    assert capfd.readouterr().err == "Stopped.\n"


def test_as_of_is_a_sequence_or_a_day() -> None:
    assert read_as_of(None) == AsOf()
    assert read_as_of("1200") == AsOf(sequence=1200)
    assert read_as_of("2026-09-30") == AsOf(on=date(2026, 9, 30))
    with pytest.raises(QuestionUnclear, match="yesterday"):
        read_as_of("yesterday")


def test_the_form_is_that_which_is_named_else_that_of_the_file() -> None:
    assert [
        form_of(None, None),
        form_of(None, Path("board.pdf")),
        form_of("xlsx", Path("board.pdf")),
    ] == ["json", "pdf", "xlsx"]
    with pytest.raises(QuestionUnclear, match="docx"):
        form_of(None, Path("board.docx"))


def test_a_rule_without_a_text_is_told_bare() -> None:
    fault = Fault(slug="strange-rule", kind="invalid", field="period", params={"period": "x"})
    assert in_words([fault], "nl") == "strange-rule (field: period, period: x)"
