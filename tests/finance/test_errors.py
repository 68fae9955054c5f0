"""Every refusal of finance has words, in Dutch and in English."""

import pytest

from chassis.errors import DomainError
from services.finance import errors
from services.gateway.language import Texts

REFUSALS = [
    error
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, DomainError) and error is not DomainError
]


@pytest.mark.parametrize("error", REFUSALS, ids=lambda error: error.slug)
def test_a_refusal_has_a_text_and_a_title(error: type[DomainError], texts: Texts) -> None:
    for language in ("nl", "en"):
        assert texts.has(language, error.slug)
        assert texts.has(language, f"{error.slug}.title")


def test_slugs_are_unique() -> None:
    slugs = [error.slug for error in REFUSALS]
    assert len(slugs) == len(set(slugs))
