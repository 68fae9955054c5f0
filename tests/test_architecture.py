"""The import rules of docs/architecture/layout.md hold."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

import contracts.topology  # noqa: F401  registers every event
from contracts.registry import events

ROOT = Path(__file__).parents[1]
LINTER = Path(sys.executable).with_name("lint-imports")
SERVICES = sorted(path.parent.name for path in ROOT.glob("services/*/__init__.py"))

READERS = ("subscribers", "folds", "domain.catalogue", "domain.calendar")
"""Modules of a service that read other services' events: its consumers, and folds of its copies."""


def test_the_import_rules_hold() -> None:
    checked = subprocess.run(
        (LINTER, "--no-logo"), cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout


def test_contracts_stand_on_pydantic_and_the_standard_library() -> None:
    graph = grimp.build_graph("contracts", include_external_packages=True)
    known = {
        imported.split(".")[0]
        for module in graph.modules
        for imported in graph.find_modules_directly_imported_by(module)
    }
    foreign = known - sys.stdlib_module_names - {"contracts", "pydantic", "pydantic_core"}
    assert foreign == set()


def test_nothing_is_imported_from_tests() -> None:
    for package in ("contracts", "chassis", "services", "bodemplaat"):
        for path in (ROOT / package).rglob("*.py"):
            roots = {module.split(".")[0] for module, _ in imports(path)}
            assert "tests" not in roots, path


@pytest.mark.parametrize("service", SERVICES)
def test_events_of_other_services_are_read_only_where_they_are_consumed(service: str) -> None:
    foreign = {event.__name__: event.context for event in events() if event.context != service}
    for path in (ROOT / "services" / service).rglob("*.py"):
        module = ".".join(path.relative_to(ROOT / "services" / service).with_suffix("").parts)
        read = {
            name for source, name in imports(path) if source == f"contracts.{foreign.get(name)}"
        }
        assert not read or module.startswith(READERS), f"{path} reads {sorted(read)}"


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_says_what_it_owns_and_constructs_things_in_one_place(service: str) -> None:
    folder = ROOT / "services" / service
    opening = ast.parse((folder / "__init__.py").read_text())
    assert ast.get_docstring(opening)
    assert len(opening.body) == 1, "a docstring only"
    assert (folder / "__main__.py").exists()
    assert (folder / "service.py").exists()


def imports(path: Path) -> Iterator[tuple[str, str]]:
    """Module and name of every import in a file."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, alias.name) for alias in node.names)
