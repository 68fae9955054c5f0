"""What a case holds, published or chosen, and what the reports make of what was published."""

from collections import Counter
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from bodemplaat.cases.comparing import Compared
from bodemplaat.cases.loader import load, names
from bodemplaat.cases.model import Case
from bodemplaat.cases.orders import Order, finance_orders, phases, ticket_orders
from bodemplaat.cases.yearly import yearly_total


def show_cases(console: Console) -> None:
    """Every case by its name. Raises `CaseInvalid`."""
    table = Table("case", "cooperation", box=None, pad_edge=False)
    for name in names():
        table.add_row(name, load(name).about.title)
    console.print(table)


def show_case(name: str, console: Console) -> None:
    """Its own figures, and what it tells the services. Raises `CaseUnknown`, `CaseInvalid`."""
    case = load(name)
    console.print(case.about.title, style="bold", highlight=False)
    console.print()
    console.print(_figures(case))
    console.print()
    console.print(_orders(case))
    if generated := yearly_total(case) + (case.tickets.tickets if case.tickets else 0):
        console.print(f"\n{generated} tickets are generated, and marked so.", highlight=False)


def show_comparison(compared: Iterable[Compared], console: Console) -> None:
    """Every published figure beside ours; what differs stands out."""
    table = Table("from", "figure", "published", "shown", "", box=None, pad_edge=False)
    for each in compared:
        mark = "" if each.equal else "[bold red]differs[/]"
        table.add_row(each.source, each.what, each.published, each.ours or "-", mark)
    console.print(table)


def comparison_in_markdown(case: Case, compared: Iterable[Compared]) -> str:
    """The same as a section of a page."""
    heading = [f"## {case.about.title}", "", "| from | figure | published | shown |"]
    return "\n".join([*heading, "| --- | --- | ---: | ---: |", *map(markdown_row, compared), ""])


def markdown_row(compared: Compared) -> str:
    ours = compared.ours or "-"
    cells = (compared.source, compared.what, compared.published, ours)
    return f"| {' | '.join(cells)} |"


def _figures(case: Case) -> Table:
    table = Table("figure", "value", "basis", "note", box=None, pad_edge=False)
    for figure in case.about.figures:
        table.add_row(figure.what, figure.value, figure.basis, figure.note)
    return table


def _orders(case: Case) -> Table:
    """One row per command and basis, with the notes of what it tells."""
    told = [order for phase in phases(case) for order in phase]
    told += [*ticket_orders(case), *finance_orders(case)]
    counts = Counter((order.service, order.command, order.basis) for order in told)
    table = Table("service", "command", "basis", "count", "notes", box=None, pad_edge=False)
    for (service, command, basis), count in counts.items():
        notes = _notes(told, command, basis)
        table.add_row(service, command, basis, str(count), notes)
    return table


def _notes(orders: Iterable[Order], command: str, basis: str) -> str:
    """Each once, in order."""
    those = (o.note for o in orders if (o.command, o.basis) == (command, basis) and o.note)
    return " ".join(dict.fromkeys(those))
