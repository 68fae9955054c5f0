"""Whatever is ordered in whatever sequence: states stay sound, and events fold back to them."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import DomainError
from contracts.catalog import CatalogueItemDrafted, CatalogueItemPublished, CatalogueItemRetired
from services.catalog import commands
from services.catalog.domain import agreement, calendar, experience, item, norm, partner
from services.catalog.domain.agreement import overlap

MARKS = {"quality": "7", "speed": "7", "communication": "7"}
days = st.integers(0, 1500).map(lambda offset: date(2025, 1, 1) + timedelta(days=offset))
Decide = Callable[[Any, Any], Sequence[Any]]


def played(orders: Sequence[Any], decide: Decide, evolve: Callable[..., Any]) -> tuple[Any, Any]:
    """The state after the orders that were not refused, and the events that led to it."""
    state, events = None, []
    for order in orders:
        try:
            decided = decide(state, order)
        except DomainError:
            continue
        for event in decided:
            state = evolve(state, event)
            events.append(event)
    again = None
    for event in events:
        again = evolve(again, event)
    assert again == state, "the events fold back to the same state"
    assert state is None or state.version == len(events)
    return state, events


def rising(starts: Sequence[date]) -> bool:
    return list(starts) == sorted(set(starts))


@st.composite
def item_orders(draw: st.DrawFn, catalogue: Any) -> list[Any]:
    def order() -> st.SearchStrategy[Any]:
        content = catalogue.content(tariffs={2030: "1"})
        return st.one_of(
            st.just(catalogue.draft(tariffs={2030: "1"})),
            days.map(lambda on: catalogue.publish(since=on)),
            days.map(
                lambda on: commands.ReviseCatalogueItem(
                    item="ICT-WP-01", valid_from=on, content=content
                )
            ),
            days.map(lambda on: commands.RetireCatalogueItem(item="ICT-WP-01", retired_from=on)),
        )

    return draw(st.lists(order(), max_size=12))


@given(data=st.data())
def test_an_item_goes_its_way_and_never_back(data: st.DataObject, catalogue: Any) -> None:
    orders = data.draw(item_orders(catalogue))
    state, events = played(orders, lambda s, o: item.decide(s, o, catalogue.now), item.evolve)
    if state is None:
        return
    kinds = [type(event) for event in events]
    assert kinds.count(CatalogueItemPublished) <= 1
    assert CatalogueItemRetired not in kinds[:-1], "nothing follows retirement"
    if CatalogueItemPublished in kinds:
        assert CatalogueItemDrafted not in kinds[kinds.index(CatalogueItemPublished) :]
    assert rising(state.starts)
    versions = [event.item_version for event in events if hasattr(event, "item_version")]
    assert versions == list(range(1, len(versions) + 1))
    assert state.retired_from is None or state.retired_from >= state.starts[-1]


@given(orders=st.lists(days, max_size=8))
def test_versions_of_calendars_norms_and_targets_only_rise(
    orders: list[date], catalogue: Any
) -> None:
    calendars = {"kantooruren": catalogue.calendar(valid_from=date(2020, 1, 1))}
    known = catalogue.item(since=date(2025, 6, 1))
    told = [
        played(
            [catalogue.define(valid_from=on) for on in orders],
            lambda s, o: calendar.decide(s, o, catalogue.now),
            calendar.evolve,
        ),
        played(
            [catalogue.set_level(valid_from=on) for on in orders],
            lambda s, o: norm.decide(s, o, catalogue.now, known, calendars),
            norm.evolve,
        ),
        played(
            [
                commands.SetExperienceTarget(
                    partner="zevenaar", domain="ict", target=MARKS, valid_from=on
                )
                for on in orders
            ],
            lambda s, o: experience.decide(s, o, catalogue.now, catalogue.partner()),
            experience.evolve,
        ),
    ]
    assert all(state is None or rising(state.starts) for state, _ in told)


@given(
    orders=st.lists(
        st.one_of(
            days.map(lambda on: ("leave", on)),
            st.integers(2020, 2030).map(lambda year: ("count", year)),
            st.just(("join", None)),
        ),
        max_size=10,
    )
)
def test_a_partner_joins_once_and_leaves_after_that(orders: list[Any], catalogue: Any) -> None:
    made = {
        "join": lambda _: catalogue.register(),
        "leave": lambda on: commands.AnnounceWithdrawal(partner="zevenaar", leaves_on=on),
        "count": lambda year: commands.UpdatePartnerStatistics(
            partner="zevenaar", year=year, residents=1, workplaces=1
        ),
    }
    state, events = played(
        [made[kind](value) for kind, value in orders],
        lambda s, o: partner.decide(s, o, catalogue.now),
        partner.evolve,
    )
    joined = [event for event in events if event.event_name == "partner-joined"]
    assert len(joined) == (state is not None)
    assert state is None or state.leaves_on is None or state.leaves_on >= state.joined_on


agreement_orders = st.lists(
    st.tuples(
        st.sampled_from(["sign", "amend", "end"]),
        st.sampled_from(["DVO-1", "DVO-2"]),
        days,
        st.none() | days,
        st.lists(st.sampled_from(["ICT-WP-01", "ICT-TB-02"]), min_size=1, unique=True),
    ),
    max_size=10,
)


def agreement_order(
    catalogue: Any, kind: str, number: str, first: date, last: date | None, taken: list[str]
) -> Any:
    if kind == "sign":
        return catalogue.sign(number, starts_on=first, ends_on=last, items=taken)
    if kind == "amend":
        return commands.AmendAgreement(agreement=number, valid_from=first, items=taken)
    return commands.EndAgreement(agreement=number, ends_on=first)


@given(orders=agreement_orders)
def test_no_item_ever_falls_under_two_agreements(orders: list[Any], catalogue: Any) -> None:
    items = {
        code: catalogue.item(code, since=date(2025, 1, 1)) for code in ("ICT-WP-01", "ICT-TB-02")
    }
    states: dict[str, agreement.Agreement] = {}
    for kind, number, first, last, taken in orders:
        order = agreement_order(catalogue, kind, number, first, last, taken)
        others = [state for name, state in states.items() if name != number]
        around = catalogue.around(items=items, others=others)
        before = states.get(number)
        try:
            events = agreement.decide(before, order, catalogue.now, around)
        except DomainError:
            continue
        for event in events:
            states[number] = agreement.evolve(before, event)
    for state in states.values():
        assert rising([terms.valid_from for terms in state.terms])
        assert state.ends_on is None or state.ends_on >= state.terms[0].valid_from
    if len(states) == 2:
        assert overlap(*states.values()) is None
