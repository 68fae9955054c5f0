"""Loans, cash limit, interest-risk norm, balance sheets and their ratios, year by year."""

import asyncio
from decimal import Decimal

from starlette.responses import Response

from services.gateway.charts import course
from services.gateway.portal.finance.asking import every, view
from services.gateway.portal.finance.places import page, year_of
from services.gateway.portal.visit import Visiting

RATIOS = ("net_debt_quota", "corrected_net_debt_quota", "solvency", "structural_margin")


async def shown(visit: Visiting, jaar: str = "") -> Response:
    year = year_of(visit, jaar)
    loans, cash, norms, balances = await asyncio.gather(
        view(visit, "loans", year=year, size=1000),
        view(visit, "cash-positions", size=1000),
        every(visit, "interest-risk"),
        every(visit, "balance-sheets"),
    )
    quarters = [
        {"year": item["year"], **quarter}
        for item in reversed(cash["items"])
        for quarter in item["quarters"]
    ]
    return await page(
        visit,
        "finance_treasury.html",
        year=year,
        loans=loans,
        cash=cash,
        quarters=quarters,
        norms=norms,
        balances=balances,
        ratios=RATIOS,
        limit_chart=course(
            [
                (
                    f"{row['year']} Q{row['quarter']}",
                    {"debt": Decimal(row["floating_debt"]), "limit": Decimal(row["limit"])},
                )
                for row in quarters[-12:]
            ],
            ("debt",),
            "limit",
        ),
        norm_chart=course(
            [
                (
                    str(row["year"]),
                    {
                        "risk": Decimal(row["redemptions"]) + Decimal(row["revisions"]),
                        "norm": Decimal(row["norm"]),
                    },
                )
                for row in norms
            ],
            ("risk",),
            "norm",
        ),
    )
