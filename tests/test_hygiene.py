"""What no reviewer should have to look for."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

ROOT = Path(__file__).parents[1]
TEXTS = ROOT / "services" / "gateway" / "texts"
LONGEST = 300

LONGER = {
    "tests/gateway/conftest.py": "a stand-in for four services, in one piece",
    "tests/gateway/test_with_services.py": "one small centre, and everything that is tried on it",
    "tests/projection/test_dashboard.py": "the plain count that the dashboard is compared with",
    "tests/tickets/conftest.py": "the small language in which the tests of the clock are written",
}
"""Python files past the limit, and why."""

MADE_ELSEWHERE = ("vendor/", "requirements.lock", "LICENSE", "docs/asyncapi.json")
"""Files that others wrote, or that a command makes from the code."""

UNFINISHED = re.compile(
    "|".join((r"\bTO" + "DO", r"\bFIX" + "ME", r"\bX" + "XX\b", r"\bHA" + "CK\b"))
)
REGISTRIES = re.compile(
    "|".join(
        (
            "py" + r"pi\.org",
            "python" + r"hosted\.org",
            "npm" + r"js\.(org|com)",
            "--(extra-)?index" + "-url",
            r"registry\.[a-z]+\.(org|com|io)",
        )
    )
)


def tracked() -> Iterator[Path]:
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("needs git and a clone")
    listed = subprocess.run(
        (git, "-C", str(ROOT), "ls-files"), capture_output=True, text=True, check=True
    )
    for name in listed.stdout.splitlines():
        if (ROOT / name).is_file():
            yield Path(name)


def text_files() -> Iterator[tuple[str, str]]:
    """Name and text of every file of ours that is text."""
    for path in tracked():
        name = path.as_posix()
        if not any(part in name for part in MADE_ELSEWHERE):
            try:
                yield name, (ROOT / path).read_text(encoding="utf-8")
            except UnicodeDecodeError:
                continue


def test_nothing_is_left_for_later() -> None:
    assert [name for name, text in text_files() if UNFINISHED.search(text)] == []


def test_no_package_registry_is_named() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    files = [*text_files(), ("requirements.lock", lock)]
    assert [name for name, text in files if REGISTRIES.search(text)] == []


def test_every_dependency_is_locked_with_hashes() -> None:
    lock = (ROOT / "requirements.lock").read_text()
    entries = re.split(r"\n(?=[a-z0-9])", lock, flags=re.IGNORECASE)
    unhashed = [entry.split()[0] for entry in entries if "==" in entry and "--hash=" not in entry]
    assert unhashed == []


def test_files_fit_in_a_readers_head() -> None:
    lengths = {
        path.as_posix(): (ROOT / path).read_text(encoding="utf-8").count("\n")
        for path in tracked()
        if path.suffix == ".py"
    }
    longer = {name for name, length in lengths.items() if length > LONGEST}
    assert longer <= LONGER.keys(), sorted(longer - LONGER.keys())
    assert longer >= LONGER.keys(), "an exception that is no longer needed"


def test_lines_end_as_they_should() -> None:
    for name, text in text_files():
        assert "\r" not in text, name
        assert not text or text.endswith("\n"), f"{name} ends in the middle of a line"


def test_names_say_what_is_inside() -> None:
    vague = {"utils", "helpers", "manager", "base", "common", "misc"}
    python = (path for path in tracked() if path.suffix == ".py")
    assert [path for path in python if vague.intersection(path.with_suffix("").parts)] == []


class Variables(Visitor):  # type: ignore[misc]
    """Collects the variables that a text mentions."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802  Fluent's
        self.names.add(node.id.name)


def messages(language: str) -> dict[str, tuple[str, frozenset[str]]]:
    """File and variables of every text, by its id or `id.attribute`."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for path in sorted((TEXTS / language).glob("*.ftl")):
        for entry in FluentParser().parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, ast.Junk), f"{path.name}: {entry.content.strip()}"
            if isinstance(entry, ast.Message):
                parts = {entry.id.name: entry.value}
                parts |= {f"{entry.id.name}.{a.id.name}": a.value for a in entry.attributes}
                for key, pattern in parts.items():
                    assert key not in found, f"{language}: {key} stands twice"
                    found[key] = (path.name, variables(pattern))
    return found


def variables(pattern: ast.Pattern | None) -> frozenset[str]:
    visitor = Variables()
    if pattern is not None:
        visitor.visit(pattern)
    return frozenset(visitor.names)


def test_every_text_exists_in_dutch_and_in_english() -> None:
    dutch, english = messages("nl"), messages("en")
    assert dutch.keys() == english.keys()
    assert {key: file for key, (file, _) in dutch.items()} == {
        key: file for key, (file, _) in english.items()
    }


def test_a_translation_mentions_the_same_facts() -> None:
    dutch, english = messages("nl"), messages("en")
    differing = [key for key in dutch if key in english and dutch[key][1] != english[key][1]]
    assert differing == []


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "LICENSE", "publiccode.yml"])
def test_what_a_public_repository_must_have_is_there(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8").strip()
