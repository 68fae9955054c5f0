"""What an engine must remember between runs: its port and its secret. One private JSON file."""

import json
import secrets
import socket
from pathlib import Path

from chassis.credentials import write_private


class State:
    """Named values, chosen once and kept. The file is readable by its owner only."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def port(self, name: str) -> int:
        """The port of this name: the one used before if it is free, else one that is."""
        kept = self._values().get(name)
        port = int(kept) if kept and _is_free(int(kept)) else _free_port()
        self._keep(name, str(port))
        return port

    def secret(self, name: str) -> str:
        """The secret of this name, made at first use."""
        kept = self._values().get(name)
        return kept or self._keep(name, secrets.token_urlsafe(24))

    def _values(self) -> dict[str, str]:
        if not self.file.exists():
            return {}
        values: dict[str, str] = json.loads(self.file.read_text())
        return values

    def _keep(self, name: str, value: str) -> str:
        values = self._values()
        if values.get(name) != value:
            write_private(self.file, json.dumps({**values, name: value}, indent=2))
        return value


def _is_free(port: int) -> bool:
    with socket.socket() as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as candidate:
        candidate.bind(("127.0.0.1", 0))
        port: int = candidate.getsockname()[1]
        return port
