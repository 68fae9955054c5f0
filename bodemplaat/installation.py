"""One installation: the folder with its data, secrets and logs, and where its parts listen."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bodemplaat.engines.nats import Nats
from bodemplaat.engines.postgres import Postgres
from bodemplaat.engines.state import State
from chassis.credentials import Credentials, accounts_config

FOLDER_VARIABLE = "BODEMPLAAT_FOLDER"
CREDENTIALS_VARIABLE = "BODEMPLAAT_CREDENTIALS"
DEFAULT_FOLDER = ".run"


class AlreadyRunning(Exception):
    """Another process runs the system on this folder."""


class NotRunning(Exception):
    """No address is known: the system has not been started on this folder."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the engines listen. `database_url` is an administrator's."""

    nats_url: str
    database_url: str


class Installation:
    """Everything below one folder, except servers of somebody else's: those are only used."""

    def __init__(self, folder: Path | None = None, *, servers: Addresses | None = None) -> None:
        self.folder = (folder or Path(os.environ.get(FOLDER_VARIABLE, DEFAULT_FOLDER))).resolve()
        self.logs = self.folder / "logs"
        secrets = os.environ.get(CREDENTIALS_VARIABLE)
        self.credentials = Credentials(Path(secrets) if secrets else self.folder / "credentials")
        self.state = State(self.folder / "state.json")
        self._servers = servers

    def external(self) -> Addresses | None:
        """The servers that we or the environment were told to use instead of our own.

        Raises `ValueError` when the environment names one of two.
        """
        if self._servers:
            return self._servers
        nats_url, database_url = os.environ.get("NATS_URL"), os.environ.get("DATABASE_URL")
        if bool(nats_url) != bool(database_url):
            raise ValueError("set both NATS_URL and DATABASE_URL, or neither")
        return Addresses(nats_url, database_url) if nats_url and database_url else None

    def postgres(self) -> Postgres:
        return Postgres(self.folder / "postgres")

    def nats(self) -> Nats:
        return Nats(self.folder / "nats", accounts_config(self.credentials))

    def remember(self, addresses: Addresses) -> None:
        """Let the operator's other commands find the engines."""
        self.state.keep("nats_url", addresses.nats_url)
        self.state.keep("database_url", addresses.database_url)

    def addresses(self) -> Addresses:
        """Where the engines listen, or listened last. Raises `NotRunning`."""
        if found := self.external():
            return found
        nats_url, database_url = self.state.get("nats_url"), self.state.get("database_url")
        if nats_url is None or database_url is None:
            raise NotRunning
        return Addresses(nats_url, database_url)

    @contextmanager
    def held(self) -> Iterator[None]:
        """The folder is this process's during the block. Raises `AlreadyRunning`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise AlreadyRunning from None
            yield

    def forget(self) -> None:
        """Remove all of it. Raises `AlreadyRunning`."""
        if not self.folder.exists():
            return
        with self.held():
            self.postgres().forget()
            shutil.rmtree(self.folder)
