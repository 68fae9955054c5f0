"""What the forms of the controller have in common."""

from functools import partial

from services.gateway.portal.forms import Area, Field

FINANCE = Area(service="finance", texts="finance", home="/financien", title="nav-finance")
YEAR = Field("year", "number")
POOL = Field("pool", hint=True)
KNOWN_POOL = Field("pool", "choice", options="pool")
VALID_FROM = Field("valid_from", "date", hint=True)
amount = partial(Field, kind="decimal")
choice = partial(Field, kind="choice")
"""Fields of these kinds."""
