"""Makes the pages that follow from the code: `settings.md` and `errors.md`.

`make docs` writes them; a test compares them with the code.
"""

import importlib
import json
import pkgutil
from collections import defaultdict
from collections.abc import Iterator
from inspect import cleandoc
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin

from fluent.syntax import FluentParser, ast
from pydantic import AliasChoices, SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

import bodemplaat
import chassis
import services
from chassis.errors import DomainError
from chassis.settings import Settings
from services.gateway.errors import GatewayError
from services.gateway.problems import STATUS

FOLDER = Path(__file__).parent
TEXTS = FOLDER.parent / "services" / "gateway" / "texts"
LANGUAGES = ("nl", "en")

SETTINGS_HEADING = """\
# Settings

Made by `make docs` from the settings classes; a test fails when it differs.

Every process is told what it needs by environment variables, read once at start. `make run` sets
what the processes of a local run need; set a variable yourself to differ. A value that does not
fit stops the process at start, with the variable's name.
"""
OPERATOR_SETTINGS = """\
## The operator's command

Read by `bodemplaat`, which hands every process its own part.

| variable | meaning |
| --- | --- |
| `BODEMPLAAT_FOLDER` | Folder with data, secrets and logs of a local run; `.run` by default |
| `BODEMPLAAT_CREDENTIALS` | Folder with NKey seeds and passwords; by default within the other |
| `NATS_URL`, `DATABASE_URL` | Servers to use instead of the embedded ones; both or neither |
"""
ERRORS_HEADING = """\
# Errors

Made by `make docs` from the error classes and their texts; a test fails when it differs.

A refusal over HTTP is `application/problem+json`: `type` ends in the slug and never changes,
`title` and `detail` are in the language of `Accept-Language` (Dutch unless English is asked for),
and all fields that are wrong are listed in `errors` at once. A refusal has changed nothing.
Placeholders such as `{ticket}` stand for the facts of the case, which are in `params` as well.
"""

TYPES: dict[Any, str] = {
    str: "text",
    int: "integer",
    float: "number",
    bool: "boolean",
    Path: "path",
    SecretStr: "secret",
}

Texts = dict[str, str]


def pages() -> Iterator[tuple[str, str]]:
    """File name and text of every page."""
    import_everything()
    yield "settings.md", settings_page()
    yield "errors.md", errors_page()


def import_everything() -> None:
    """Import every module, so that every subclass of settings and errors is known."""
    for package in (chassis, services, bodemplaat):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not {"__main__", "migrations", "testing"}.intersection(module.name.split(".")):
                importlib.import_module(module.name)


def subclasses(cls: type) -> Iterator[type]:
    """Of the product's own packages; tests may know more."""
    direct: list[type] = cls.__subclasses__()
    for subclass in direct:
        if subclass.__module__.split(".")[0] in {"chassis", "services", "bodemplaat"}:
            yield subclass
        yield from subclasses(subclass)


def settings_page() -> str:
    parts = [SETTINGS_HEADING, _settings_table("Every service", Settings, {})]
    for cls in sorted(subclasses(Settings), key=lambda cls: cls.__module__):
        own = _settings_table(_owner(cls), cls, Settings.model_fields)
        parts.append(own)
    return "\n".join([*parts, OPERATOR_SETTINGS])


def _owner(cls: type) -> str:
    """`services.projection.rebuild` → `projection.rebuild`; settings modules by their service."""
    return cls.__module__.removeprefix("services.").removesuffix(".settings")


def _settings_table(title: str, cls: type, inherited: dict[str, FieldInfo]) -> str:
    fields: dict[str, FieldInfo] = cls.model_fields  # type: ignore[attr-defined]
    rows = [
        f"| `{_variable(name, field)}` | {_type(field)} | {_default(field)} | {field.description} |"
        for name, field in fields.items()
        if name not in inherited
    ]
    heading = ["| variable | type | default | meaning |", "| --- | --- | --- | --- |"]
    purpose = [f"{cleandoc(cls.__doc__)}\n"] if cls.__doc__ else []
    return "\n".join([f"## {title}\n", *purpose, *heading, *rows, ""])


def _variable(name: str, field: FieldInfo) -> str:
    if isinstance(field.validation_alias, AliasChoices):
        return str(field.validation_alias.choices[0])
    return f"{Settings.model_config['env_prefix']}{name.upper()}"


def _type(field: FieldInfo) -> str:
    """What to write: a list is written in JSON."""
    kinds = [kind for kind in get_args(field.annotation) if kind is not NoneType]
    if get_origin(field.annotation) is tuple:
        return "JSON list"
    kind = kinds[0] if kinds else field.annotation
    return f"{TYPES[kind]}{_limits(field)}"


def _limits(field: FieldInfo) -> str:
    signs = {"ge": "≥", "gt": ">", "le": "≤", "lt": "<"}
    limits = [
        f"{sign} {getattr(rule, name)}"
        for rule in field.metadata
        for name, sign in signs.items()
        if getattr(rule, name, None) is not None
    ]
    return f" ({', '.join(limits)})" if limits else ""


def _default(field: FieldInfo) -> str:
    value: Any = field.get_default()
    if value is PydanticUndefined:
        return "required"
    if isinstance(value, SecretStr):
        value = value.get_secret_value()
    if isinstance(value, tuple | bool):
        value = json.dumps(value)
    return "none" if value in (None, "") else f"`{value}`"


def errors_page() -> str:
    by_slug: dict[str, list[type[DomainError]]] = defaultdict(list)
    for cls in sorted(subclasses(DomainError), key=lambda cls: cls.__module__):
        if "slug" in vars(cls):
            by_slug[cls.slug].append(cls)  # type: ignore[attr-defined]
    texts = {language: error_texts(language) for language in LANGUAGES}
    parts = [ERRORS_HEADING]
    parts.extend(_error(slug, by_slug[slug], texts) for slug in sorted(by_slug))
    return "\n".join(parts)


def _error(slug: str, classes: list[type[DomainError]], texts: dict[str, Texts]) -> str:
    """One problem: kinds and statuses, who tells it, why, and the words for it."""
    kinds = sorted({f"{cls.kind}, HTTP {_status(cls)}" for cls in classes})
    tellers = sorted({_teller(cls) for cls in classes})
    meanings = dict.fromkeys(" ".join(cls.__doc__.split()) for cls in classes if cls.__doc__)
    words = [
        f"- {language}: **{texts[language].get(f'{slug}.title', slug)}**: "
        f"{texts[language].get(slug, '')}"
        for language in LANGUAGES
    ]
    facts = f"{'; '.join(kinds)}. Told by {', '.join(tellers)}."
    return "\n".join([f"## {slug}\n", facts, *(f"\n{text}" for text in meanings), "", *words, ""])


def _status(cls: type[DomainError]) -> int:
    return cls.status if issubclass(cls, GatewayError) else STATUS[cls.kind]


def _teller(cls: type[DomainError]) -> str:
    package, _, rest = cls.__module__.partition(".")
    return rest.split(".")[0] if package == "services" else package


def error_texts(language: str) -> Texts:
    """Every text and title of a language, with its placeholders by name."""
    texts: Texts = {}
    for path in sorted((TEXTS / language).glob("*.ftl")):
        resource = FluentParser().parse(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Message) and entry.value is not None:
                texts[entry.id.name] = _words(entry.value)
                for attribute in entry.attributes:
                    texts[f"{entry.id.name}.{attribute.id.name}"] = _words(attribute.value)
    return texts


def _words(pattern: ast.Pattern) -> str:
    parts = [
        element.value if isinstance(element, ast.TextElement) else _placeholder(element.expression)
        for element in pattern.elements
    ]
    return " ".join("".join(parts).split())


def _placeholder(expression: Any) -> str:
    """`{name}`; a choice between texts shows them all."""
    match expression:
        case ast.VariableReference():
            return f"{{{expression.id.name}}}"
        case ast.FunctionReference():
            return _placeholder(expression.arguments.positional[0])
        case ast.SelectExpression():
            return " / ".join(_words(variant.value) for variant in expression.variants)
        case ast.Placeable():
            return _placeholder(expression.expression)
        case ast.StringLiteral():
            return str(expression.parse()["value"])
        case _:
            return f"{{{expression.id.name}}}"


def main() -> None:
    for name, text in pages():
        (FOLDER / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
