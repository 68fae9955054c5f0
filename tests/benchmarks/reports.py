"""Reports of a year of a service centre: how soon as a document, a PDF and a workbook; and replay.

With them, whether the figures that the cooperation published come out of that year.
"""

import asyncio
from dataclasses import dataclass
from time import perf_counter

from figures import Figure, Section, percentile
from installed import access_token
from wire import Wire

from bodemplaat.cases.comparing import Compared, compare
from bodemplaat.cases.loader import load
from bodemplaat.system import System
from chassis.client import Client

READER = "controller"
ASKED = {
    "board report": "/v1/reports/board?period=2022-Q4",
    "annual report": "/v1/reports/annual?period=2022",
}
GOALS = {"json": 500.0, "pdf": 2000.0}
"""p95 in ms of the board report, by form; the workbook has none."""
FORMS = ("json", "pdf", "xlsx")
TIMES = 15
WARM_UP = 2
REPLAYED = 100_000
"""Events of the past that a report as of a sequence folds anew."""
LOOK_SECONDS = 0.05
OK, ACCEPTED = 200, 202


@dataclass(frozen=True, slots=True)
class Asking:
    """A reader of reports on one connection."""

    wire: Wire
    token: str

    async def get(self, path: str) -> tuple[int, bytes]:
        status, body = await self.wire.get(path, self.token)
        if status not in (OK, ACCEPTED):
            raise RuntimeError(body)
        return status, body


async def section(system: System, client: Client, case: str) -> Section:
    """`system` has the whole case in it."""
    token = await access_token(system.door.url, READER)
    asking = Asking(await Wire.open(system.door.url), token)
    try:
        figures = [
            figure
            for name, path in ASKED.items()
            for form in FORMS
            for figure in await _written(asking, name, path, form)
        ]
        replayed = await _replayed(asking)
    finally:
        asking.wire.close()
    compared = await compare(load(case).published, client)
    return Section(
        "Reports",
        f"In the system of the year before this: each asked {TIMES} times one after another, over "
        f"HTTP, made anew each time. A report as of sequence {REPLAYED:,} folds so many events "
        "again, in the background of the projection that answers questions, until it is there.",
        [
            *figures,
            Figure("as of a sequence, events folded anew", replayed, "events/s"),
            _held(compared),
        ],
    )


async def _written(asking: Asking, name: str, path: str, form: str) -> list[Figure]:
    taken = []
    for _ in range(WARM_UP + TIMES):
        asked = perf_counter()
        _, body = await asking.get(f"{path}&format={form}")
        taken.append((perf_counter() - asked) * 1000)
    goal = GOALS.get(form) if name == "board report" else None
    size = f"{len(body) / 1024:,.0f} KiB"
    p95 = percentile(taken[WARM_UP:], 0.95)
    return [Figure(f"{name} as {form.upper()}, p95", p95, "ms", goal, note=size)]


async def _replayed(asking: Asking) -> float:
    """Events a second, until the document is there."""
    path = f"{ASKED['annual report']}&asOf={REPLAYED}"
    began = perf_counter()
    while (await asking.get(path))[0] == ACCEPTED:  # noqa: ASYNC110  it is told by asking
        await asyncio.sleep(LOOK_SECONDS)
    return REPLAYED / (perf_counter() - began)


def _held(compared: list[Compared]) -> Figure:
    wrong = [
        f"{each.what}: {each.ours}, not {each.published}" for each in compared if not each.equal
    ]
    name = f"published figures that come out, of {len(compared)}"
    right = len(compared) - len(wrong)
    return Figure(name, right, "", len(compared), "at least", note="; ".join(wrong))
