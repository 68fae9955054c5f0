"""`bodemplaat reconcile` and `bodemplaat parked`, as their operator sees them."""

from collections.abc import Callable
from io import StringIO
from subprocess import CompletedProcess
from typing import Any

import pytest
from rich.console import Console

from bodemplaat.operations import parked, reconciling
from bodemplaat.system import System

Command = Callable[..., CompletedProcess[str]]
CLEAN = {
    "service": "catalog",
    "logged": 12,
    "streamed": 12,
    "missing": 0,
    "moved": 0,
    "doubled": 0,
    "unknown": [],
}


def shown(*reports: dict[str, Any]) -> tuple[bool, str]:
    console = Console(file=StringIO(), width=200)
    clean = reconciling.show(reports, console)
    return clean, console.file.getvalue()  # type: ignore[attr-defined]


def test_a_stream_without_strangers_is_clean() -> None:
    clean, text = shown(CLEAN)
    assert clean
    assert text.splitlines()[1].split() == ["catalog", "12", "12", "0", "0", "0", "none"]


def test_what_the_stream_had_lost_is_mended_and_so_clean() -> None:
    assert shown({**CLEAN, "streamed": 9, "missing": 3})[0]


def test_unknown_events_are_named_by_their_place() -> None:
    clean, text = shown(CLEAN, {**CLEAN, "service": "tickets", "unknown": [7, 9]})
    assert not clean
    assert "at 7, 9" in text


def test_the_first_few_of_many_are_named() -> None:
    assert "19 …" in shown({**CLEAN, "unknown": list(range(20))})[1]


def test_all_publishers_are_meant_unless_some_are_named() -> None:
    assert reconciling.chosen([]) == ("catalog", "tickets", "finance")
    assert reconciling.chosen(["tickets"]) == ("tickets",)
    with pytest.raises(LookupError, match="'projection' publishes no events"):
        reconciling.chosen(["projection"])


def test_a_consumer_names_its_service() -> None:
    assert parked.service_of("projection-g12") == "projection"
    assert parked.service_of("tickets-catalogue") == "tickets"
    with pytest.raises(LookupError, match="no consumer 'mail'"):
        parked.service_of("mail")


@pytest.mark.slow
def test_the_commands_on_a_running_system(system: System, command: Command) -> None:
    folder = system.installation.folder
    reconciled = command(folder, "reconcile", "catalog")
    assert reconciled.returncode == 0
    assert "tickets" not in reconciled.stdout
    assert command(folder, "parked", "list").stdout.strip() == "Nothing is parked."
    retried = command(folder, "parked", "retry", "projection-g1", "partner/x")
    assert (retried.returncode, retried.stderr.strip()) == (
        1,
        "not-parked (aggregate: partner/x)",
    )
    assert command(folder, "parked", "release", "tickets-catalogue", "partner/x").returncode == 2
