"""The paragraph on financing (BBV art. 13): cash limit, interest-risk norm, loans, EMU balance."""

from sqlalchemy.ext.asyncio import AsyncSession

from contracts.reports import Section
from services.projection.views.reports.asking import Asked
from services.projection.views.reports.finance.balance import Sheet, emu_balance
from services.projection.views.reports.finance.cash import Quarters, cash_limit
from services.projection.views.reports.finance.interest import Years, interest_risk
from services.projection.views.reports.finance.loans import loans, portfolio
from services.projection.views.reports.finance.shapes import section


def short_term(asked: Asked, quarters: Quarters) -> Section:
    return section("finance-cash-limit", *cash_limit(asked, quarters))


def long_term(asked: Asked, years: Years) -> Section:
    return section("finance-interest-risk", *interest_risk(asked, years))


async def borrowed(asked: Asked, session: AsyncSession) -> Section:
    return section("finance-loans", *loans(asked, await portfolio(asked, session)))


def emu(asked: Asked, sheet: Sheet | None) -> Section:
    return section("finance-emu", *emu_balance(asked, sheet))
