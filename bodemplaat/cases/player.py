"""Playing a case in, through the same commands that people use; a second play changes nothing."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import chain
from pathlib import Path
from time import monotonic

from rich.console import Console

from bodemplaat.cases.errors import CaseRefused
from bodemplaat.cases.generator import generate
from bodemplaat.cases.loader import FOLDER, load
from bodemplaat.cases.model import Case
from bodemplaat.cases.orders import Order, last_heard, phases
from bodemplaat.cases.yearly import yearly, yearly_total
from bodemplaat.imports.history import History, Step
from bodemplaat.imports.patience import attempts
from bodemplaat.imports.progress import Progress
from bodemplaat.imports.sending import in_words, is_unavailable, send
from bodemplaat.operator import OPERATOR
from chassis.client import Client
from chassis.clock import Clock, utc_now
from chassis.errors import KeyReused, Refused

AT_ONCE = 8
NOT_HEARD_OF = frozenset({"partner-unknown", "item-unknown"})


@dataclass(frozen=True, slots=True)
class Played:
    """What a play did. `changed` are orders that a former play sent with other content."""

    case: str
    orders: int
    changed: tuple[str, ...]
    imported: int
    already_there: int
    seconds: float

    def __str__(self) -> str:
        did = (
            f"{self.case}: {self.orders} commands, {self.imported} tickets played in, "
            f"{self.already_there} were there already, {self.seconds:.1f} s"
        )
        return "\n".join([did, *(f"{key}: stays as it was told before" for key in self.changed)])


async def play(
    name: str,
    client: Client,
    *,
    console: Console | None = None,
    clock: Clock = utc_now,
    pseudonyms: Mapping[str, str] | None = None,
    folder: Path = FOLDER,
) -> Played:
    """Play the case of this name in: its years, and the last weeks up to the moment of `clock`.

    `pseudonyms` are those that the gateway gives the people of people.toml, by their id.
    Raises `CaseUnknown`, `CaseInvalid`, `CaseRefused`, and `Refused` when a service does not
    answer, or `tickets` does not hear of the catalogue, for half a minute.
    """
    began = monotonic()
    case = load(name, folder)
    changed = await set_up(case, client)
    await until_heard_of(case, client)
    recent = generate(case, clock(), pseudonyms)
    console = console or Console()
    count = yearly_total(case) + len(recent)
    outcomes = await _play_tickets(case, client, chain(yearly(case), recent), count, console)
    played = Played(
        case=case.name,
        orders=sum(len(phase) for phase in phases(case)),
        changed=tuple(changed),
        imported=outcomes["imported"],
        already_there=outcomes["already-imported"],
        seconds=monotonic() - began,
    )
    console.print(str(played), highlight=False)
    return played


async def set_up(case: Case, client: Client) -> list[str]:
    """Tell `catalog` the case; the keys of what a former play told otherwise."""
    gate = asyncio.Semaphore(AT_ONCE)
    changed: list[str] = []
    for phase in phases(case):
        results = await asyncio.gather(*(_send_order(client, order, gate) for order in phase))
        changed += [order.key for order, sent in zip(phase, results, strict=True) if not sent]
    return changed


async def _send_order(client: Client, order: Order, gate: asyncio.Semaphore) -> bool:
    """False when a former play sent it with other content: what was set then stays."""
    async for refusal in attempts():
        async with gate:
            try:
                await client.command(
                    "catalog",
                    order.command,
                    order.body,
                    OPERATOR,
                    command_id=order.command_id,
                    now=order.now,
                )
            except Refused as refused:
                if any(fault.slug == KeyReused.slug for fault in refused.faults):
                    return False
                if not is_unavailable(refused):
                    raise CaseRefused(order.key, in_words(refused.faults)) from refused
                refusal(refused)
            else:
                break
    return True


async def until_heard_of(case: Case, client: Client) -> None:
    """Wait until `tickets` knows the catalogue, so that no ticket goes without its norm."""
    probe = _probe(case)
    async for refusal in attempts():
        async for (sent,) in send(client, f"case:{case.name}", [probe]):
            if not any(fault.slug in NOT_HEARD_OF for fault in sent.faults):
                return
            refusal(Refused(sent.faults))


def _probe(case: Case) -> History:
    """A history that is refused in any case: a ticket on the last item cannot resume at once."""
    opening = {
        "partner": case.partners.partners[-1].slug,
        "kind": "incident",
        "title": "Proef",
        "item": last_heard(case),
        "impact": 3,
        "urgency": 3,
        "channel": "import",
        "requester": {"id": "proef", "name": "Proef"},
    }
    at = max(case.set_up_at, datetime.combine(case.catalogue.valid_from, time(12), tzinfo=UTC))
    return History("probe", 1, (Step(at, "open", opening), Step(at, "resume")))


async def _play_tickets(
    case: Case, client: Client, histories: Iterable[History], count: int, console: Console
) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    with Progress(console, f"Tickets of {case.about.title}", count) as progress:
        async for batch in send(client, f"case:{case.name}", histories):
            for sent in batch:
                if sent.outcome == "rejected":
                    raise CaseRefused(sent.history.external, in_words(sent.faults))
                outcomes[sent.outcome] += 1
            progress.advance(len(batch))
    return outcomes
