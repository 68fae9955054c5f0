"""Both languages say the same things, and every text that a page asks for exists."""

import re
from pathlib import Path
from typing import get_args

import pytest

from contracts.registry import events
from contracts.tickets import Line, Status, TicketEvent
from contracts.values import Domain, TicketKind, Tier
from services.gateway.identity import ROLES
from services.gateway.language import FOLDER, LANGUAGES, Texts
from services.gateway.portal import draft, filters, navigation
from services.gateway.portal.desk import steps
from services.gateway.portal.failures import TOLD
from services.gateway.portal.moves import MOVES
from services.gateway.portal.rendering import FOLDER as TEMPLATES
from services.projection.views.dashboard import AGES

FILES = sorted(path.name for path in (FOLDER / "nl").glob("portal*.ftl"))
PLAIN = re.compile(r"""\bt\(\s*["']([a-z0-9.-]+)["']\s*[,)]""")


def ids(path: Path) -> list[str]:
    return re.findall(r"^([a-z][\w-]*) =|^    (\.[a-z]+) =", path.read_text(), re.MULTILINE)


@pytest.mark.parametrize("name", FILES)
def test_both_languages_have_the_same_texts_in_the_same_order(name: str) -> None:
    assert ids(FOLDER / "nl" / name) == ids(FOLDER / "en" / name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_defined_twice(language: str) -> None:
    found = [
        name
        for path in (FOLDER / language).glob("*.ftl")
        for name in re.findall(r"^([a-z][\w-]*) =", path.read_text(), re.MULTILINE)
    ]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("template", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_every_text_that_a_template_names_exists(template: Path, texts: Texts) -> None:
    named = PLAIN.findall(template.read_text())
    assert [key for key in named if not texts.has("nl", key)] == []


def made() -> list[str]:
    """The ids that pages put together from a value."""
    values = {
        "status": Status.__args__,
        "kind": TicketKind.__args__,
        "domain": Domain.__args__,
        "tier": Tier.__args__,
        "role": sorted(ROLES),
        "priority": range(1, 6),
        "impact": draft.LEVELS,
        "urgency": draft.LEVELS,
        "move": [move.name for move in MOVES],
        "done": ["report", *(move.name for move in MOVES)],
        "move-fault": sorted({field for move in MOVES for field in move.fields}),
        "failure": sorted({*TOLD.values(), "refused"}),
        "report-fault": draft.Draft.empty("").faults(frozenset()),
        "event": [
            event.event_name for event in events("tickets") if issubclass(event, TicketEvent)
        ],
        "desk-view": filters.VIEWS,
        "board-column": steps.COLUMNS,
        "step": [step.name for step in steps.STEPS],
        "line": get_args(Line),
        "age": [label.replace("+", "-more") for label in AGES],
    }
    told = [f"{prefix}-{value}" for prefix, all_ in values.items() for value in all_]
    return told + [entry.text for entry in navigation.ENTRIES]


@pytest.mark.parametrize("key", made())
def test_every_text_that_is_put_together_exists(key: str, texts: Texts) -> None:
    assert texts.has("nl", key)
