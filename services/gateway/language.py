"""Words: Fluent texts in Dutch and English, and which of the two a request gets."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, Literal, Protocol, Self, cast, get_args

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Message, Resource
from starlette.requests import Request

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
DEFAULT: Language = "nl"
COOKIE = "language"
FOLDER = Path(__file__).parent / "texts"


class TextMissing(LookupError):
    """No text of this name in this language."""


class Say(Protocol):
    """Texts of one language: `say("ticket-status", status="new")`."""

    def __call__(self, key: str, /, **params: object) -> str: ...


class Texts:
    """Every text of the gateway and portal: `texts/<language>/*.ftl`.

    `key` is a Fluent message id, or `message.attribute`.
    """

    def __init__(self, bundles: Mapping[Language, FluentBundle], slugs: frozenset[str]) -> None:
        self._bundles = bundles
        self.slugs = slugs

    @classmethod
    def load(cls, folder: Path = FOLDER) -> Self:
        """`slugs` are the problems that have a text: the messages of `errors-*.ftl`."""
        resources = {language: _resources(folder / language) for language in LANGUAGES}
        slugs = (
            entry.id.name
            for name, resource in resources[DEFAULT].items()
            if name.startswith("errors-")
            for entry in resource.body
            if isinstance(entry, Message)
        )
        bundles = {language: _bundle(language, found) for language, found in resources.items()}
        return cls(bundles, frozenset(slugs))

    def has(self, language: Language, key: str) -> bool:
        return self._pattern(language, key) is not None

    def text(self, language: Language, key: str, /, **params: object) -> str:
        """The text, filled in. Raises `TextMissing`; a parameter that lacks shows as its name."""
        pattern = self._pattern(language, key)
        if pattern is None:
            raise TextMissing(f"{language}: {key}")
        found, _ = self._bundles[language].format_pattern(pattern, _plain(params))
        return str(found)

    def say(self, language: Language) -> Say:
        return cast(Say, partial(self.text, language))

    def _pattern(self, language: Language, key: str) -> Any | None:
        name, _, attribute = key.partition(".")
        bundle = self._bundles[language]
        if not bundle.has_message(name):
            return None
        message = bundle.get_message(name)
        return message.attributes.get(attribute) if attribute else message.value


def language_of(request: Request) -> Language:
    """The person's own choice, else the first of `Accept-Language` that we speak, else Dutch."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return preferred(request.headers.get("accept-language", ""))


def preferred(accept_language: str) -> Language:
    """RFC 9110 §12.5.4, for the two languages that we speak."""
    ranked = sorted(map(_range, accept_language.split(",")), key=lambda pair: -pair[1])
    for tag, quality in ranked:
        if quality > 0 and tag in LANGUAGES:
            return tag
    return DEFAULT


def _range(text: str) -> tuple[str, float]:
    tag, *parameters = (part.strip().lower() for part in text.split(";"))
    quality = 1.0
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                quality = float(parameter[2:])
            except ValueError:
                quality = 0.0
    return tag.split("-")[0], quality


def _resources(folder: Path) -> dict[str, Resource]:
    return {
        path.name: FluentResource(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.ftl"))
    }


def _bundle(language: Language, resources: Mapping[str, Resource]) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    for resource in resources.values():
        bundle.add_resource(resource)
    return bundle


def _plain(params: Mapping[str, object]) -> dict[str, object]:
    """Fluent knows text, numbers and dates; a list becomes an enumeration, `None` is empty.

    A year is a name, not a number: 2026 is never 2.026.
    """
    return {
        name: str(value) if name == "year" else _fluent_value(value)
        for name, value in params.items()
    }


def _fluent_value(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(str(item) for item in value)
    return value
