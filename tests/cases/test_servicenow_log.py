"""The real log, put to the decisions of `tickets` under the catalogue of De Liemers."""

from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from bodemplaat.imports.history import History
from bodemplaat.imports.importer import Preparation
from bodemplaat.imports.mapping import load_mapping
from bodemplaat.imports.rejects import RejectFile
from contracts.tickets import TicketClosed, TicketEvent, TicketOpened

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT.parent / "shared" / "data" / "servicenow_incident_log.csv"

Decided = Callable[[Iterable[History]], dict[str, list[TicketEvent]]]


@pytest.mark.skipif(
    not LOG.exists(), reason="the ServiceNow log lies beside the checkout only where it was given"
)
def test_every_incident_is_accepted_under_a_norm_and_closes(
    tmp_path: Path, decided: Decided
) -> None:
    with RejectFile(tmp_path / "rejects.jsonl") as refused:
        histories = list(Preparation(LOG, load_mapping("servicenow"), "secret").histories(refused))
    happened = decided(histories)
    assert len(happened) == 445
    for events in happened.values():
        opened, closed = events[0], events[-1]
        assert isinstance(opened, TicketOpened)
        assert opened.norm is not None
        assert opened.norm.calendar == "kantooruren"
        assert isinstance(closed, TicketClosed)
        assert closed.within_resolution is not None
    count = Counter(event.event_name for events in happened.values() for event in events)
    assert count["ticket-closed"] == 445
    assert count["ticket-reopened"] == 6
