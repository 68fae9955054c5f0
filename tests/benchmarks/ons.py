"""A year of a whole service centre: how soon it is loaded, and stands in the read models."""

import asyncio
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time
from typing import Any

import reports
from figures import Figure, Section
from installed import QUIET, processor_seconds

from bodemplaat.cases.loader import FOLDER, load
from bodemplaat.cases.player import Played, play
from bodemplaat.environment import Door
from bodemplaat.installation import Installation
from bodemplaat.operator import OPERATOR, operator_client
from bodemplaat.system import System, running_system
from chassis.client import Client

CASE = "ons"
LOOK_SECONDS = 0.25
GOAL_SECONDS = 90
CORES = 2


@dataclass(frozen=True, slots=True)
class Loaded:
    """Seconds since playing began, and processor seconds per process that were used for it."""

    played: Played
    loaded: float
    projected: float
    events: int
    used: Mapping[str, float]


async def measure() -> list[Section]:
    """The year, and the reports that are made of it."""
    os.environ.setdefault("BODEMPLAAT_LOG_LEVEL", "WARNING")
    os.environ["BODEMPLAAT_REQUESTS_PER_MINUTE"] = "1000000"
    with TemporaryDirectory(prefix="bodemplaat-bench-") as folder:
        installation = Installation(Path(folder))
        door = Door(port=installation.state.port("gateway"), case=FOLDER / CASE)
        async with (
            running_system(installation, door) as system,
            operator_client(installation) as client,
        ):
            loaded = await _load(system, client)
            made = await reports.section(system, client, CASE)
    return [_year(loaded), made]


def _year(loaded: Loaded) -> Section:
    tickets = loaded.played.imported
    return Section(
        "A year of a service centre",
        f"Case {CASE}: everything that SSC Ons received in 2022, and the last weeks, generated and "
        "sent through the same decisions as live tickets, on a new system; until the read models "
        "hold all of it.",
        [
            Figure(
                "loaded and projected",
                loaded.projected,
                "s",
                GOAL_SECONDS,
                note=f"{tickets:,} tickets",
            ),
            Figure("loaded", loaded.loaded, "s", note=f"{loaded.events:,} events"),
            Figure("tickets a second", tickets / loaded.projected, "tickets/s"),
            Figure("events a second", loaded.events / loaded.projected, "events/s"),
            Figure(
                "processor time, all processes",
                sum(loaded.used.values()),
                "s",
                GOAL_SECONDS * CORES,
                note="what two cores have in that time",
            ),
            *(
                Figure(f"processor time, {name}", seconds, "s")
                for name, seconds in loaded.used.items()
            ),
        ],
    )


async def _load(system: System, client: Client) -> Loaded:
    spent, began = _used(system), perf_counter()
    played = await play(CASE, client, console=QUIET)
    loaded = perf_counter() - began
    partners = [partner.slug for partner in load(CASE).partners.partners]
    before: dict[str, Any] = {}
    while True:
        status = await client.query("projection", "status", {}, OPERATOR)
        if status == before and not status["lag"]:
            if await _projected(client, partners) == played.imported:
                break
        else:
            projected = perf_counter() - began
        before = status
        await asyncio.sleep(LOOK_SECONDS)
    used = {name: seconds - spent.get(name, 0) for name, seconds in _used(system).items()}
    return Loaded(played, loaded, projected, int(status["sequence"]), used)


def _used(system: System) -> dict[str, float]:
    """Processor seconds so far, those of generating and sending included."""
    return {**processor_seconds(system), "generating and sending": process_time()}


async def _projected(client: Client, partners: list[str]) -> int:
    """How many tickets the read models hold."""
    params = [{"partner": partner, "size": 1} for partner in partners]
    found = [await client.query("projection", "tickets", each, OPERATOR) for each in params]
    return sum(int(each["total"]) for each in found)
