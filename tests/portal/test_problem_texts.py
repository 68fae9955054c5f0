"""What the pages about problems, major incidents and signals put together, and what they offer."""

from types import SimpleNamespace
from typing import Any, cast, get_args

import pytest

from contracts.tickets import SignalSort
from services.gateway.language import LANGUAGES, Texts
from services.gateway.portal import major_incidents, related, security_signals
from services.gateway.portal.visit import Visit

FORMS = (*related.FORMS, security_signals.RECORD)


def named() -> set[str]:
    told = {f"signal-sort-{sort}" for sort in get_args(get_args(SignalSort)[0])}
    told |= {f"major-move-{move}" for move in major_incidents._COMMANDS}
    told |= {f"major-done-{move}" for move in (*major_incidents._COMMANDS, "declare-major")}
    told |= {f"major-status-{status}" for status in ("ongoing", "ended")}
    told |= {f"major-fault-{fault}" for fault in ("move", "message", "partners")}
    told |= {f"done-{form.name}" for form in related.FORMS if form.name != "declare-major"}
    told.add(security_signals.RECORD.done_text)
    for form in FORMS:
        told |= {form.text, f"{form.text}.lead", f"{form.text}.send"}
        told |= {f"{form.area.texts}-{part.label}" for part in form.parts}
        hinted = (part for part in form.parts if getattr(part, "hint", False))
        told |= {f"{form.area.texts}-{part.label}.hint" for part in hinted}
    return told


def test_every_text_exists_in_both_languages(texts: Texts) -> None:
    assert [key for key in named() for each in LANGUAGES if not texts.has(each, key)] == []


def test_the_sorts_that_are_shown_are_those_that_are_counted() -> None:
    assert set(security_signals.SORTS) == set(get_args(get_args(SignalSort)[0]))


def offered(role: str, known: dict[str, Any] | None = None, **fact: Any) -> set[str]:
    usual = {"kind": "incident", "problem": None, "major_incident": None}
    moments = {"resolved_at": None, "cancelled_at": None}
    visit = cast(Visit, SimpleNamespace(roles=frozenset({role})))
    forms = related._actions(visit, {**usual, **moments, **fact}, known)
    return {form.name for form in forms}


def test_a_ticket_offers_what_would_not_be_refused() -> None:
    assert offered("agent") == {"link-problem", "declare-major", "attach-major"}
    tied = {"problem": "PRB-1", "major_incident": "MAJ-1"}
    assert offered("agent", **tied) == {"unlink-problem", "detach-major"}
    assert offered("agent", resolved_at="2026-01-01") == {"link-problem", "attach-major"}
    assert offered("agent", cancelled_at="2026-01-01") == set()
    assert offered("agent", kind="question") == set()
    assert offered("controller") == set()


@pytest.mark.parametrize(
    ("since", "offers"),
    [
        (None, {"root-cause", "known-error"}),
        ("2026-01-01", {"root-cause", "known-error", "withdraw-known-error"}),
    ],
)
def test_a_problem_offers_its_known_error(since: str | None, offers: set[str]) -> None:
    known = {"problem": {"known_since": since}}
    assert offered("agent", known, kind="problem") == offers
    assert offered("agent", known, kind="problem", resolved_at="2026-01-01") == set()
