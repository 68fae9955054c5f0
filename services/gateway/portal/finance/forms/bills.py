"""Taking an invoice back."""

from services.gateway.portal.finance import present
from services.gateway.portal.finance.forms.area import FINANCE
from services.gateway.portal.forms import Field, Form

_INVOICE = "/financien/facturen/{invoice}"

BILLS: tuple[Form, ...] = (
    Form(
        name="credit",
        path=f"{_INVOICE}/crediteren",
        area=FINANCE,
        command="credit-invoice",
        subject=present.invoice,
        done=_INVOICE,
        parts=(Field("issued_on", "date"), Field("reason")),
    ),
)
