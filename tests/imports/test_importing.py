"""Importing into real services: good tickets in, refused ones told, and twice changes nothing."""

import json
from collections.abc import Awaitable, Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from nats.aio.client import Client as Connection
from rich.console import Console

from bodemplaat.cases.loader import load
from bodemplaat.cases.player import set_up
from bodemplaat.cases.telling import until_heard
from bodemplaat.imports.importer import import_tickets
from chassis.client import Client
from services.catalog.service import definition as catalog
from services.tickets.service import definition as tickets

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT.parent / "shared" / "data" / "servicenow_incident_log.csv"
SECRET = "a secret of thirty-two characters"
EXPORT = """\
number;sys_mod_count;sys_updated_at;opened_at;closed_at;incident_state;assignment_group;location
INC1;0;29-02-2016 09:10;29-02-2016 09:00;;New;Group 1;L1
INC1;1;29-02-2016 10:00;29-02-2016 09:00;;Active;Group 2;L1
INC2;0;29-02-2016 09:10;29-02-2016 09:00;;New;Group 1;L2
INC3;0;29-02-2016 09:10;29-02-2016 09:00;;Nieuw;Group 1;L1
INC4;0;29-02-2016 09:10;27-02-2014 09:00;;New;Group 1;L1
"""

Start = Callable[..., Awaitable[Any]]
ClientOf = Callable[[str], Awaitable[Client]]


@pytest.fixture
async def operator(stream: Connection, start_service: Start, client_of: ClientOf) -> Client:
    await start_service(catalog)
    await start_service(tickets)
    client = await client_of("operator")
    case = load("de-liemers")
    await set_up(case, client)
    await until_heard(client, "catalog", ["tickets"])
    return client


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    return path


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    """The ready mapping, with a location of a partner that does not exist."""
    ready = ROOT / "bodemplaat" / "imports" / "mappings" / "servicenow.toml"
    text = ready.read_text(encoding="utf-8")
    path = tmp_path / "own.toml"
    path.write_text(
        text.replace(
            'column = "location"', 'column = "location"\nvalues = { L2 = "duiven" }', 1
        ).replace("values = {}", "", 1)
    )
    return path


async def test_good_tickets_go_in_and_the_rest_is_told(
    operator: Client, export: Path, mapping: Path, tmp_path: Path
) -> None:
    screen, rejects = StringIO(), tmp_path / "rejects.jsonl"
    summary = await import_tickets(
        export,
        mapping,
        operator,
        secret=SECRET,
        rejects=rejects,
        console=Console(file=screen, width=200),
    )
    assert (summary.rows, summary.tickets) == (5, 4)
    assert (summary.imported, summary.already_there) == (1, 0)
    assert (summary.rejected_tickets, summary.rejected_rows) == (3, 1)
    lines = [json.loads(line) for line in rejects.read_text(encoding="utf-8").splitlines()]
    assert {(each["line"], each["incident"], each["reason"]) for each in lines} == {
        (4, "INC2", "partner-unknown"),
        (5, "INC3", "state-unknown"),
        (5, "INC3", "no-usable-row"),
        (6, "INC4", "partner-not-joined"),
    }
    assert "1 tickets imported" in screen.getvalue()
    assert str(rejects) in screen.getvalue()

    again = await import_tickets(
        export, mapping, operator, secret=SECRET, rejects=rejects, console=Console(file=screen)
    )
    assert (again.imported, again.already_there, again.rejected_tickets) == (0, 1, 3)


@pytest.mark.skipif(
    not LOG.exists(), reason="the ServiceNow log lies beside the checkout only where it was given"
)
async def test_the_real_log_goes_in_once(operator: Client, tmp_path: Path) -> None:
    rejects, quiet = tmp_path / "rejects.jsonl", Console(file=StringIO())
    summary = await import_tickets(
        LOG, "servicenow", operator, secret=SECRET, rejects=rejects, console=quiet
    )
    assert (summary.rows, summary.tickets) == (2989, 445)
    assert (summary.imported, summary.already_there) == (445, 0)
    assert (summary.rejected_tickets, summary.rejected_rows) == (0, 6)
    again = await import_tickets(
        LOG, "servicenow", operator, secret=SECRET, rejects=rejects, console=quiet
    )
    assert (again.imported, again.already_there, again.rejected_rows) == (0, 445, 6)
