"""The forms of the catalogue manager: the index of what can be set, agreed and ended."""

from services.gateway.portal.catalogue_keeping import present
from services.gateway.portal.catalogue_keeping.area import KEEPING, NORM, VALID_FROM
from services.gateway.portal.catalogue_keeping.parties import PARTIES
from services.gateway.portal.catalogue_keeping.preview import preview
from services.gateway.portal.forms import Field, Form, Part, Rows, Years

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
CORRECTED: tuple[Part, ...] = (
    Field("valid_from", "date"),
    Field("reason", "area", hint=True),
)
MARKS: tuple[Part, ...] = (
    Field("target.quality", "decimal", hint=True),
    Field("target.speed", "decimal"),
    Field("target.communication", "decimal"),
    VALID_FROM,
)
_ITEM = "/beheer/producten/{item}"
_LEVEL = "/beheer/normen/{domain}/{item}/{kind}/{priority}"

FORMS: tuple[Form, ...] = (
    Form(
        area=KEEPING,
        name="draft-new",
        path="/beheer/producten/nieuw",
        command="draft-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=(Field("item", hint=True), *CONTENT),
        new=True,
    ),
    Form(
        area=KEEPING,
        name="draft",
        path=f"{_ITEM}/concept",
        command="draft-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=CONTENT,
    ),
    Form(
        area=KEEPING,
        name="publish",
        path=f"{_ITEM}/publiceren",
        command="publish-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=(VALID_FROM,),
    ),
    Form(
        area=KEEPING,
        name="revise",
        path=f"{_ITEM}/herzien",
        command="revise-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=(VALID_FROM, *CONTENT),
        preview=preview,
    ),
    Form(
        area=KEEPING,
        name="retire",
        path=f"{_ITEM}/intrekken",
        command="retire-catalogue-item",
        subject=present.item,
        done=_ITEM,
        parts=(Field("retired_from", "date", hint=True),),
    ),
    Form(
        area=KEEPING,
        name="calendar-new",
        path="/beheer/kalenders/nieuw",
        command="define-calendar",
        subject=present.calendar,
        done="/beheer/kalenders",
        parts=(Field("calendar", hint=True), *CALENDAR),
        new=True,
        usual={"hours": present.WEEK, "public_holidays": True},
    ),
    Form(
        area=KEEPING,
        name="calendar",
        path="/beheer/kalenders/{calendar}",
        command="define-calendar",
        subject=present.calendar,
        done="/beheer/kalenders",
        parts=CALENDAR,
    ),
    Form(
        area=KEEPING,
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
        area=KEEPING,
        name="level",
        path=_LEVEL,
        command="set-service-level",
        subject=present.level,
        done="/beheer/normen",
        parts=(*NORM, VALID_FROM),
    ),
    Form(
        area=KEEPING,
        name="level-correct",
        path=f"{_LEVEL}/corrigeren",
        command="correct-service-level",
        subject=present.level,
        done="/correcties",
        back="/beheer/normen",
        parts=(*NORM, *CORRECTED),
    ),
    Form(
        area=KEEPING,
        name="calendar-correct",
        path="/beheer/kalenders/{calendar}/corrigeren",
        command="correct-calendar",
        subject=present.calendar,
        done="/correcties",
        back="/beheer/kalenders",
        parts=(*(part for part in CALENDAR if part is not VALID_FROM), *CORRECTED),
    ),
    Form(
        area=KEEPING,
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
        area=KEEPING,
        name="experience",
        path="/beheer/ervaring/{partner}/{domain}",
        command="set-experience-target",
        subject=present.experience,
        done="/beheer/ervaring",
        parts=MARKS,
    ),
    *PARTIES,
)
