"""The read models of finance can be made again, and are then the same."""

from typing import Any

from chassis.client import Caller
from contracts.envelope import Envelope
from services.projection.plan import plan
from services.projection.recorded import read

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


def test_where_an_event_stood_on_the_stream_is_a_column_of_its_own(
    history: list[Envelope],
) -> None:
    """So that a stream which was filled again elsewhere makes the same figures."""
    assert rows(history, after=0) == rows(history, after=1000)


def rows(history: list[Envelope], *, after: int) -> dict[str, list[Any]]:
    told = [read(place, each.to_json()) for place, each in enumerate(history, start=after + 1)]
    made = plan(told, {}, {})
    assert made.set_aside == {}
    found = {model.name: list(each.values()) for model, each in made.rows.items()}
    found |= {model.name: each for model, each in made.entries.items()}
    return {
        name: [
            each._replace(stream_sequence=0) if hasattr(each, "stream_sequence") else each
            for each in told
        ]
        for name, told in found.items()
    }
