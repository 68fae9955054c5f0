"""`/v1/charging-runs`: what each run froze and came to; and the years that are closed."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field

from contracts.finance.bills import RunId
from contracts.finance.charging import PoolCode
from contracts.values import PartnerSlug, Year
from services.gateway.access import guarded_router
from services.gateway.api.finance.books import At, Origin, Reading, SourceRange, YearPath
from services.gateway.api.paging import Page, Paging
from services.gateway.wire import Shape

TAGS = ["Charging"]
RunPath = Annotated[RunId, Path(description="Id of the run", examples=["2026-q1"])]


class FrozenPool(Shape):
    pool: PoolCode
    version: int = Field(description="Version of the pool then")
    amount: Decimal = Field(description="Euro that were charged of it")


class Part(Shape):
    """A partner's part; `version` is that of the event on the run that tells it."""

    partner: str
    total: Decimal
    advanced: Decimal
    due: Decimal
    lines: int
    invoice: str | None = Field(description="The document that followed from it")
    credited_by: str | None
    version: int


class Run(Origin):
    """What came in after the sequences does not count in it."""

    run: RunId
    year: Year
    kind: Literal["advance", "settlement"]
    first: date
    last: date
    catalogue_sequence: int = Field(description="Of the newest fact of partners that counted")
    time_sequence: int = Field(description="Of the newest logged time that counted")
    pools: list[FrozenPool]
    cost: Decimal
    charged: Decimal
    borne: Decimal = Field(description="Euro that no partner pays")
    parts: list[Part] = Field(description="Those of the partners that you act for")


class OneRun(Run, At):
    pass


class Runs(Page[Run]):
    """Charging runs."""


class RunFilter(Paging):
    year: Year | None = None
    kind: Literal["advance", "settlement"] | None = None
    sort: str = Field(default="-run", max_length=40)


class RunLine(Origin):
    """Divided: `ofAmount` × `count` ÷ `ofCount`. Priced: `price` × `count` for the days."""

    partner: str
    pool: PoolCode
    method: str
    first: date
    last: date
    amount: Decimal
    of_amount: Decimal | None = None
    price: Decimal | None = None
    driver: str | None = None
    count: Decimal | None = None
    of_count: Decimal | None = None
    days: int
    of_days: int
    sources: list[SourceRange]


class LineTotals(Shape):
    amount: Decimal


class RunLines(Page[RunLine]):
    """`totals` are of all pages together."""

    totals: LineTotals


class LineFilter(Paging):
    partner: PartnerSlug | None = None
    pool: PoolCode | None = None


class Settled(Origin):
    year: Year
    run: RunId
    cost: Decimal
    charged: Decimal
    closed_at: datetime


class Settlements(Page[Settled]):
    """Years that are closed: nothing in them changes any more."""


class SettlementFilter(Paging):
    year: Year | None = None


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get("/v1/charging-runs", summary="Charging runs")(list_runs)
    routes.get("/v1/charging-runs/{run}", summary="One charging run")(show_run)
    routes.get("/v1/charging-runs/{run}/lines", summary="What a run charges")(list_lines)
    routes.get("/v1/settlements", summary="Closed years")(list_settlements)
    routes.get("/v1/settlements/{year}", summary="One closed year")(show_settlement)
    return routes


async def list_runs(reading: Reading, wanted: Annotated[RunFilter, Query()]) -> Runs:
    return await reading.page("charging-runs", Runs, wanted)


async def show_run(run: RunPath, reading: Reading) -> OneRun:
    return await reading.one("charging-runs", OneRun, run=run)


async def list_lines(
    run: RunPath, reading: Reading, wanted: Annotated[LineFilter, Query()]
) -> RunLines:
    return await reading.page("charging-lines", RunLines, wanted, run=run)


async def list_settlements(
    reading: Reading, wanted: Annotated[SettlementFilter, Query()]
) -> Settlements:
    return await reading.page("settlements", Settlements, wanted)


async def show_settlement(year: YearPath, reading: Reading) -> Settled:
    return await reading.one("settlements", Settled, year=year)
