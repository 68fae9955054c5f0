"""The operator's command as a process: what it prints, how it ends, what it leaves."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from bodemplaat.engines.state import State
from bodemplaat.environment import Door
from bodemplaat.installation import Installation
from bodemplaat.people import pseudonyms

CHECKOUT = Path(__file__).parents[2]


def environment(folder: Path, **more: str) -> dict[str, str]:
    ours = ("NATS_URL", "DATABASE_URL", "CASE", "PORT")
    kept = {name: value for name, value in os.environ.items() if name not in ours}
    return kept | {"BODEMPLAAT_FOLDER": str(folder), "COLUMNS": "200"} | more


def command(folder: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bodemplaat", *words],
        cwd=CHECKOUT,
        env=environment(folder, **more),
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "run"
    Installation(tmp_path / "run").forget()


@pytest.mark.parametrize("words", [["status"], ["reconcile"], ["rebuild"], ["provision"]])
def test_what_needs_a_running_system_says_how_to_start_it(folder: Path, words: list[str]) -> None:
    done = command(folder, *words)
    assert (done.returncode, done.stderr) == (
        1,
        "The system is not running: start it with `make run`.\n",
    )


@pytest.mark.parametrize("words", [["run", "--case", "atlantis"], ["people", "--case", "atlantis"]])
def test_an_unknown_case_is_told(folder: Path, words: list[str]) -> None:
    done = command(folder, *words)
    assert done.returncode == 1
    assert "no case 'atlantis'" in done.stderr


def test_one_server_of_two_is_not_enough(folder: Path) -> None:
    done = command(folder, "run", NATS_URL="nats://127.0.0.1:4222")
    assert done.returncode == 1
    assert "set both NATS_URL and DATABASE_URL, or neither" in done.stderr


def test_a_port_that_is_taken_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as squatter:
        port = squatter.getsockname()[1]
        done = command(folder, "run", PORT=str(port))
    assert done.returncode == 1
    assert done.stderr.endswith(f"port {port} is taken\n")


def test_cleaning_what_is_not_there_is_no_error(folder: Path) -> None:
    assert command(folder, "clean").returncode == 0


def test_the_people_of_a_case_are_listed(folder: Path) -> None:
    done = command(folder, "people", CASE="de-liemers")
    assert "Contractmanager van Zevenaar" in done.stdout


def test_accounts_are_printed_without_any_seed(folder: Path) -> None:
    done = command(folder, "accounts")
    assert "PLATFORM" in done.stdout
    assert not re.search(r"\bSU[A-Z2-7]{40,}", done.stdout)


class Run:
    """`bodemplaat run`, as somebody at a terminal has it."""

    def __init__(self, folder: Path, port: int) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bodemplaat", "run"],
            cwd=CHECKOUT,
            env=environment(folder, PORT=str(port)),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def until(self, text: str) -> None:
        assert self.process.stdout is not None
        while text not in self.said:
            line = self.process.stdout.readline()
            assert line, self.said
            self.said += line

    def children(self) -> list[psutil.Process]:
        return list(psutil.Process(self.process.pid).children(recursive=True))

    @property
    def url(self) -> str:
        found = re.search(r"Open (http://\S+)", self.said)
        assert found is not None
        return found[1]

    def end(self, number: signal.Signals) -> int:
        self.process.send_signal(number)
        rest, _ = self.process.communicate(timeout=60)
        self.said += rest
        return self.process.returncode


@pytest.fixture
def run(folder: Path) -> Iterator[Callable[[], Run]]:
    """Starts a run on the folder, each time on the same port; none outlives the test."""
    port = State(folder / "ports.json").port("gateway")
    runs: list[Run] = []

    def start() -> Run:
        runs.append(Run(folder, port))
        return runs[-1]

    yield start
    for each in runs:
        with each.process as process:
            process.terminate()


@pytest.mark.slow
def test_a_run_serves_stops_cleanly_keeps_its_data_and_is_cleaned(
    folder: Path, run: Callable[[], Run]
) -> None:
    first = run()
    first.until("Ctrl-C stops")
    children = first.children()
    assert "Contractmanager van Zevenaar" in first.said
    assert httpx.get(first.url, follow_redirects=True).status_code == 200
    assert command(folder, "status").returncode == 0
    again = command(folder, "run")
    assert "The system is running on this folder" in again.stderr
    assert "The system is running on this folder" in command(folder, "clean").stderr
    assert first.end(signal.SIGINT) == 0
    assert first.said.endswith("Stopped; the data is kept.\n")
    assert not psutil.wait_procs(children, timeout=5)[1]

    second = run()
    second.until("Ctrl-C stops")
    assert second.url == first.url
    assert "Tickets" not in second.said
    assert command(folder, "rebuild").returncode == 0
    assert second.end(signal.SIGTERM) == 0

    assert command(folder, "clean").returncode == 0
    assert not (folder / "postgres").exists()


@pytest.mark.slow
def test_a_run_that_is_killed_leaves_nobody_behind(run: Callable[[], Run]) -> None:
    killed = run()
    killed.until("Ready in")
    children = killed.children()
    killed.end(signal.SIGKILL)
    assert not psutil.wait_procs(children, timeout=20)[1]


def test_pseudonyms_are_those_that_the_gateway_gives(folder: Path) -> None:
    installation = Installation(folder)
    door = Door(8080, CHECKOUT / "cases" / "de-liemers")
    found = pseudonyms(installation, door, "de-liemers")
    assert len(set(found.values())) == len(found) > 0
    assert found == pseudonyms(installation, door, "de-liemers")
