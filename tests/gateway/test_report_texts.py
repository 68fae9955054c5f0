"""Every label that a report is built with is a text in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.gateway.language import LANGUAGES, Texts
from services.projection.views import reports

BUILDERS = sorted(Path(reports.__file__).parent.rglob("*.py"))
NAMED = {"section": "section", "table": "table", "column": "column"}
WHOLE = re.compile(r"(report-(section|table|column|figure|text)|told)-[a-z0-9-]*[a-z0-9]")


def labels(path: Path) -> Iterator[str]:
    """The ids that stand in the code whole, not those that are put together."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _named(node)
        elif isinstance(node, ast.Constant) and WHOLE.fullmatch(str(node.value)):
            yield str(node.value)


def _named(call: ast.Call) -> Iterator[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    told = {each.arg: each.value for each in call.keywords}
    key = told.get("key", call.args[0] if call.args else None)
    own = told.keys() & {"heading", "label"}
    if name.lower() in NAMED and not own and isinstance(key, ast.Constant):
        yield f"report-{name.lower()}-{key.value}"


@pytest.mark.parametrize("path", BUILDERS, ids=lambda path: path.stem)
def test_every_label_of_a_builder_is_a_text_in_both_languages(texts: Texts, path: Path) -> None:
    missing = {
        f"{language}: {label}"
        for label in labels(path)
        for language in LANGUAGES
        if not texts.has(language, label)
    }
    assert sorted(missing) == []
