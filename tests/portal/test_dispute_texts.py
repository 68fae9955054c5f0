"""Every text that the forms and pages about disputes put together exists, in both languages."""

from typing import get_args

import pytest

from contracts.finance.parties import VatTreatment
from services.gateway.language import LANGUAGES, Texts
from services.gateway.portal.disputes.forms import FORMS
from services.gateway.portal.forms import Field, Rows

STATUSES = ("any", "open", "upheld", "rejected")


def named() -> set[str]:
    parts = [part for form in FORMS for part in form.parts]
    columns = [column for part in parts if isinstance(part, Rows) for column in part.columns]
    fields = [*(part for part in parts if isinstance(part, Field)), *columns]
    told = {f"dispute-{part.label}" for part in (*parts, *columns)}
    told |= {f"dispute-{field.label}.hint" for field in fields if field.hint}
    told |= {field.empty for field in fields}
    told |= {f"dispute-status-{status}" for status in STATUSES}
    told |= {f"vat-treatment-{name}" for name in get_args(get_args(VatTreatment)[0])}
    told |= {"duty-answers", "duty-note-objections"}
    for form in FORMS:
        told |= {form.text, f"{form.text}.lead", f"{form.text}.send", form.done_text}
    return told


@pytest.mark.parametrize("key", sorted(named()))
def test_every_text_exists_in_both_languages(texts: Texts, key: str) -> None:
    assert [language for language in LANGUAGES if not texts.has(language, key)] == []
