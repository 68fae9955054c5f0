"""A child process that cannot be orphaned and does not hear the terminal's Ctrl-C.

Each child leads a session of its own, so that the order of stopping is ours. On Linux the kernel
signals it when we die without a chance to stop it; elsewhere, the next start finds it by its
process id file and stops it first.
"""

import asyncio
import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from bodemplaat.engines.account import Account

_PR_SET_PDEATHSIG = 1
_POLL_SECONDS = 0.02


class EngineFailedError(RuntimeError):
    """The process ended by itself or did not become ready; the message has its last log lines."""


class Child:
    """One process, started and stopped by us. Its output goes to `log`."""

    def __init__(self, name: str, log: Path, *, stop_signal: signal.Signals) -> None:
        self.name = name
        self.log = log
        self._stop_signal = stop_signal
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        return self._process.pid if self._process else None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        return self._process.poll() if self._process else None

    def start(
        self,
        command: Sequence[str | Path],
        *,
        account: Account | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        """Start the command; call it from the main thread, whose death the kernel watches."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        options = account.popen_options() if account else {}
        with self.log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603  our own command
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_death_signal(self._stop_signal),  # noqa: PLW1509  one system call
                env=None if environment is None else dict(environment),
                **options,
            )

    async def wait_until(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return once `ready()` holds.

        Raises `EngineFailedError` when it ends or takes longer; then it runs no more.
        """
        try:
            async with asyncio.timeout(seconds):
                while self.running and not await asyncio.to_thread(ready):  # noqa: ASYNC110
                    await asyncio.sleep(_POLL_SECONDS)
        except TimeoutError:
            await self.stop(1)
        if not self.running:
            raise EngineFailedError(f"{self.name} could not start\n{self.last_lines()}")

    async def stop(self, seconds: float) -> None:
        """Ask it to stop; after `seconds` end it and everything it started."""
        if self._process is None:
            return
        if self.running:
            self._process.send_signal(self._stop_signal)
            with suppress(subprocess.TimeoutExpired):
                await asyncio.to_thread(self._process.wait, seconds)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def make_room(self, largest: int) -> None:
        """Set a log of more than `largest` bytes aside; the one set aside before is replaced."""
        if self.log.exists() and self.log.stat().st_size > largest:
            self.log.replace(self.log.with_suffix(".old.log"))

    def last_lines(self, count: int = 20) -> str:
        """The end of the log."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-count:])


def stop_orphan(pid_file: Path, marker: str, stop_signal: signal.Signals) -> None:
    """Stop a process of an earlier run that is still there, and forget its process id file.

    It is ours only when `marker` (its data folder or configuration) is among its arguments: a
    stale file may name a process that has nothing to do with us.
    """
    orphan = _process_of(pid_file)
    if orphan is not None and marker in _arguments(orphan):
        orphan.send_signal(stop_signal)
        _, alive = psutil.wait_procs([orphan], timeout=20)
        for process in alive:
            process.kill()
        psutil.wait_procs(alive, timeout=5)
    pid_file.unlink(missing_ok=True)


def _process_of(pid_file: Path) -> psutil.Process | None:
    try:
        return psutil.Process(int(pid_file.read_text().split()[0]))
    except (OSError, ValueError, IndexError, psutil.Error):
        return None


def _arguments(process: psutil.Process) -> list[str]:
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def _death_signal(number: signal.Signals) -> Callable[[], None] | None:
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask_kernel() -> None:
        prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)

    return ask_kernel
