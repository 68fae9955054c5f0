"""What an engine must remember between runs: its port and its secret. One private JSON file."""

import json
import secrets
from pathlib import Path

from chassis.credentials import write_private
from chassis.ports import free_port, is_free

SECRET_BYTES = 36


class State:
    """Named values, chosen once and kept. The file is readable by its owner only."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def port(self, name: str, preferred: int | None = None) -> int:
        """The port of this name: the one kept, or else preferred, if it is free; else one that is.

        What is returned is kept.
        """
        kept = self.get(name) or preferred
        port = int(kept) if kept and is_free(int(kept)) else free_port()
        self.keep(name, str(port))
        return port

    def secret(self, name: str) -> str:
        """The secret of this name, made at first use."""
        kept = self.get(name)
        return kept or self.keep(name, secrets.token_urlsafe(SECRET_BYTES))

    def get(self, name: str) -> str | None:
        return self._values().get(name)

    def keep(self, name: str, value: str) -> str:
        """Keep the value; returns it."""
        values = self._values()
        if values.get(name) != value:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            write_private(self.file, json.dumps({**values, name: value}, indent=2))
        return value

    def _values(self) -> dict[str, str]:
        if not self.file.exists():
            return {}
        values: dict[str, str] = json.loads(self.file.read_text())
        return values
