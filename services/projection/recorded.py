"""An event as it is read from the stream: bare data, for models are too slow by the million."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from contracts.registry import upcast_data


class Unreadable(Exception):
    """The message is no envelope of an event."""


class Delivered(NamedTuple):
    """A message of the stream; `pending` more were waiting behind it when it was sent."""

    sequence: int
    body: bytes
    pending: int
    trace: str | None = None


class Recorded(NamedTuple):
    """An event with its place in the stream; `type` and `data` are those of its newest version.

    `recorded_at` is RFC 3339 text.
    """

    sequence: int
    id: str
    type: str
    aggregate: str
    version: int
    recorded_at: str
    occurred_at: datetime
    data: Mapping[str, Any]
    body: bytes


def read(sequence: int, body: bytes) -> Recorded:
    """The event in a message. Raises `Unreadable`, and whatever an upcast raises."""
    try:
        message = orjson.loads(body)
        type_, data = upcast_data(message["type"], message["data"])
        return Recorded(
            sequence,
            message["id"],
            type_,
            message["subject"],
            int(message["sequence"]),
            message["time"],
            datetime.fromisoformat(data["occurred_at"]),
            data,
            body,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise Unreadable(repr(error)) from error
