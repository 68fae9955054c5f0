"""Sort keys as they are asked: a name, with a minus for descending."""

from collections.abc import Mapping
from typing import TypeVar

from pydantic import JsonValue

from services.projection.errors import SortUnknown

KeyT = TypeVar("KeyT")


def sort_key(asked: str, allowed: Mapping[str, KeyT]) -> tuple[KeyT, bool]:
    """What to sort by, and whether descending. Raises `SortUnknown`, which names the keys."""
    name = asked.removeprefix("-")
    if name not in allowed:
        raise SortUnknown("sort", sort=asked, allowed=list[JsonValue](sorted(allowed)))
    return allowed[name], asked.startswith("-")
