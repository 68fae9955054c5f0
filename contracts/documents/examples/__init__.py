"""One example of every event: a partner joins, gets a catalogue, and reports an incident."""

from collections.abc import Iterator

from contracts.documents.examples.catalog import CATALOG
from contracts.documents.examples.changes import CHANGES
from contracts.documents.examples.corrections import CORRECTIONS
from contracts.documents.examples.example import Example
from contracts.documents.examples.finance import FINANCE
from contracts.documents.examples.privacy import PRIVACY
from contracts.documents.examples.problems import PROBLEMS
from contracts.documents.examples.ticket_work import WORK
from contracts.documents.examples.tickets import TICKETS
from contracts.registry import DomainEvent

__all__ = ["Example", "example_of", "examples"]


def examples() -> Iterator[Example]:
    yield from CATALOG
    yield from FINANCE
    yield from TICKETS
    yield from WORK
    yield from CHANGES
    yield from PRIVACY
    yield from PROBLEMS
    yield from CORRECTIONS


def example_of(event: type[DomainEvent]) -> Example:
    """The example of exactly this version; `LookupError` when there is none."""
    for example in examples():
        if type(example.event) is event:
            return example
    raise LookupError(f"{event.type()} has no example in contracts.documents.examples")
