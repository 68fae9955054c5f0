"""Indicators, business cases, and quotes for joining and leaving."""

from services.gateway.portal.finance import present
from services.gateway.portal.finance.forms.area import FINANCE, YEAR, amount, choice
from services.gateway.portal.forms import Field, Form, Rows

_CASES = "/financien/businesscases"
_CASE = f"{_CASES}/{{case}}"
_QUOTES = "/financien/offertes"
_QUOTE = f"{_QUOTES}/{{quote}}"
_AMOUNTS = ("savings_one_off", "savings_structural", "costs_one_off", "costs_structural")
_REMARKS = Field("assumptions.remarks", "lines", required=False, hint=True)

PLANS: tuple[Form, ...] = (
    Form(
        name="indicator",
        path="/financien/indicatoren/vastleggen",
        area=FINANCE,
        command="set-indicator",
        subject=present.indicator,
        done="/financien/indicatoren",
        parts=(
            Field("indicator", hint=True),
            Field("name"),
            YEAR,
            choice("unit", options="indicator-unit"),
            amount("value"),
            amount("benchmark", required=False, hint=True),
            choice("domain", options="domain", required=False, empty="indicator-no-domain"),
            choice("goal", options="goal", required=False, empty="indicator-no-goal", hint=True),
        ),
        new=True,
    ),
    Form(
        name="case",
        path=f"{_CASES}/nieuw",
        area=FINANCE,
        command="plan-business-case",
        subject=present.case,
        done=_CASE,
        back=_CASES,
        parts=(
            Field("case", hint=True),
            Field("name"),
            Rows(
                "themes",
                (
                    Field("theme"),
                    Field("year", "number"),
                    *(amount(name, required=False) for name in _AMOUNTS),
                ),
                grouped=True,
                spare=4,
            ),
        ),
        new=True,
    ),
    Form(
        name="case-result",
        path=f"{_CASE}/resultaat",
        area=FINANCE,
        command="record-business-case-result",
        subject=present.case,
        done=_CASE,
        parts=(
            Field("theme", hint=True),
            Field("result.year", "number"),
            *(amount(f"result.{name}", required=False) for name in _AMOUNTS),
            choice("forecast", options="forecast", words="result-kind"),
        ),
        usual={"forecast": "false"},
    ),
    Form(
        name="entry",
        path=f"{_QUOTES}/toetreden",
        area=FINANCE,
        command="quote-entry",
        subject=present.quote,
        done=_QUOTE,
        back=_QUOTES,
        parts=(
            Field("quote", hint=True),
            Field("name", hint=True),
            Field("assumptions.joins_on", "date"),
            amount("assumptions.friction", hint=True),
            Field("assumptions.workplaces", "number"),
            amount("assumptions.price_per_workplace"),
            amount("assumptions.investments", required=False, hint=True),
            amount("assumptions.participation", required=False),
            _REMARKS,
        ),
        new=True,
    ),
    Form(
        name="exit",
        path=f"{_QUOTES}/uittreden",
        area=FINANCE,
        command="quote-exit",
        subject=present.quote,
        done=_QUOTE,
        back=_QUOTES,
        parts=(
            Field("quote", hint=True),
            choice("partner", options="partner"),
            Field("assumptions.leaves_on", "date"),
            amount("assumptions.friction", hint=True),
            amount("assumptions.yearly_contribution"),
            Field("assumptions.remaining_percentages", "decimals", hint=True),
            amount("assumptions.taken_over", required=False, hint=True),
            _REMARKS,
        ),
        new=True,
    ),
)
