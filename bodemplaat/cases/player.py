"""Playing a case in, through the same commands that people use; a second play changes nothing."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from time import monotonic

from rich.console import Console

from bodemplaat.cases.errors import CaseRefused
from bodemplaat.cases.generator import generate
from bodemplaat.cases.loader import FOLDER, load
from bodemplaat.cases.model import Case
from bodemplaat.cases.orders import finance_orders, phases, ticket_orders
from bodemplaat.cases.telling import Teller, until_heard
from bodemplaat.cases.yearly import yearly, yearly_total
from bodemplaat.imports.history import History
from bodemplaat.imports.progress import Progress
from bodemplaat.imports.sending import in_words, send
from chassis.client import Client
from chassis.clock import Clock, utc_now


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
    """Play the case of this name in: its past, its years, the last weeks up to `clock`'s moment.

    `pseudonyms` are those that the gateway gives the people of people.toml, by their id.
    Raises `CaseUnknown`, `CaseInvalid`, `CaseRefused`, and `Refused` when a service does not
    answer, or does not hear of what another was told, for half a minute.
    """
    began = monotonic()
    case = load(name, folder)
    console = console or Console()
    orders, changed = await play_past(case, client, console)
    recent = generate(case, clock(), pseudonyms)
    count = yearly_total(case) + len(recent)
    outcomes = await _play_tickets(case, client, chain(yearly(case), recent), count, console)
    played = Played(
        case=case.name,
        orders=orders,
        changed=changed,
        imported=outcomes["imported"],
        already_there=outcomes["already-imported"],
        seconds=monotonic() - began,
    )
    console.print(str(played), highlight=False)
    return played


async def set_up(case: Case, client: Client) -> tuple[str, ...]:
    """Tell `catalog` the case; the keys of what a former play told otherwise."""
    teller = Teller(client)
    for phase in phases(case):
        await teller.at_once(phase)
    return tuple(teller.changed)


async def play_past(
    case: Case, client: Client, console: Console | None = None
) -> tuple[int, tuple[str, ...]]:
    """Tell the services all of the case but its generated tickets, each service in date order.

    Returns how many orders there were, and the keys of those that a former play told otherwise.
    """
    catalog = list(phases(case))
    tickets, finance = ticket_orders(case), finance_orders(case)
    count = sum(len(phase) for phase in catalog) + len(tickets) + len(finance)
    with Progress(console or Console(), f"Past of {case.about.title}", count) as progress:
        teller = Teller(client, progress.advance)
        for phase in catalog:
            await teller.at_once(phase)
        await until_heard(client, "catalog", ["tickets", *(["finance"] if finance else [])])
        await teller.in_order(tickets)
        if tickets and finance:
            await until_heard(client, "tickets", ["finance"])
        await teller.in_order(finance)
    return count, tuple(teller.changed)


async def _play_tickets(
    case: Case, client: Client, histories: Iterable[History], count: int, console: Console
) -> Counter[str]:
    outcomes: Counter[str] = Counter()
    if not count:
        return outcomes
    with Progress(console, f"Tickets of {case.about.title}", count) as progress:
        async for batch in send(client, f"case:{case.name}", histories):
            for sent in batch:
                if sent.outcome == "rejected":
                    raise CaseRefused(sent.history.external, in_words(sent.faults))
                outcomes[sent.outcome] += 1
            progress.advance(len(batch))
    return outcomes
