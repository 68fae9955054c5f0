"""The design tokens that documents share with the portal, read from the themes' own files."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

NEUTRAL = "neutraal"
STATIC = Path(__file__).parents[1] / "portal" / "static"
TOKENS: Mapping[str, str] = {
    "ink": "--basis-color-default-color-document",
    "subtle": "--basis-color-default-color-subtle",
    "rule": "--basis-color-default-border-subtle",
    "heading": "--basis-color-accent-1-color-document",
    "accent": "--basis-color-accent-1-inverse-bg-default",
    "tint": "--basis-color-accent-1-bg-subtle",
}
"""What a template calls a colour, and the token that says which it is."""

_DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);")
_REFERENCE = re.compile(r"var\((--[\w-]+)\)")


@cache
def house_style(theme: str) -> Mapping[str, str]:
    """The colours of a theme as `#rrggbb`; of the neutral theme when there is no such one."""
    tokens = {**_declared("vendor/voorbeeld/variables.css"), **_declared(f"themes/{NEUTRAL}.css")}
    if theme in themes():
        tokens |= _declared(f"themes/{theme}.css")
    return {name: _resolved(tokens, tokens[token]) for name, token in TOKENS.items()}


def themes() -> frozenset[str]:
    return frozenset(path.stem for path in (STATIC / "themes").glob("*.css"))


def _declared(name: str) -> dict[str, str]:
    return dict(_DECLARATION.findall((STATIC / name).read_text(encoding="utf-8")))


def _resolved(tokens: Mapping[str, str], value: str) -> str:
    while found := _REFERENCE.fullmatch(value.strip()):
        value = tokens[found[1]]
    return value.strip()
