"""The parts of a form: an input, rows of inputs, or an amount per year or per partner."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal[
    "text", "area", "lines", "date", "time", "number", "decimal", "decimals", "choice", "check"
]
Given = Mapping[str, str]
SPARE_ROWS = 2
SPARE_YEARS = 3
_CHECKED = "ja"


@dataclass(frozen=True, slots=True)
class Field:
    """One input. `options` names the choices; an empty one is null where it is `nullable`.

    `empty` is the text of the choice that chooses nothing; `words` name its label where its path
    does not.
    """

    path: str
    kind: Kind = "text"
    options: str = ""
    required: bool = True
    nullable: bool = False
    hint: bool = False
    empty: str = "keep-choose"
    words: str = ""
    widget: str = "field"

    @property
    def label(self) -> str:
        """What its texts' ids end with: `content.reopen_days` → `reopen-days`."""
        return self.words or label_of(self.path)

    def read(self, given: Given, name: str) -> Any:
        """The value for the body; `None` when nothing was filled in."""
        text = given.get(name, "").strip()
        match self.kind:
            case "check":
                return text == _CHECKED
            case "lines":
                return [line.strip() for line in text.splitlines() if line.strip()]
            case "decimals":
                return [_decimal(line.strip()) for line in text.splitlines() if line.strip()]
            case "decimal" if text:
                return _decimal(text)
            case "number" if text.isdecimal():
                return int(text)
        return text or None

    def write(self, value: Any) -> str:
        """The text that stands for a value."""
        if value is None:
            return ""
        if self.kind == "check":
            return _CHECKED if value else ""
        if self.kind in ("lines", "decimals"):
            return "\n".join(map(str, value))
        return str(value)[:5] if self.kind == "time" else str(value)


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of objects, a row for each.

    `keyed` makes it {first column: {second: third}}, and `grouped` {first column: [the others]}.
    """

    path: str
    columns: tuple[Field, ...]
    keyed: bool = False
    grouped: bool = False
    spare: int = SPARE_ROWS
    widget: str = "rows"

    @property
    def label(self) -> str:
        return label_of(self.path)

    def numbers(self, given: Given) -> list[int]:
        """The rows that are filled in, and some to spare."""
        following = max(self._present(given), default=-1) + 1
        return [*self.filled(given), *range(following, following + self.spare)]

    def filled(self, given: Given) -> list[int]:
        """The rows in which something stands."""
        return [
            row
            for row in sorted(self._present(given))
            if any(given.get(f"{self.path}.{row}.{column.path}", "") for column in self.columns)
        ]

    def _present(self, given: Given) -> set[int]:
        pattern = re.compile(rf"{re.escape(self.path)}\.(\d{{1,3}})\.")
        return {int(found[1]) for name in given if (found := pattern.match(name))}


@dataclass(frozen=True, slots=True)
class Years:
    """Amounts per calendar year."""

    path: str
    spare: int = SPARE_YEARS
    widget: str = "years"

    @property
    def label(self) -> str:
        return label_of(self.path)

    def years(self, given: Given, this_year: int) -> list[int]:
        """Those that have an amount, this year and the next ones."""
        pattern = re.compile(rf"{re.escape(self.path)}\.(\d{{4}})")
        named = {int(found[1]) for name in given if (found := pattern.fullmatch(name))}
        return sorted(named | set(range(this_year, this_year + self.spare)))


@dataclass(frozen=True, slots=True)
class Partners:
    """A figure per partner."""

    path: str
    widget: str = "partners"
    options: str = "partner"

    @property
    def label(self) -> str:
        return label_of(self.path)


Part = Field | Rows | Years | Partners


def label_of(path: str) -> str:
    return path.rsplit(".", 1)[-1].replace("_", "-")


def _decimal(text: str) -> str:
    """`1.250,50` → `1250.50`; what is no figure stays for the service to refuse."""
    return text.replace(".", "").replace(",", ".") if "," in text else text
