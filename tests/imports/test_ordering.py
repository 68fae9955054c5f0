"""As few rows as possible are left out to make a ticket's rows follow one another."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import combinations, pairwise

from hypothesis import given
from hypothesis import strategies as st

from bodemplaat.imports.ordering import in_order
from bodemplaat.imports.snapshot import Snapshot
from chassis.tables import Row

OPENED = datetime(2016, 2, 29, 9, tzinfo=UTC)


def snapshot(line: int, order: int, minutes: int) -> Snapshot:
    return Snapshot(
        row=Row(line, {}),
        number="INC1",
        order=Decimal(order),
        changed_at=OPENED + timedelta(minutes=minutes),
        opened_at=OPENED,
        resolved_at=None,
        closed_at=None,
        meaning="new",
        team=None,
        impact=None,
        urgency=None,
        item=None,
    )


rows = st.lists(st.tuples(st.integers(0, 5), st.integers(-3, 12)), min_size=1, max_size=7).map(
    lambda drawn: [snapshot(line, *each) for line, each in enumerate(drawn, start=2)]
)


def follows(chain: list[Snapshot]) -> bool:
    return all(a.changed_at <= b.changed_at for a, b in pairwise(chain))


def longest(snapshots: list[Snapshot]) -> int:
    """By trying every choice of rows."""
    ordered = sorted(snapshots, key=lambda each: (each.order, each.line))
    usable = [each for each in ordered if each.changed_at >= each.opened_at]
    return max(
        size
        for size in range(len(usable) + 1)
        if any(follows(list(chosen)) for chosen in combinations(usable, size))
    )


@given(rows)
def test_the_longest_chain_is_kept(snapshots: list[Snapshot]) -> None:
    kept, rejected = in_order(snapshots)
    assert follows(list(kept))
    assert len(kept) == longest(snapshots)
    lines = sorted([each.line for each in kept] + [each.line for each in rejected])
    assert lines == [each.line for each in snapshots]


def test_a_row_before_the_opening_is_told_apart_from_one_out_of_order() -> None:
    early, late, first, last = (
        snapshot(2, 0, -1),
        snapshot(3, 1, 60),
        snapshot(4, 1, 10),
        snapshot(5, 2, 30),
    )
    kept, rejected = in_order([early, late, first, last])
    assert list(kept) == [first, last]
    assert {each.line: each.reason.slug for each in rejected} == {
        2: "before-opening",
        3: "out-of-order",
    }
