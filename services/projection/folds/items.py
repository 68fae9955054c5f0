"""Catalogue items: a version that was published never changes; a draft is its keepers' business."""

from datetime import date

from services.projection.catalogue_rows import Item
from services.projection.recorded import Recorded

_STATUS = {1: "published"}
"""Of an item by the number of its newest version; later ones make it `revised`."""


def drafted(row: Item | None, event: Recorded) -> Item:
    before = row or _new(event)
    return before._replace(version=event.version, draft=event.data["content"])


def version_added(row: Item | None, event: Recorded) -> Item:
    """Published, or revised from a date."""
    data = event.data
    before = row or _new(event)
    added = {
        "version": data["item_version"],
        "valid_from": data["valid_from"],
        "content": data["content"],
    }
    return before._replace(
        version=event.version,
        versions=[*before.versions, added],
        names={**before.names, str(data["item_version"]): data["content"]["name"]},
        status=_STATUS.get(data["item_version"], "revised"),
        draft=None,
    )


def retired(row: Item, event: Recorded) -> Item:
    retired_from = date.fromisoformat(event.data["retired_from"])
    return row._replace(version=event.version, retired_from=retired_from, status="retired")


def _new(event: Recorded) -> Item:
    return Item(
        aggregate=event.aggregate,
        version=event.version,
        item=event.data["item"],
        retired_from=None,
        versions=[],
        names={},
        status="draft",
        draft=None,
    )
