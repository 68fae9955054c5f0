"""Every text that the pages of finance put together exists, in both languages."""

from typing import get_args

from contracts.finance.charging import Driver
from contracts.finance.files import FILES
from contracts.finance.quotes import QuoteLine
from services.gateway.language import LANGUAGES, Texts
from services.gateway.portal.finance.board import STANDS
from services.gateway.portal.finance.forms import FORMS, METHODS
from services.gateway.portal.finance.invoices import KNOWN
from services.gateway.portal.finance.places import PLACES
from services.gateway.portal.finance.treasury import RATIOS
from services.gateway.portal.forms import Field, Rows

MADE = {
    "book-event": KNOWN,
    "chance": range(1, 6),
    "duty": (
        *("done", "open", "overdue", "budget", "statistics", "interest-risk", "advance"),
        *("cash-limit", "register", "reviews", "balance", "settlement"),
    ),
    "duty-note": ("uncounted", "unbilled", "to-review"),
    "driver": (*get_args(Driver), "agreed"),
    "finance-check": ("parts", "lines", "due", "borne"),
    "import-kind": (*FILES, *(f"{kind}.lead" for kind in FILES)),
    "import-outcome": ("imported", "changed", "already-imported", "rejected"),
    "import-column": {
        column.field.replace("_", "-") for taken in FILES.values() for column in taken.columns
    },
    "invoice-kind": ("invoice", "credit-note"),
    "method": (*(form.name.removeprefix("method-") for form in METHODS), "direct"),
    "quote-line": get_args(get_args(QuoteLine.model_fields["what"].annotation)[0])
    or get_args(QuoteLine.model_fields["what"].annotation),
    "ratio": [name.replace("_", "-") for name in RATIOS],
    "resilience-grade": "ABCDEF",
    "risk-stand": [stand or "every" for stand in STANDS],
    "source": ("pool", "method", "partner", "agreement", "users", "run", "year", "time"),
}


def named() -> set[str]:
    parts = [part for form in FORMS for part in form.parts]
    fields = [
        *(part for part in parts if isinstance(part, Field)),
        *(column for part in parts if isinstance(part, Rows) for column in part.columns),
    ]
    told = {f"finance-{part.label}" for part in (*parts, *fields)}
    told |= {f"finance-{field.label}.hint" for field in fields if field.hint}
    told |= {field.empty for field in fields} | {place.text for place in PLACES}
    for form in FORMS:
        told |= {form.text, f"{form.text}.lead", f"{form.text}.send", form.done_text}
    return told | {f"{prefix}-{value}" for prefix, values in MADE.items() for value in values}


def test_every_text_exists_in_both_languages(texts: Texts) -> None:
    assert [
        (language, key)
        for language in LANGUAGES
        for key in sorted(named())
        if not texts.has(language, key)
    ] == []
