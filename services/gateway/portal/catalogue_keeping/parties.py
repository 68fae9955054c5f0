"""The forms about agreements and partners."""

from services.gateway.portal.catalogue_keeping import present
from services.gateway.portal.catalogue_keeping.area import KEEPING, NORM, VALID_FROM
from services.gateway.portal.forms import Field, Form, Part, Rows

TERMS: tuple[Part, ...] = (
    Field("items", "lines", hint=True),
    Rows(
        "deviating_norms",
        (
            Field("domain", "choice", options="domain"),
            Field("item", required=False, nullable=True),
            Field("kind", "choice", options="kind"),
            Field("priority", "choice", options="priority"),
            *NORM,
        ),
        spare=1,
    ),
    Rows(
        "deviating_prices",
        (Field("item"), Field("year", "number"), Field("price", "decimal")),
        keyed=True,
    ),
    Field("surcharge_percentage", "decimal", required=False, hint=True),
    Field("notice_months", "number", required=False),
    Field("reopen_days", "number", required=False),
)
_AGREEMENT = "/overeenkomsten/{agreement}"
_PARTNER = "/deelnemers/{partner}"

PARTIES: tuple[Form, ...] = (
    Form(
        area=KEEPING,
        name="sign",
        path="/beheer/overeenkomsten/nieuw",
        command="sign-agreement",
        subject=present.agreement,
        done=_AGREEMENT,
        parts=(
            Field("agreement", hint=True),
            Field("partner", "choice", options="partner"),
            Field("starts_on", "date"),
            Field("ends_on", "date", required=False, hint=True),
            *TERMS,
        ),
        new=True,
        usual={"notice_months": 12, "reopen_days": 10, "surcharge_percentage": 0},
    ),
    Form(
        area=KEEPING,
        name="amend",
        path="/beheer/overeenkomsten/{agreement}/wijzigen",
        command="amend-agreement",
        subject=present.agreement,
        done=_AGREEMENT,
        parts=(VALID_FROM, *TERMS),
    ),
    Form(
        area=KEEPING,
        name="end",
        path="/beheer/overeenkomsten/{agreement}/beeindigen",
        command="end-agreement",
        subject=present.agreement,
        done=_AGREEMENT,
        parts=(Field("ends_on", "date", hint=True),),
    ),
    Form(
        area=KEEPING,
        name="register",
        path="/beheer/deelnemers/nieuw",
        command="register-partner",
        subject=present.partner,
        done=_PARTNER,
        parts=(
            Field("partner", hint=True),
            Field("name"),
            Field("kind", "choice", options="partner-kind"),
            Field("oin", hint=True),
            Field("joined_on", "date"),
            Field("theme", required=False, hint=True),
        ),
        new=True,
    ),
    Form(
        area=KEEPING,
        name="statistics",
        path="/beheer/deelnemers/{partner}/kentallen",
        command="update-partner-statistics",
        subject=present.partner,
        done=_PARTNER,
        parts=(
            Field("year", "number", hint=True),
            Field("residents", "number"),
            Field("workplaces", "number"),
            Field("key_percentage", "decimal", required=False, hint=True),
        ),
    ),
    Form(
        area=KEEPING,
        name="withdraw",
        path="/beheer/deelnemers/{partner}/vertrek",
        command="announce-withdrawal",
        subject=present.partner,
        done=_PARTNER,
        parts=(Field("leaves_on", "date", hint=True),),
    ),
)
