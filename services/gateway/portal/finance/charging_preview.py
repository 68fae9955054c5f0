"""What a charging run would take, shown before it is made: it freezes what it finds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from starlette.responses import Response

from services.gateway.portal.forms.form import Filling
from services.gateway.portal.visit import Visit

_ALL = 1000
_MONTHS = 3
_BY_COUNT = {
    "per-workplace": "workplaces",
    "per-resident": "residents",
    "licences": "users",
}


async def preview_advance(visit: Visit, filling: Filling) -> Response:
    body = filling.body()
    quarter = str(body.get("quarter", ""))
    month = _MONTHS * (int(quarter) - 1) + 1 if quarter in "1234" and quarter else 1
    return await _preview(visit, filling, month)


async def preview_settlement(visit: Visit, filling: Filling) -> Response:
    return await _preview(visit, filling, 1)


async def _preview(visit: Visit, filling: Filling, month: int) -> Response:
    """The inputs as they stand, and what stands in the way of a run."""
    year = filling.body().get("year")
    if not isinstance(year, int) or not 1990 <= year <= 2200:  # noqa: PLR2004  years of the books
        year = visit.today().year
    budgets = await visit.view("budgets", year=year, sort="pool", size=_ALL)
    methods = (await visit.view("charging-methods", size=_ALL))["items"]
    partners = (await visit.view("partners"))["partners"]
    users = (await visit.view("user-counts", year=year, size=_ALL))["items"]
    runs = (await visit.view("charging-runs", year=year, size=_ALL))["items"]
    pools = list(_pools(budgets["items"], methods, date(year, month, 1).isoformat()))
    counts = list(_counts(partners, users, year))
    return await visit.page(
        "finance_preview.html",
        filling=filling,
        form=filling.form,
        year=year,
        pools=pools,
        totals=budgets["totals"],
        counts=counts,
        runs=runs,
        wrong=list(_wrong(pools, counts)),
    )


def _pools(
    budgets: Sequence[Mapping[str, Any]], methods: Sequence[Mapping[str, Any]], on: str
) -> Iterator[dict[str, Any]]:
    """Each pool with the method that holds on the first day."""
    known = {item["pool"]: item["methods"] for item in methods}
    for row in budgets:
        holding = [one for one in known.get(row["pool"], ()) if one["valid_from"] <= on]
        yield {**row, "method": max(holding, key=lambda one: one["valid_from"], default=None)}


def _counts(
    partners: Sequence[Mapping[str, Any]], users: Sequence[Mapping[str, Any]], year: int
) -> Iterator[dict[str, Any]]:
    """Each partner that takes part in the year, with its counts; `None` where one is missing."""
    licensed = {row["partner"]: row["users"] for row in users}
    for row in sorted(partners, key=lambda one: str(one["name"])):
        if row["joined_on"] > f"{year}-12-31" or (row["leaves_on"] or "9") < f"{year}-01-01":
            continue
        told: Mapping[str, Any] = next(
            (one for one in row["statistics"] if one["year"] == year), {}
        )
        yield {
            "name": row["name"],
            "workplaces": told.get("workplaces"),
            "residents": told.get("residents"),
            "key": told.get("key_percentage"),
            "users": licensed.get(row["slug"]),
        }


def _wrong(
    pools: Sequence[Mapping[str, Any]], counts: Sequence[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    """What the run would be refused for, as far as it shows beforehand."""
    if not pools:
        yield {"text": "finance-wrong-no-budget"}
    for pool in pools:
        if pool["method"] is None:
            yield {"text": "finance-wrong-no-method", "pool": pool["name"]}
            continue
        driver = _BY_COUNT.get(pool["method"]["method"]["method"])
        missing = [row["name"] for row in counts if driver and row[driver] is None]
        if missing:
            yield {
                "text": f"finance-wrong-{driver}",
                "pool": pool["name"],
                "partners": ", ".join(missing),
            }
