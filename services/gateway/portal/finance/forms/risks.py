"""The risk register, reserves and resilience."""

from services.gateway.portal.finance import present
from services.gateway.portal.finance.forms.area import FINANCE, VALID_FROM, amount, choice
from services.gateway.portal.forms import Field, Form, Part

_REGISTER = "/financien/risicos"
_RISK = f"{_REGISTER}/{{risk}}"
_RESILIENCE = "/financien/weerstand"
_CONTENT: tuple[Part, ...] = (
    Field("content.name"),
    Field("content.category"),
    Field("content.cause"),
    Field("content.measures", "lines", required=False, hint=True),
    amount("content.gross", required=False, hint=True),
    amount("content.net", required=False, hint=True),
    amount("content.net_least", required=False, hint=True),
    choice("content.chance", options="chance"),
    Field("content.structural", "check", required=False),
    Field("content.insured", "check", required=False),
    Field("content.owner", hint=True),
    Field("content.review_on", "date"),
)
_WHEN: tuple[Part, ...] = (Field("on", "date", hint=True), amount("turnover", hint=True))

RISKS: tuple[Form, ...] = (
    Form(
        name="risk-new",
        path=f"{_REGISTER}/nieuw",
        area=FINANCE,
        command="register-risk",
        subject=present.risk,
        done=_RISK,
        back=_REGISTER,
        parts=(Field("risk", hint=True), *_CONTENT),
        new=True,
    ),
    Form(
        name="risk",
        path=f"{_RISK}/wijzigen",
        area=FINANCE,
        command="update-risk",
        subject=present.risk,
        done=_RISK,
        parts=_CONTENT,
    ),
    Form(
        name="risk-close",
        path=f"{_RISK}/sluiten",
        area=FINANCE,
        command="close-risk",
        subject=present.risk,
        done=_RISK,
        parts=(Field("closed_on", "date"), Field("reason")),
    ),
    Form(
        name="reserve",
        path=f"{_RESILIENCE}/reserve",
        area=FINANCE,
        command="set-reserve",
        subject=present.reserve,
        done=_RESILIENCE,
        parts=(Field("reserve", hint=True), Field("name"), VALID_FROM, amount("amount")),
        new=True,
    ),
    Form(
        name="by-percentage",
        path=f"{_RESILIENCE}/percentage",
        area=FINANCE,
        command="assess-resilience",
        subject=present.resilience,
        done=_RESILIENCE,
        parts=(*_WHEN, amount("how.percentage", hint=True)),
        new=True,
        usual={"how": {"percentage": "50"}},
        fixed={"how": {"way": "percentage"}},
    ),
    Form(
        name="by-simulation",
        path=f"{_RESILIENCE}/simulatie",
        area=FINANCE,
        command="assess-resilience",
        subject=present.resilience,
        done=_RESILIENCE,
        parts=(
            *_WHEN,
            Field("how.certainty", "number", options="certainty"),
            Field("how.runs", "number", words="runs-count"),
            Field("how.seed", "number", hint=True),
        ),
        new=True,
        usual={"how": {"certainty": 90, "runs": 10000, "seed": 1}},
        fixed={"how": {"way": "simulation"}},
    ),
)
