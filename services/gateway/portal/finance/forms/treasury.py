"""Loans, cash positions, the interest-risk norm and balance sheets."""

from contracts.finance.sheets import BalanceSheet
from services.gateway.portal.finance import present
from services.gateway.portal.finance.forms.area import FINANCE, YEAR, amount, choice
from services.gateway.portal.forms import Field, Form, Rows, Years

_TREASURY = "/financien/treasury"
_PER_YEAR = (Field("year", "number"), amount("amount"))

TREASURY: tuple[Form, ...] = (
    Form(
        name="loan",
        path=f"{_TREASURY}/lening",
        area=FINANCE,
        command="register-loan",
        subject=present.loan,
        done=_TREASURY,
        parts=(
            Field("loan", hint=True),
            Field("lender"),
            amount("principal"),
            amount("rate", words="interest-rate"),
            Field("first_year", "number"),
            Rows("redemptions", _PER_YEAR, keyed=True, spare=5),
            Rows("revisions", _PER_YEAR, keyed=True),
        ),
        new=True,
    ),
    Form(
        name="cash",
        path=f"{_TREASURY}/kas",
        area=FINANCE,
        command="record-cash-position",
        subject=present.cash,
        done=_TREASURY,
        parts=(
            YEAR,
            choice("month", options="month"),
            amount("floating_debt", hint=True),
            amount("budget_total", hint=True),
            choice("scheme", options="scheme"),
        ),
        new=True,
        usual={"scheme": "joint-scheme"},
    ),
    Form(
        name="interest-risk",
        path=f"{_TREASURY}/renterisico",
        area=FINANCE,
        command="assess-interest-risk",
        subject=present.interest_risk,
        done=_TREASURY,
        parts=(Years("budget_totals", spare=4),),
        new=True,
    ),
    Form(
        name="balance",
        path=f"{_TREASURY}/balans",
        area=FINANCE,
        command="record-balance-sheet",
        subject=present.balance,
        done=_TREASURY,
        parts=(
            YEAR,
            *(amount(f"sheet.{name}", required=False) for name in BalanceSheet.model_fields),
            Rows("movements", (Field("item"), choice("side", options="side"), amount("amount"))),
        ),
        new=True,
    ),
)
