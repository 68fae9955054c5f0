"""Reading a case: every broken rule at once, each with its file and key."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from bodemplaat.cases import model
from bodemplaat.cases.consistency import inconsistencies
from bodemplaat.cases.errors import CaseInvalid, CaseUnknown, Problem

FOLDER = Path(__file__).resolve().parents[2] / "cases"
"""Where the cases of this checkout are."""

FILES: dict[str, type[model.Row]] = {
    "about": model.About,
    "partners": model.Partners,
    "calendars": model.Calendars,
    "catalogue": model.Catalogue,
    "service_levels": model.ServiceLevels,
    "agreements": model.Agreements,
    "people": model.People,
    "tickets": model.TicketPlan,
    "volumes": model.Volumes,
    "maintenance": model.Maintenance,
    "signals": model.SecuritySignals,
    "problems": model.Problems,
    "budgets": model.Budgets,
    "charging": model.Charging,
    "billing": model.Billing,
    "quotes": model.Quotes,
    "risks": model.Risks,
    "treasury": model.Treasury,
    "indicators": model.Indicators,
    "business_cases": model.BusinessCases,
    "published": model.Published,
}
MAY_BE_ABSENT = frozenset(FILES) - {
    "about",
    "partners",
    "calendars",
    "catalogue",
    "agreements",
    "people",
}

RowT = TypeVar("RowT", bound=model.Row)


def names(folder: Path = FOLDER) -> list[str]:
    """The cases that there are, sorted."""
    return sorted(path.parent.name for path in folder.glob(f"*/{file_name('about')}"))


def file_name(part: str) -> str:
    return "case.toml" if part == "about" else f"{part.replace('_', '-')}.toml"


def load(name: str, folder: Path = FOLDER) -> model.Case:
    """The case of this name. Raises `CaseUnknown`, or `CaseInvalid` with all that is wrong."""
    home = folder / name
    if name not in names(folder):
        raise CaseUnknown(f"no case {name!r}; there are: {', '.join(names(folder)) or 'none'}")
    parts: dict[str, model.Row] = {}
    problems: list[Problem] = []
    for part, shape in FILES.items():
        path = home / file_name(part)
        if part in MAY_BE_ABSENT and not path.exists():
            continue
        try:
            parts[part] = _read(path, shape)
        except CaseInvalid as error:
            problems += error.problems
    if problems:
        raise CaseInvalid(problems)
    case = model.Case.model_validate({"name": name, **parts})
    if found := tuple(inconsistencies(case)):
        raise CaseInvalid(found)
    return case


def load_people(name: str, folder: Path = FOLDER) -> tuple[model.LocalPerson, ...]:
    """Who can log in locally. Raises as `load` does, for people.toml only."""
    if name not in names(folder):
        raise CaseUnknown(f"no case {name!r}")
    return _read(folder / name / file_name("people"), model.People).people


def load_about(name: str, folder: Path = FOLDER) -> model.About:
    """What the case is. Raises as `load` does, for case.toml only."""
    if name not in names(folder):
        raise CaseUnknown(f"no case {name!r}")
    return _read(folder / name / file_name("about"), model.About)


def _read(path: Path, shape: type[RowT]) -> RowT:
    try:
        return shape.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        raise CaseInvalid([Problem(path.name, "", "is missing")]) from None
    except UnicodeDecodeError:
        raise CaseInvalid([Problem(path.name, "", "is not UTF-8")]) from None
    except tomllib.TOMLDecodeError as error:
        raise CaseInvalid([Problem(path.name, "", f"is not TOML: {error}")]) from None
    except ValidationError as error:
        raise CaseInvalid(_problems(path.name, error)) from None


def _problems(file: str, error: ValidationError) -> Iterator[Problem]:
    for found in error.errors(include_url=False):
        yield Problem(file, _key(found["loc"]), _rule(found))


def _key(location: tuple[int | str, ...]) -> str:
    """`items.3.tariffs.2024`; rows count from 0, as in the file from top to bottom."""
    return ".".join(str(part) for part in location)


def _rule(found: Any) -> str:
    text = str(found["msg"])
    return text[:1].lower() + text[1:]
