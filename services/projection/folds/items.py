"""Catalogue items: a version that was published never changes; a draft is not shown."""

from datetime import date

from services.projection.models import Item
from services.projection.recorded import Recorded


def drafted(row: Item | None, event: Recorded) -> Item:
    if row is not None:
        return row._replace(version=event.version)
    return Item(
        aggregate=event.aggregate,
        version=event.version,
        item=event.data["item"],
        retired_from=None,
        versions=[],
        names={},
    )


def version_added(row: Item | None, event: Recorded) -> Item:
    """Published, or revised from a date."""
    data = event.data
    before = row or drafted(None, event)
    added = {
        "version": data["item_version"],
        "valid_from": data["valid_from"],
        "content": data["content"],
    }
    return before._replace(
        version=event.version,
        versions=[*before.versions, added],
        names={**before.names, str(data["item_version"]): data["content"]["name"]},
    )


def retired(row: Item, event: Recorded) -> Item:
    retired_from = date.fromisoformat(event.data["retired_from"])
    return row._replace(version=event.version, retired_from=retired_from)
