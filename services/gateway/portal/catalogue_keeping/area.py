"""What the forms of the catalogue manager have in common."""

from services.gateway.portal.forms import Area, Field

KEEPING = Area(service="catalog", texts="keep", home="/beheer", title="nav-keeping")
VALID_FROM = Field("valid_from", "date", hint=True)
NORM: tuple[Field, ...] = (
    Field("norm.response_minutes", "number"),
    Field("norm.resolution_minutes", "number"),
    Field(
        "norm.calendar",
        "choice",
        options="calendar",
        required=False,
        nullable=True,
        empty="calendar-always",
    ),
    Field("norm.target_percentage", "decimal"),
    Field("norm.pauses_on_supplier", "check", required=False),
)
