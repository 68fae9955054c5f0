"""Security signals: the last count of a month, for its own partner."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.client import Caller
from chassis.errors import Refused
from contracts import tickets

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
AGENT = Caller("p-5", frozenset({"controller"}), None)
CLIENT = Caller("p-8", frozenset({"client"}), frozenset({"zevenaar"}))
USER = Caller("p-9", frozenset({"user"}), frozenset({"zevenaar"}))


async def test_the_counts_of_a_month_are_seen_by_its_partner(
    projection: Any, publish: Any, teller: Any
) -> None:
    for slug in ("zevenaar", "duiven"):
        teller.partner(slug)
    for partner, month, sort, count in (
        ("zevenaar", "2026-01", "phishing-mail", 12),
        ("zevenaar", "2026-01", "suspicious-login", 3),
        ("zevenaar", "2026-01", "phishing-mail", 15),
        ("zevenaar", "2026-02", "phishing-mail", 0),
        ("duiven", "2026-02", "phishing-mail", 99),
    ):
        counted = tickets.SecuritySignalsCounted(
            occurred_at=AT, partner=partner, month=month, sort=sort, count=count
        )
        teller.tell(f"signals/{partner}/{month}", counted)
    await projection.caught_up(await publish(*teller.told))

    async def counts(caller: Caller, **params: Any) -> list[tuple[str, str, dict[str, int]]]:
        answer = await projection.ask("security-signals", caller, **params)
        assert answer["total"] == len(answer["items"])
        return [(row["month"], row["partner"], row["counts"]) for row in answer["items"]]

    january = ("2026-01", "zevenaar", {"phishing-mail": 15, "suspicious-login": 3})
    february = ("2026-02", "zevenaar", {"phishing-mail": 0})
    assert await counts(CLIENT) == [february, january]
    assert await counts(AGENT, to="2026-01") == [january]
    duiven = ("2026-02", "duiven", {"phishing-mail": 99})
    assert await counts(AGENT, **{"from": "2026-02"}) == [duiven, february]
    for caller, asked in ((CLIENT, {"partner": "duiven"}), (USER, {})):
        with pytest.raises(Refused) as refusal:
            await counts(caller, **asked)
        assert refusal.value.faults[0].slug == "not-found"
