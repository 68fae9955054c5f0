"""Every refusal has words in both languages."""

import pytest

from chassis.errors import DomainError
from contracts.tickets import Status
from services.gateway.language import LANGUAGES, Language, Texts
from services.tickets import errors
from services.tickets.domain.moves import ALLOWED
from services.tickets.domain.rules import Rules

SLUGS = sorted(
    error.slug
    for error in vars(errors).values()
    if isinstance(error, type) and issubclass(error, DomainError) and error is not DomainError
)
WORDS = {
    "nl": {
        "assign": "toewijzen",
        "start": "oppakken",
        "pause": "wachten",
        "resume": "hervatten",
        "prioritise": "prioriteit wijzigen",
        "reclassify": "anders indelen",
        "resolve": "oplossen",
        "close": "sluiten",
        "reopen": "heropenen",
        "cancel": "annuleren",
    },
    "en": {
        "assign": "assign",
        "start": "start",
        "pause": "wait",
        "resume": "resume",
        "prioritise": "change priority",
        "reclassify": "reclassify",
        "resolve": "resolve",
        "close": "close",
        "reopen": "reopen",
        "cancel": "cancel",
    },
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", SLUGS)
def test_every_refusal_has_a_text_and_a_title(texts: Texts, slug: str, language: Language) -> None:
    assert texts.has(language, slug)
    assert texts.has(language, f"{slug}.title")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("status", ALLOWED)
def test_an_illegal_move_is_told_with_exactly_the_allowed_ones(
    texts: Texts, status: Status, language: Language
) -> None:
    allowed = ALLOWED[status]
    told = texts.text(
        language, "ticket-move-illegal", status=status, move="start", allowed=list(allowed)
    )
    words = WORDS[language]
    possible = told.rsplit(":", 1)[-1] if ":" in told else ""
    assert {move for move, word in words.items() if _has(possible, word)} == set(allowed)


def _has(possible: str, word: str) -> bool:
    """Whole words only: `assign` does not stand in `reassign`."""
    phrases = [phrase.strip(" .") for phrase in possible.split(",")]
    return any(phrase == word or (word in phrase.split() and " " in phrase) for phrase in phrases)


def test_the_usual_matrix_runs_from_one_to_five(rules: Rules) -> None:
    priorities = [
        [rules.priority(impact, urgency) for urgency in (1, 2, 3)] for impact in (1, 2, 3)
    ]
    assert priorities == [[1, 2, 3], [2, 3, 4], [3, 4, 5]]
