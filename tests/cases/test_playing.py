"""Playing a case in on real services; a second play changes nothing."""

import shutil
from collections.abc import Awaitable, Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from nats.aio.client import Client as Connection
from rich.console import Console

from bodemplaat.cases.errors import CaseRefused
from bodemplaat.cases.loader import FOLDER
from bodemplaat.cases.model import Case
from bodemplaat.cases.player import play, set_up
from chassis.client import Client
from services.catalog.service import definition as catalog
from services.finance.service import definition as finance
from services.tickets.service import definition as tickets

Start = Callable[..., Awaitable[Any]]
ClientOf = Callable[[str], Awaitable[Client]]


SMALLER = (
    ("volumes.toml", "received = 51000", "received = 120"),
    ("volumes.toml", "closed = 50190", "closed = 112"),
    ("volumes.toml", "cancelled = 510", "cancelled = 4"),
    ("volumes.toml", "received = 19321", "received = 100"),
    ("volumes.toml", "closed = 19093", "closed = 97"),
    ("volumes.toml", "rated = 4770", "rated = 20"),
    ("volumes.toml", "received = 3950", "received = 30"),
    ("volumes.toml", "closed = 3917", "closed = 28"),
    ("tickets.toml", "tickets = 900", "tickets = 50"),
)
"""Of each file, what the year of SSC Ons is cut down to."""
QUIET = Console(file=StringIO())
ALREADY_THERE = r"^(partner/\w+: partner-exists|draft/[\w-]+: item-move-illegal)"
"""How the centre refuses what another case told: orders of one day are told at the same time."""


@pytest.fixture
async def operator(stream: Connection, start_service: Start, client_of: ClientOf) -> Client:
    for service in (catalog, tickets, finance):
        await start_service(service)
    return await client_of("operator")


async def test_what_a_former_play_told_stays(case: Case, operator: Client) -> None:
    assert await set_up(case, operator) == ()
    first, *rest = case.catalogue.items
    renamed = first.model_copy(update={"name": "Anders"})
    catalogue = case.catalogue.model_copy(update={"items": (renamed, *rest)})
    changed = case.model_copy(update={"catalogue": catalogue})
    assert await set_up(changed, operator) == (f"draft/{first.item}",)
    other = case.model_copy(update={"name": "twin"})
    with pytest.raises(CaseRefused, match=ALREADY_THERE):
        await set_up(other, operator)


async def test_a_whole_case_is_played_once(case: Case, operator: Client) -> None:
    played = await play("de-liemers", operator, console=QUIET)
    assert (played.imported, played.already_there) == (case.tickets.tickets, 0)
    again = await play("de-liemers", operator, console=QUIET)
    assert (again.imported, again.already_there) == (0, case.tickets.tickets)
    assert again.changed == ()


async def test_a_year_cut_down_is_played_once(tmp_path: Path, operator: Client) -> None:
    shutil.copytree(FOLDER / "ons", tmp_path / "ons")
    for file, old, new in SMALLER:
        path = tmp_path / "ons" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    played = await play("ons", operator, console=QUIET, folder=tmp_path)
    assert (played.imported, played.already_there) == (300, 0)
    again = await play("ons", operator, console=QUIET, folder=tmp_path)
    assert (again.imported, again.already_there) == (0, 300)
