"""What could not be used, written down: line, ticket, reason, and the row itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import orjson

from chassis.tables import Reason


@dataclass(frozen=True, slots=True)
class Reject:
    """A row, or (`whole`) a ticket with all its rows, that was not used."""

    line: int
    number: str | None
    reason: Reason
    row: Mapping[str, str]
    whole: bool = False

    def to_json(self) -> bytes:
        return orjson.dumps(
            {
                "line": self.line,
                "incident": self.number,
                "whole_incident": self.whole,
                "reason": self.reason.slug,
                "text": self.reason.text,
                "row": dict(self.row),
            },
            option=orjson.OPT_APPEND_NEWLINE,
        )


class RejectFile:
    """JSON Lines, made anew by each run, and only when there is something to write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self.tickets = 0
        self._file: BinaryIO | None = None

    def __enter__(self) -> Self:
        self.path.unlink(missing_ok=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()

    def write(self, reject: Reject) -> None:
        if self._file is None:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self.path.open("wb")
        self._file.write(reject.to_json())
        if reject.whole:
            self.tickets += 1
        else:
            self.rows += 1
