"""A catalogue item: draft → published → revised → retired, each version dated and then fixed."""

from datetime import date, datetime
from typing import Literal

from contracts.catalog import (
    CatalogueItemDrafted,
    CatalogueItemPublished,
    CatalogueItemRetired,
    CatalogueItemRevised,
    ItemVersion,
)
from services.catalog.commands import (
    DraftCatalogueItem,
    PublishCatalogueItem,
    RetireCatalogueItem,
    ReviseCatalogueItem,
)
from services.catalog.domain.aggregate import Aggregate
from services.catalog.domain.dating import require_later, require_order
from services.catalog.errors import (
    BeforeFirstVersion,
    ItemDomainFixed,
    ItemMoveIllegal,
    ItemNotPublished,
    ItemRetired,
    ItemUnknown,
)

ItemCommand = DraftCatalogueItem | PublishCatalogueItem | ReviseCatalogueItem | RetireCatalogueItem
ItemEvent = (
    CatalogueItemDrafted | CatalogueItemPublished | CatalogueItemRevised | CatalogueItemRetired
)
Status = Literal["draft", "published", "revised", "retired"]
Move = Literal["draft", "publish", "revise", "retire"]

MOVES: dict[Status, tuple[Move, ...]] = {
    "draft": ("draft", "publish"),
    "published": ("revise", "retire"),
    "revised": ("revise", "retire"),
    "retired": (),
}
"""What may happen to an item in each status."""


class Item(Aggregate):
    """What decisions about an item rest on.

    `content` is the draft's or the newest version's; `starts` are the versions' first days.
    """

    item: str
    status: Status
    content: ItemVersion
    starts: tuple[date, ...] = ()
    retired_from: date | None = None

    def require(self, move: Move) -> None:
        """Raises `ItemMoveIllegal` when the life cycle does not allow it now."""
        if move not in MOVES[self.status]:
            raise ItemMoveIllegal(
                "item",
                item=self.item,
                status=self.status,
                move=move,
                allowed=list(MOVES[self.status]),
            )

    def require_offered(self, on: date, field: str) -> None:
        """Raises `ItemNotPublished` or `ItemRetired` unless it can be ordered on this date."""
        if not self.starts or on < self.starts[0]:
            raise ItemNotPublished(field, item=self.item, on=on.isoformat())
        if self.retired_from is not None and on >= self.retired_from:
            raise ItemRetired(field, item=self.item, retired_from=self.retired_from.isoformat())

    def require_existing(self, year: int, field: str) -> None:
        """Raises `BeforeFirstVersion` when no version holds in this year or an earlier one."""
        if self.starts and year < self.starts[0].year:
            raise before_first_version(field, self.item, self.starts[0])


def before_first_version(field: str, item: str, first: date) -> BeforeFirstVersion:
    return BeforeFirstVersion(field, item=item, first=first.isoformat())


def decide(state: Item | None, command: ItemCommand, now: datetime) -> tuple[ItemEvent, ...]:
    if isinstance(command, DraftCatalogueItem):
        if state is not None:
            state.require("draft")
        return (CatalogueItemDrafted(occurred_at=now, item=command.item, content=command.content),)
    if state is None:
        raise ItemUnknown("item", item=command.item)
    match command:
        case PublishCatalogueItem():
            return (_publish(state, command, now),)
        case ReviseCatalogueItem():
            return (_revise(state, command, now),)
        case RetireCatalogueItem():
            return (_retire(state, command, now),)


def _publish(state: Item, command: PublishCatalogueItem, now: datetime) -> CatalogueItemPublished:
    state.require("publish")
    _require_tariffs_since(command.valid_from, state.item, state.content, "valid_from")
    return CatalogueItemPublished(
        occurred_at=now,
        item=state.item,
        item_version=1,
        valid_from=command.valid_from,
        content=state.content,
    )


def _revise(state: Item, command: ReviseCatalogueItem, now: datetime) -> CatalogueItemRevised:
    state.require("revise")
    require_later(command.valid_from, state.starts)
    if command.content.domain != state.content.domain:
        raise ItemDomainFixed("content.domain", item=state.item, domain=state.content.domain)
    _require_tariffs_since(state.starts[0], state.item, command.content, "content.tariffs")
    return CatalogueItemRevised(
        occurred_at=now, item_version=len(state.starts) + 1, **dict(command)
    )


def _retire(state: Item, command: RetireCatalogueItem, now: datetime) -> CatalogueItemRetired:
    state.require("retire")
    require_order("retired_from", state.starts[-1], command.retired_from)
    return CatalogueItemRetired(occurred_at=now, **dict(command))


def _require_tariffs_since(first: date, item: str, content: ItemVersion, field: str) -> None:
    if any(year < first.year for year in content.tariffs):
        raise before_first_version(field, item, first)


def evolve(state: Item | None, event: ItemEvent) -> Item:
    version = 1 if state is None else state.version + 1
    if isinstance(event, CatalogueItemDrafted):
        return Item(item=event.item, version=version, status="draft", content=event.content)
    if state is None:
        raise ItemUnknown("item", item=event.item)
    return state.model_copy(update={"version": version, **_changed(state, event)})


def _changed(
    state: Item, event: CatalogueItemPublished | CatalogueItemRevised | CatalogueItemRetired
) -> dict[str, object]:
    if isinstance(event, CatalogueItemRetired):
        return {"status": "retired", "retired_from": event.retired_from}
    status = "published" if isinstance(event, CatalogueItemPublished) else "revised"
    starts = (*state.starts, event.valid_from)
    return {"status": status, "content": event.content, "starts": starts}
