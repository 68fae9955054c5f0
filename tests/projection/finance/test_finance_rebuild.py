"""The read models of finance can be made again, and are then the same."""

from typing import Any

from chassis.client import Caller
from contracts.envelope import Envelope

CONTROLLER = Caller("k-1", frozenset({"controller"}), None)


async def test_what_is_told_of_money_is_made_again_to_the_same(
    history: list[Envelope], publish: Any, projection: Any
) -> None:
    last = await publish(*history)
    await projection.caught_up(last)
    rebuilt = await projection.rebuild()
    assert (rebuilt.events, rebuilt.equal) == (last, True)


async def test_what_is_told_twice_or_out_of_order_counts_once(
    history: list[Envelope], publish: Any, projection: Any
) -> None:
    pool = [each for each in history if each.subject == "pool/2026-ict"]
    last = await publish(pool[0], *pool[2:], pool[1], *pool)
    await projection.caught_up(last)
    (ict,) = (await projection.ask("budgets", CONTROLLER))["items"]
    assert (ict["budget"], ict["booked"], ict["bookings"]) == ("380000.00", "104000.00", 4)
    events = await projection.ask("finance-events", CONTROLLER, aggregate="pool/2026-ict")
    assert sorted(each["version"] for each in events["items"]) == list(range(1, len(pool) + 1))
