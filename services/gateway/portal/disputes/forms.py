"""The forms: to object, to answer, to put an invoice right, to say how invoices name someone."""

from services.gateway.portal.disputes import present
from services.gateway.portal.forms import Area, Field, Form, Rows

DISPUTES = Area(
    service="finance", texts="dispute", home="/financien/facturen", title="finance-invoices"
)
_INVOICE = "/financien/facturen/{invoice}"
_OBJECTION = "/financien/bezwaren/{objection}"
_DETAILS = "/financien/factuurgegevens"
_REASON = Field("reason", "area", hint=True)
_ISSUED = (Field("issued_on", "date"), Field("days_to_pay", "number", required=False, hint=True))
_AMOUNTS = Rows("amounts", (Field("line", "number"), Field("amount", "decimal")), keyed=True)

FORMS: tuple[Form, ...] = (
    Form(
        name="object",
        path=f"{_INVOICE}/bezwaar",
        area=DISPUTES,
        command="raise-objection",
        subject=present.disputed,
        done=_OBJECTION,
        back=_INVOICE,
        parts=(Field("line", "number", required=False, hint=True), _REASON),
    ),
    Form(
        name="reject",
        path=f"{_OBJECTION}/afwijzen",
        area=DISPUTES,
        command="reject-objection",
        subject=present.objection,
        done=_OBJECTION,
        parts=(_REASON,),
    ),
    Form(
        name="uphold",
        path=f"{_OBJECTION}/gegrond",
        area=DISPUTES,
        command="uphold-objection",
        subject=present.disputed_line,
        done=_OBJECTION,
        parts=(_REASON, *_ISSUED, _AMOUNTS),
    ),
    Form(
        name="correct",
        path=f"{_INVOICE}/corrigeren",
        area=DISPUTES,
        command="correct-invoice",
        subject=present.corrected,
        done="/financien/facturen/{corrected}",
        back=_INVOICE,
        parts=(*_ISSUED, Field("reason"), _AMOUNTS),
    ),
    Form(
        name="billing-details",
        path=f"{_DETAILS}/nieuw",
        area=DISPUTES,
        command="set-billing-details",
        subject=present.party,
        done=_DETAILS,
        back=_DETAILS,
        parts=(
            Field("partner", "choice", options="partner", required=False, empty="dispute-centre"),
            Field("valid_from", "date", hint=True),
            Field("details.name"),
            Field("details.street"),
            Field("details.postal_code"),
            Field("details.city"),
            Field("details.oin", required=False),
            Field("details.kvk", required=False),
            Field("details.vat", required=False),
            Field("details.iban", required=False, hint=True),
            Field("details.mailbox", required=False, hint=True),
            Field("details.buyer_reference", required=False, hint=True),
            Field(
                "details.vat_treatment",
                "choice",
                options="vat-treatment",
                hint=True,
            ),
        ),
        new=True,
        usual={"details": {"vat_treatment": "cost-sharing"}},
    ),
)
