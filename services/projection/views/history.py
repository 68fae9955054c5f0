"""What a version of a catalogue item changes against the one before it. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from services.projection.catalogue_rows import Item

FIELDS = (
    "name",
    "description",
    "tier",
    "included",
    "excluded",
    "preconditions",
    "unit",
    "tariffs",
    "steps",
    "owner",
)
"""Fields of a version that may change, in the order in which people read them."""


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The fields that differ, with both readings."""
    return [
        {"field": name, "before": before.get(name), "after": after.get(name)}
        for name in FIELDS
        if before.get(name) != after.get(name)
    ]


def history(item: Item) -> Iterator[dict[str, Any]]:
    """Every version, with what it changed; the first changed nothing."""
    previous: Mapping[str, Any] | None = None
    for version in item.versions:
        content = version["content"]
        yield {
            "version": version["version"],
            "valid_from": version["valid_from"],
            "changes": [] if previous is None else changes(previous, content),
        }
        previous = content
