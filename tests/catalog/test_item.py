"""Catalogue items: draft → published → revised → retired, and a published version never changes."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.catalog import CatalogueItemPublished, CatalogueItemRevised
from services.catalog.commands import (
    DraftCatalogueItem,
    PublishCatalogueItem,
    RetireCatalogueItem,
    ReviseCatalogueItem,
)
from services.catalog.domain.item import Item, decide, evolve
from services.catalog.errors import (
    BeforeFirstVersion,
    EndBeforeStart,
    ItemDomainFixed,
    ItemMoveIllegal,
    ItemUnknown,
    NotLater,
)

CODE = "ICT-WP-01"


def revise(catalogue: Any, since: date, **content: Any) -> ReviseCatalogueItem:
    return ReviseCatalogueItem(item=CODE, valid_from=since, content=catalogue.content(**content))


def retire(since: date) -> RetireCatalogueItem:
    return RetireCatalogueItem(item=CODE, retired_from=since)


def after(state: Item | None, *commands: Any, now: Any) -> Item:
    for command in commands:
        for event in decide(state, command, now):
            state = evolve(state, event)
    assert state is not None
    return state


def test_publishing_offers_the_draft_as_version_one(catalogue: Any) -> None:
    draft = after(None, catalogue.draft(), catalogue.draft(name="Werkplek 2"), now=catalogue.now)
    (event,) = decide(draft, catalogue.publish(), catalogue.now)
    assert isinstance(event, CatalogueItemPublished)
    assert (event.item_version, event.content.name) == (1, "Werkplek 2")


def test_a_revision_is_the_next_version_from_its_date(catalogue: Any) -> None:
    (event,) = decide(
        catalogue.item(), revise(catalogue, date(2027, 1, 1), name="Nieuw"), catalogue.now
    )
    assert isinstance(event, CatalogueItemRevised)
    assert (event.item_version, event.valid_from) == (2, date(2027, 1, 1))
    assert event.content.name == "Nieuw"


@pytest.mark.parametrize("since", [date(2025, 12, 31), date(2026, 1, 1)])
def test_a_revision_never_reaches_back_into_a_version(since: date, catalogue: Any) -> None:
    with pytest.raises(NotLater) as refusal:
        decide(catalogue.item(), revise(catalogue, since), catalogue.now)
    assert refusal.value.params == {"previous": "2026-01-01"}


def test_an_unknown_item_is_named(catalogue: Any) -> None:
    for command in (
        catalogue.publish(),
        revise(catalogue, date(2027, 1, 1)),
        retire(date(2027, 1, 1)),
    ):
        with pytest.raises(ItemUnknown) as refusal:
            decide(None, command, catalogue.now)
        assert refusal.value.params == {"item": CODE}


def test_a_price_of_before_the_first_version_is_refused(catalogue: Any) -> None:
    early = {2025: Decimal(1), 2026: Decimal(2)}
    draft = after(None, catalogue.draft(tariffs=early), now=catalogue.now)
    with pytest.raises(BeforeFirstVersion):
        decide(draft, catalogue.publish(), catalogue.now)
    with pytest.raises(BeforeFirstVersion) as refusal:
        decide(catalogue.item(), revise(catalogue, date(2027, 1, 1), tariffs=early), catalogue.now)
    assert refusal.value.field == "content.tariffs"


def test_a_revision_stays_in_its_domain(catalogue: Any) -> None:
    with pytest.raises(ItemDomainFixed):
        decide(catalogue.item(), revise(catalogue, date(2027, 1, 1), domain="hr"), catalogue.now)


def test_an_item_retires_no_earlier_than_its_newest_version(catalogue: Any) -> None:
    revised = after(catalogue.item(), revise(catalogue, date(2027, 1, 1)), now=catalogue.now)
    with pytest.raises(EndBeforeStart):
        decide(revised, retire(date(2026, 12, 31)), catalogue.now)
    assert decide(revised, retire(date(2027, 1, 1)), catalogue.now)


def test_a_draft_cannot_retire(catalogue: Any) -> None:
    draft = after(None, catalogue.draft(), now=catalogue.now)
    with pytest.raises(ItemMoveIllegal) as refusal:
        decide(draft, retire(date(2027, 1, 1)), catalogue.now)
    assert refusal.value.params == {
        "item": CODE,
        "status": "draft",
        "move": "retire",
        "allowed": ["draft", "publish"],
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["draft", "publish", "revise", "retire"]),
            st.dates(date(2026, 1, 1), date(2029, 12, 31)),
        ),
        max_size=12,
    )
)
def test_whatever_is_tried_versions_only_follow_and_retired_is_the_end(
    catalogue: Any, tries: list[tuple[str, date]]
) -> None:
    content = catalogue.content(tariffs={2029: Decimal(1)})
    state: Item | None = None
    for move, day in tries:
        command = {
            "draft": DraftCatalogueItem(item=CODE, content=content),
            "publish": PublishCatalogueItem(item=CODE, valid_from=day),
            "revise": ReviseCatalogueItem(item=CODE, valid_from=day, content=content),
            "retire": RetireCatalogueItem(item=CODE, retired_from=day),
        }[move]
        before = state
        try:
            state = after(before, command, now=catalogue.now)
        except (ItemUnknown, ItemMoveIllegal, NotLater, EndBeforeStart):
            continue
        if before is not None:
            assert before.retired_from is None
            assert state.starts[: len(before.starts)] == before.starts
            assert state.version == before.version + 1
        assert list(state.starts) == sorted(set(state.starts))
