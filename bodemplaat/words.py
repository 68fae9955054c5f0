"""What a refusal says: the rule that was broken with its facts, or the text that people read."""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from chassis.errors import Fault


def bare(fault: Fault) -> str:
    """The rule that was broken, and the facts."""
    facts = {"field": fault.field} if fault.field else {}
    told = ", ".join(f"{name}: {value}" for name, value in (facts | fault.params).items())
    return f"{fault.slug} ({told})" if told else fault.slug


def in_words(faults: Iterable[Fault], language: str) -> str:
    """A line for each, as the gateway words it; a rule without such a text is told bare."""
    return "\n".join(_words(fault, language) for fault in faults)


def _words(fault: Fault, language: str) -> str:
    bundle = _bundle(language)
    text = bundle.get_message(fault.slug).value if bundle.has_message(fault.slug) else None
    if text is None:
        return bare(fault)
    params = {name: _plain(value) for name, value in fault.params.items()}
    said, lacking = bundle.format_pattern(text, params)
    return bare(fault) if lacking else str(said)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return value if isinstance(value, str | int | float) else str(value)


@cache
def _bundle(language: str) -> FluentBundle:
    bundle = FluentBundle([language], use_isolating=False)
    folder = files("services.gateway") / "texts" / language
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.startswith("errors-"):
            bundle.add_resource(FluentResource(file.read_text(encoding="utf-8")))
    return bundle
