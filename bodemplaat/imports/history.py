"""A ticket's history as `tickets` takes it: steps, each with the moment at which it was done."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Do = Literal[
    "open",
    "assign",
    "start",
    "pause",
    "resume",
    "prioritise",
    "reclassify",
    "resolve",
    "close",
    "reopen",
    "cancel",
    "rate",
]


@dataclass(frozen=True, slots=True)
class Step:
    """One command of a history; `fields` are that command's own, without the ticket."""

    at: datetime
    do: Do
    fields: Mapping[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        return {"at": self.at.isoformat(), "do": self.do, "with": dict(self.fields)}


@dataclass(frozen=True, slots=True)
class History:
    """`external` is the ticket's number where it comes from, `row` the line it starts at.

    `origin` is that row, for telling of a refusal; it is not sent.
    """

    external: str
    row: int
    steps: tuple[Step, ...]
    generated: bool = False
    origin: Mapping[str, str] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        return {
            "external": self.external,
            "row": self.row,
            "generated": self.generated,
            "steps": [step.body() for step in self.steps],
        }


def import_body(source: str, histories: Iterable[History]) -> dict[str, Any]:
    """The command ImportTickets for these histories."""
    return {"source": source, "histories": [history.body() for history in histories]}
