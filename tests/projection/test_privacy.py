"""The end of personal data in the read models: the pseudonym goes, the figures stay."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chassis.client import Caller
from chassis.errors import Refused
from contracts import tickets

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = AT + timedelta(days=400)
TICKET, OTHER = "INC-2026-000001", "INC-2026-000002"
USER = Caller("p-1", frozenset({"user"}), frozenset({"zevenaar"}))
AGENT = Caller("p-5", frozenset({"agent"}), None)
OFFICER = Caller("p-7", frozenset({"privacy-officer"}), None)


async def test_an_erased_ticket_is_nobodys_and_its_figures_stay(
    projection: Any, publish: Any, teller: Any
) -> None:
    teller.partner("zevenaar")
    teller.item()
    teller.opened(TICKET, AT, requester="p-1")
    teller.opened(OTHER, AT, requester="p-1")
    teller.resolved(TICKET, AT + timedelta(hours=3), 60)
    await projection.caught_up(await publish(*teller.told))
    before = (await projection.ask("ticket", AGENT, ticket=TICKET))["ticket"]
    assert (await projection.ask("tickets", USER))["total"] == 2
    asked = {"tickets": [TICKET]}
    held = await projection.ask("personal-data", OFFICER, **asked)
    assert (held["rows"], held["naming"], held["remembered"]) == (1, 1, 1), "it is found"

    requested = teller.then(TICKET, tickets.PersonalDataErasureRequested, LATER)
    erased = teller.then(TICKET, tickets.PersonalDataErased, LATER, reason="request")
    await projection.caught_up(await publish(requested, erased))

    after = (await projection.ask("ticket", AGENT, ticket=TICKET))["ticket"]
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"version", "requester", "erased_at"}
    assert (after["requester"], datetime.fromisoformat(after["erased_at"])) == (None, LATER)
    mine = (await projection.ask("tickets", USER))["tickets"]
    assert [fact["ticket"] for fact in mine] == [OTHER]
    timeline = (await projection.ask("timeline", AGENT, ticket=TICKET))["timeline"]
    assert timeline[-1]["details"] == {"reason": "request"}
    held = await projection.ask("personal-data", OFFICER, **asked)
    assert (held["rows"], held["naming"], held["remembered"], held["parked"]) == (1, 0, 0, 0)
    with pytest.raises(Refused, match="not-found"):
        await projection.ask("personal-data", AGENT, **asked)
