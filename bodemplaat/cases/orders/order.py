"""One command of a case, at its business moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel

from bodemplaat.cases.model import Basis
from bodemplaat.cases.opening import AMSTERDAM

MARK = "(gekozen)"
"""Ends the text of what was chosen to make the case run, beside the mark in its data."""
_MORNING = time(9)


@dataclass(frozen=True, slots=True)
class FromReply:
    """Stands in a body for what the reply to an earlier order says at this path."""

    key: str
    path: tuple[str | int, ...]

    def read(self, replies: Mapping[str, Mapping[str, Any]]) -> Any:
        """Raises `KeyError` when the earlier order has no reply."""
        found: Any = replies[self.key]
        for step in self.path:
            found = found[step]
        return found


@dataclass(frozen=True, slots=True)
class Order:
    """One command to a service; `key` is unique within the case.

    `basis` tells where its figures come from, and `note` more about that.
    """

    case: str
    service: str
    key: str
    command: str
    body: Mapping[str, Any]
    now: datetime
    basis: Basis = "chosen"
    note: str = ""

    @property
    def command_id(self) -> str:
        """The same for the same order of the same case, so that a second play changes nothing."""
        return str(uuid5(NAMESPACE_URL, f"bodemplaat:case:{self.case}:{self.key}"))

    def filled(self, replies: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
        """The body as it is sent. Raises `KeyError` when an earlier order has no reply."""
        return {
            name: value.read(replies) if isinstance(value, FromReply) else value
            for name, value in self.body.items()
        }


def at(day: date, moment: time = _MORNING) -> datetime:
    """The Dutch moment at which what happens on a day is told."""
    return datetime.combine(day, moment, AMSTERDAM)


def marked(text: str, basis: Basis | None) -> str:
    """The text, with the mark when what it is about was chosen."""
    return f"{text} {MARK}" if basis == "chosen" else text


def plain(row: BaseModel, *left_out: str) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude=set(left_out))


def plain_all(rows: Sequence[BaseModel], *left_out: str) -> list[dict[str, Any]]:
    return [plain(row, *left_out) for row in rows]
