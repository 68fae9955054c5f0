"""The forms of the catalogue manager: the index of what can be set, agreed and ended."""

from dataclasses import dataclass

from services.gateway.portal.catalogue_keeping import present
from services.gateway.portal.catalogue_keeping.sheet import Field, Part, Rows, Years


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `subject` reads what it is about; without `new` that must be there already.

    `done` is the address that it leads to, filled in with what the form is about.
    """

    name: str
    path: str
    command: str
    subject: present.Subject
    done: str
    parts: tuple[Part, ...]
    new: bool = False
    previewed: bool = False


CONTENT: tuple[Part, ...] = (
    Field("content.name"),
    Field("content.description", "area", required=False),
    Field("content.domain", "choice", options="domain"),
    Field("content.tier", "choice", options="tier", hint=True),
    Field("content.included", "lines", required=False, hint=True),
    Field("content.excluded", "lines", required=False, hint=True),
    Field("content.preconditions", "lines", required=False, hint=True),
    Field("content.unit", "choice", options="unit"),
    Years("content.tariffs"),
    Rows(
        "content.steps",
        (Field("team"), Field("what"), Field("lead_minutes", "number")),
    ),
    Field("content.owner", hint=True),
)
VALID_FROM = Field("valid_from", "date", hint=True)
NORM: tuple[Field, ...] = (
    Field("norm.response_minutes", "number"),
    Field("norm.resolution_minutes", "number"),
    Field("norm.calendar", "choice", options="calendar", required=False, nullable=True),
    Field("norm.target_percentage", "decimal"),
    Field("norm.pauses_on_supplier", "check", required=False),
)
HOURS = Rows(
    "hours",
    (
        Field("weekday", "choice", options="weekday"),
        Field("opens", "time"),
        Field("closes", "time"),
    ),
)
CALENDAR: tuple[Part, ...] = (
    Field("name"),
    VALID_FROM,
    HOURS,
    Field("public_holidays", "check", required=False),
    Field("liberation_day_yearly", "check", required=False),
    Field("closing_days", "lines", required=False, hint=True),
)
MARKS: tuple[Part, ...] = (
    Field("target.quality", "decimal", hint=True),
    Field("target.speed", "decimal"),
    Field("target.communication", "decimal"),
    VALID_FROM,
)
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
_ITEM = "/beheer/producten/{item}"
_LEVEL = "/beheer/normen/{domain}/{item}/{kind}/{priority}"
_AGREEMENT = "/overeenkomsten/{agreement}"
_PARTNER = "/deelnemers/{partner}"

FORMS: tuple[Form, ...] = (
    Form(
        name="draft-new",
        path="/beheer/producten/nieuw",
        command="draft-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=(Field("item", hint=True), *CONTENT),
        new=True,
    ),
    Form(
        name="draft",
        path=f"{_ITEM}/concept",
        command="draft-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=CONTENT,
    ),
    Form(
        name="publish",
        path=f"{_ITEM}/publiceren",
        command="publish-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=(VALID_FROM,),
    ),
    Form(
        name="revise",
        path=f"{_ITEM}/herzien",
        command="revise-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=(VALID_FROM, *CONTENT),
        previewed=True,
    ),
    Form(
        name="retire",
        path=f"{_ITEM}/intrekken",
        command="retire-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=(Field("retired_from", "date", hint=True),),
    ),
    Form(
        name="calendar-new",
        path="/beheer/kalenders/nieuw",
        command="define-calendar",
        subject=present.calendar,
        done="/beheer/kalenders",
        parts=(Field("calendar", hint=True), *CALENDAR),
        new=True,
    ),
    Form(
        name="calendar",
        path="/beheer/kalenders/{calendar}",
        command="define-calendar",
        subject=present.calendar,
        done="/beheer/kalenders",
        parts=CALENDAR,
    ),
    Form(
        name="level-new",
        path="/beheer/normen/nieuw",
        command="set-service-level",
        subject=present.level,
        done="/beheer/normen",
        parts=(
            Field("domain", "choice", options="domain"),
            Field("item", required=False, hint=True),
            Field("kind", "choice", options="kind"),
            Field("priority", "choice", options="priority"),
            *NORM,
            VALID_FROM,
        ),
        new=True,
    ),
    Form(
        name="level",
        path=_LEVEL,
        command="set-service-level",
        subject=present.level,
        done="/beheer/normen",
        parts=(*NORM, VALID_FROM),
    ),
    Form(
        name="experience-new",
        path="/beheer/ervaring/nieuw",
        command="set-experience-target",
        subject=present.experience,
        done="/beheer/ervaring",
        parts=(
            Field("partner", "choice", options="partner"),
            Field("domain", "choice", options="domain"),
            *MARKS,
        ),
        new=True,
    ),
    Form(
        name="experience",
        path="/beheer/ervaring/{partner}/{domain}",
        command="set-experience-target",
        subject=present.experience,
        done="/beheer/ervaring",
        parts=MARKS,
    ),
    Form(
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
    ),
    Form(
        name="amend",
        path="/beheer/overeenkomsten/{agreement}/wijzigen",
        command="amend-agreement",
        subject=present.agreement,
        done=_AGREEMENT,
        parts=(VALID_FROM, *TERMS),
    ),
    Form(
        name="end",
        path="/beheer/overeenkomsten/{agreement}/beeindigen",
        command="end-agreement",
        subject=present.agreement,
        done=_AGREEMENT,
        parts=(Field("ends_on", "date", hint=True),),
    ),
    Form(
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
        name="withdraw",
        path="/beheer/deelnemers/{partner}/vertrek",
        command="announce-withdrawal",
        subject=present.partner,
        done=_PARTNER,
        parts=(Field("leaves_on", "date", hint=True),),
    ),
)
