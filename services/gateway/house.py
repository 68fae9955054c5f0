"""House styles: design tokens of each theme, the same for pages and for documents.

Our own themes lie beside the portal's style sheets; an organisation's own lie in a folder of
theirs. A theme is a style sheet of tokens only, checked before anything is shown in it.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Self

STATIC = Path(__file__).parent / "portal" / "static"
THEMES = "themes"
NEUTRAL = "neutraal"
BASIS = ("vendor/voorbeeld/variables.css", "house.css")
TOKENS: Mapping[str, str] = {
    "ink": "--basis-color-default-color-document",
    "subtle": "--basis-color-default-color-subtle",
    "rule": "--basis-color-default-border-subtle",
    "heading": "--basis-color-accent-1-color-document",
    "accent": "--basis-color-accent-1-inverse-bg-default",
    "tint": "--basis-color-accent-1-bg-subtle",
    "line": "--house-line",
    "good": "--basis-color-positive-color-default",
    "attention": "--basis-color-warning-color-default",
    "bad": "--basis-color-negative-color-default",
}
"""What a document calls a colour, and the token that says which it is."""
READABLE = 4.5
VISIBLE = 3.0
"""Contrast that WCAG 2.2 asks of text (1.4.3) and of what is drawn (1.4.11)."""
PAPER = "--basis-color-default-bg-document"
PAIRS: tuple[tuple[str, str, float], ...] = (
    ("--basis-color-accent-1-color-document", PAPER, READABLE),
    ("--basis-color-accent-1-color-document", "--basis-color-accent-1-bg-subtle", READABLE),
    ("--basis-color-default-color-document", "--basis-color-accent-1-bg-subtle", READABLE),
    ("--basis-color-default-color-default", "--basis-color-accent-1-bg-subtle", READABLE),
    ("--basis-color-default-color-subtle", PAPER, READABLE),
    ("--basis-heading-color", PAPER, READABLE),
    ("--basis-color-action-2-color-default", PAPER, READABLE),
    ("--basis-color-action-2-color-hover", PAPER, READABLE),
    (
        "--basis-color-accent-1-inverse-color-default",
        "--basis-color-accent-1-inverse-bg-default",
        READABLE,
    ),
    (
        "--basis-color-accent-1-inverse-color-default",
        "--basis-color-accent-1-inverse-bg-hover",
        READABLE,
    ),
    ("--basis-color-accent-1-color-default", PAPER, VISIBLE),
    ("--basis-color-accent-1-border-default", PAPER, VISIBLE),
)
"""What is shown in front of what, and the contrast that it needs."""
_COLOURS = sorted({*TOKENS.values(), *chain.from_iterable(pair[:2] for pair in PAIRS)})
"""The tokens that must be colours."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SHEET = re.compile(r"\s*\.theme-([a-z0-9-]+)\s*\{([^{}]*)\}\s*")
_DECLARATION = re.compile(r"(--[\w-]+)\s*:\s*([^;]+)")
_REFERENCE = re.compile(r"var\((--[\w-]+)\)")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_FONT = r"""(?:[\w-]+(?: [\w-]+)*|"[\w -]+"|'[\w -]+')"""
_FONTS = re.compile(rf"{_FONT}(?:\s*,\s*{_FONT})*")
_LENGTH = re.compile(r"\d+(\.\d+)?(px|rem|em)|0")
_DEEPEST = 12
_KNOWN = re.compile(r"--(house|basis|portal)-[\w-]+")


class ThemeUnfit(ValueError):
    """A theme that cannot be used, and why; raised at start."""


class Houses:
    """Every theme, and which of them the centre wears."""

    def __init__(self, sheets: Mapping[str, str], centre: str) -> None:
        self._sheets = sheets
        self.centre = centre
        self._own = {name: _declared(sheet) for name, sheet in sheets.items()}

    @classmethod
    def load(cls, folder: Path | None = None, centre: str = NEUTRAL) -> Self:
        """Our own themes and those of `folder`, which may have one of the same name instead.

        Raises `ThemeUnfit` for a file of the folder that is no theme, is hard to read, or for a
        theme of the centre that there is not.
        """
        sheets = {path.stem: _read(path) for path in sorted((STATIC / THEMES).glob("*.css"))}
        added = sorted(folder.glob("*.css")) if folder else []
        if folder and not added:
            raise ThemeUnfit(f"{folder} has no themes: no file ends in .css")
        houses = cls(sheets | {path.stem: _checked(path) for path in added}, centre)
        for path in added:
            houses.require_legible(path.stem)
        if centre not in houses.names:
            known = ", ".join(sorted(houses.names))
            raise ThemeUnfit(f"there is no theme {centre!r} for the centre, only {known}")
        return houses

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._sheets)

    def sheet(self, name: str) -> str:
        """The theme as a style sheet. Raises `KeyError`."""
        return self._sheets[name]

    def named(self, theme: str | None) -> str:
        """The theme of this name when there is one, else that of the centre."""
        return theme if theme in self.names else self.centre

    def colours(self, theme: str | None) -> Mapping[str, str]:
        """What documents call their colours, as `#rrggbb`."""
        tokens = self.tokens(theme)
        return {name: tokens[token] for name, token in TOKENS.items()}

    def tokens(self, theme: str | None) -> "Tokens":
        """Every token of a theme."""
        return Tokens(self._basis | self._own[self.named(theme)])

    def require_legible(self, theme: str) -> None:
        """Raises `ThemeUnfit` when something would be too faint in it, or refers to nothing."""
        tokens = self.tokens(theme)
        tokens.filled(" ".join(self._own[theme].values()))
        for name in _COLOURS:
            if not _COLOUR.fullmatch(tokens[name]):
                raise ThemeUnfit(f"theme {theme!r}: {name} is {tokens[name]!r}, which is no colour")
        for front, behind, least in PAIRS:
            found = contrast(tokens[front], tokens[behind])
            if found < least:
                raise ThemeUnfit(
                    f"theme {theme!r}: {front} ({tokens[front]}) before {behind} "
                    f"({tokens[behind]}) has a contrast of {found:.2f}; it needs {least}"
                )

    @cached_property
    def _basis(self) -> dict[str, str]:
        sheets = ((STATIC / name).read_text(encoding="utf-8") for name in BASIS)
        return {name: value for sheet in sheets for name, value in _declared(sheet).items()}


class Tokens(Mapping[str, str]):
    """Tokens with what they refer to filled in. Raises `KeyError` for one that is not there."""

    def __init__(self, declared: Mapping[str, str]) -> None:
        self._declared = declared

    def __getitem__(self, name: str) -> str:
        return self.filled(self._declared[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._declared)

    def __len__(self) -> int:
        return len(self._declared)

    def filled(self, text: str) -> str:
        """The text of a style sheet with each token in it replaced by its value.

        Raises `ThemeUnfit` for one that is nowhere declared, or that refers to itself.
        """
        for _ in range(_DEEPEST):
            if not _REFERENCE.search(text):
                return text
            text = _REFERENCE.sub(self._value, text)
        raise ThemeUnfit(f"{text!r} refers to itself")

    def used_by(self, sheet: str) -> str:
        """A rule with just those of our tokens that a style sheet refers to."""
        named = sorted({*_REFERENCE.findall(sheet)} & self._declared.keys())
        return f":root {{ {' '.join(f'{name}: {self[name]};' for name in named)} }}"

    def _value(self, found: re.Match[str]) -> str:
        if found[1] not in self._declared:
            raise ThemeUnfit(f"token {found[1]} is declared nowhere")
        return self._declared[found[1]]


def contrast(one: str, other: str) -> float:
    """WCAG 2.2: 1 for two colours that are alike, 21 for black and white."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _declared(sheet: str) -> dict[str, str]:
    found = _DECLARATION.findall(_COMMENT.sub("", sheet))
    return {name: value.strip() for name, value in found}


def _checked(path: Path) -> str:
    """A theme from outside: one rule of tokens, each of a kind that we know.

    Without its comments: what is shown is what was checked, to the letter.
    """
    sheet = _COMMENT.sub("", _read(path))
    found = _SHEET.fullmatch(sheet)
    if found is None or found[1] != path.stem:
        raise ThemeUnfit(f"{path}: a theme is one rule `.theme-{path.stem} {{ … }}` of tokens")
    for line in filter(None, map(str.strip, found[2].split(";"))):
        _require_token(path, line)
    return sheet


def _require_token(path: Path, line: str) -> None:
    declared = _DECLARATION.fullmatch(line)
    if declared is None or not _KNOWN.fullmatch(declared[1]):
        raise ThemeUnfit(f"{path}: {line!r} declares no token --house-…, --basis-… or --portal-…")
    name, value = declared[1], declared[2].strip()
    fits = _FONTS if "font-family" in name else _LENGTH if "radius" in name else _COLOUR
    if not (fits.fullmatch(value) or _REFERENCE.fullmatch(value)):
        raise ThemeUnfit(
            f"{path}: {name} is {value!r}; a colour is written as #rrggbb, a corner as 2px, "
            f"a letter as its names"
        )
