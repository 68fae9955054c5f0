"""The pages about settings and errors say what the code says."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from typer.main import get_command

from bodemplaat.__main__ import app

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def load_generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_pages", DOCS / "pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    return dict(load_generator().pages())


@pytest.mark.parametrize("name", ["settings.md", "errors.md"])
def test_the_page_is_up_to_date(generated: dict[str, str], name: str) -> None:
    on_disk = (DOCS / name).read_text(encoding="utf-8")
    assert on_disk == generated[name], f"docs/{name} differs from the code: run `make docs`"


def test_every_variable_that_the_code_names_is_documented(generated: dict[str, str]) -> None:
    for package in ("bodemplaat", "chassis", "services"):
        for path in (ROOT / package).rglob("*.py"):
            for name in re.findall(r"\bBODEMPLAAT_[A-Z][A-Z_]*[A-Z]\b", path.read_text()):
                assert f"`{name}`" in generated["settings.md"], f"{path} reads {name}"


def test_every_setting_has_a_meaning(generated: dict[str, str]) -> None:
    assert "| None |" not in generated["settings.md"]


def test_every_error_has_words_in_both_languages(generated: dict[str, str]) -> None:
    wordless = re.findall(r"^- (?:nl|en): \*\*(.+)\*\*: *$", generated["errors.md"], re.MULTILINE)
    assert wordless == []


def test_links_between_pages_lead_somewhere() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")]
    for page in pages:
        for target in re.findall(
            r"\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)", page.read_text()
        ):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}"


def test_make_targets_and_commands_that_pages_name_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *DOCS.rglob("*.md")):
        named = set(re.findall(r"`make ([a-z-]+)", page.read_text()))
        assert named <= targets, f"{page.relative_to(ROOT)} names {sorted(named - targets)}"


def test_tests_that_pages_name_exist() -> None:
    for page in DOCS.rglob("*.md"):
        for path in re.findall(r"`(tests/[\w/]+(?:\.py)?)`", page.read_text()):
            assert (ROOT / path).exists(), f"{page.relative_to(ROOT)} names {path}"


def test_files_that_pages_name_exist() -> None:
    for page in DOCS.rglob("*.md"):
        names = re.findall(
            r"`((?:contracts|chassis|services|bodemplaat|deploy|cases)/[\w/.-]+)`", page.read_text()
        )
        for path in names:
            assert (ROOT / path).exists(), f"{page.relative_to(ROOT)} names {path}"


def test_every_metric_and_every_command_of_the_operator_is_documented() -> None:
    page = (DOCS / "operations.md").read_text(encoding="utf-8")
    for package in ("chassis", "services"):
        for path in (ROOT / package).rglob("*.py"):
            for metric in re.findall(r'"(bodemplaat_[a-z_]+)",', path.read_text()):
                assert f"`{metric}`" in page, f"{path.relative_to(ROOT)} measures {metric}"
    for command in commands_of(get_command(app)):
        assert f"`bodemplaat {command}" in page, f"no word on `bodemplaat {command}`"


def commands_of(group: Any) -> Iterator[str]:
    """`run`, `case play`, …: every command, with the groups that it stands in."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from (f"{name} {inner}" for inner in commands_of(command))
        else:
            yield name
