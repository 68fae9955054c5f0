"""Every problem has words in both languages, and every text is one that can be filled in."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fluent.syntax import FluentParser, serialize
from fluent.syntax import ast as fluent

import chassis
import services
from chassis.errors import DomainError, Fault
from services.gateway.language import FOLDER, LANGUAGES, Texts
from services.gateway.problems import problem_of_faults


def slugs() -> Iterator[str]:
    """The slug of every domain error of the chassis and of all services."""
    for package in (chassis, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if module.name.rsplit(".", 1)[1] not in ("__main__", "env", "versions"):
                importlib.import_module(module.name)
    return iter(sorted({cls.slug for cls in subclasses(DomainError) if hasattr(cls, "slug")}))


def subclasses(cls: type[DomainError]) -> Iterator[type[DomainError]]:
    """Those of the product; tests of others may define more."""
    for below in cls.__subclasses__():
        if below.__module__.split(".")[0] in {chassis.__name__, services.__name__}:
            yield below
        yield from subclasses(below)


def messages(path: Path) -> dict[str, fluent.Message]:
    resource = FluentParser().parse(path.read_text(encoding="utf-8"))
    assert not [entry for entry in resource.body if isinstance(entry, fluent.Junk)], path
    return {entry.id.name: entry for entry in resource.body if isinstance(entry, fluent.Message)}


def variables(message: fluent.Message) -> set[str]:
    return set(re.findall(r"\$([a-zA-Z_]+)", serialize(fluent.Resource([message]))))


def test_every_problem_has_a_text_in_both_languages(texts: Texts) -> None:
    missing = [
        f"{language}: {slug}"
        for slug in slugs()
        for language in LANGUAGES
        if not texts.has(language, slug)
    ]
    assert missing == []


def files() -> list[str]:
    return sorted({path.name for language in LANGUAGES for path in (FOLDER / language).iterdir()})


@pytest.mark.parametrize("name", files())
def test_both_languages_say_the_same_things_with_the_same_facts(name: str) -> None:
    dutch, english = (messages(FOLDER / language / name) for language in ("nl", "en"))
    assert dutch.keys() == english.keys()
    for key, message in dutch.items():
        assert variables(message) == variables(english[key]), key


def test_no_text_is_defined_twice() -> None:
    for language in LANGUAGES:
        found = [key for path in (FOLDER / language).iterdir() for key in messages(path)]
        assert len(found) == len(set(found))


def test_facts_stand_in_the_text(texts: Texts) -> None:
    assert texts.text("nl", "method-not-allowed", allowed="GET").endswith("Wel mogelijk: GET.")


def test_a_year_is_told_without_a_separator(texts: Texts) -> None:
    assert texts.text("nl", "year-closed", year=2026).startswith("Het jaar 2026 is")


def test_a_problem_without_a_text_is_still_told(texts: Texts) -> None:
    problem = problem_of_faults([Fault(slug="brand-new", kind="conflict")], texts, "nl")
    assert (problem.status, problem.slug) == (409, "brand-new")
    assert "brand-new" in problem.detail


def test_several_faults_are_told_by_the_gravest_with_the_fields_beside_it(texts: Texts) -> None:
    faults = [
        Fault(slug="field-invalid", kind="invalid", field="a_b", params={"rule": "missing"}),
        Fault(slug="version-stale", kind="stale", params={"expected": 1, "actual": 2}),
    ]
    problem = problem_of_faults(faults, texts, "en")
    assert (problem.status, problem.slug) == (412, "version-stale")
    assert [error["field"] for error in problem.errors] == ["aB", None]
