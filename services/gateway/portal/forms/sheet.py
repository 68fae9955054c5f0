"""A form as a table of parts, and what someone has filled in: texts to a command's body and back.

An input is named by the path of its field in the body (`content.name`); one in a list by its row
(`content.steps.0.what`). Rows that were left empty do not come into the body, so a fault's path is
led back to the row that it is about.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import FormData

from services.gateway.portal.forms.parts import (
    Field,
    Given,
    Part,
    Partners,
    Rows,
    Years,
    label_of,
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands in the inputs of a form."""

    parts: tuple[Part, ...]
    given: Given = field(default_factory=dict)

    @classmethod
    def of_form(cls, parts: tuple[Part, ...], form: FormData) -> "Sheet":
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        own = {name: text for name, text in texts.items() if cls._belongs(parts, name)}
        return cls(parts, {name: text.strip() for name, text in own.items()})

    @classmethod
    def of_body(cls, parts: tuple[Part, ...], body: Mapping[str, Any]) -> "Sheet":
        """The form as it opens with what is there already."""
        given: dict[str, str] = {}
        for part in parts:
            given |= _written(part, _at(body, part.path))
        return cls(parts, given)

    @staticmethod
    def _belongs(parts: Sequence[Part], name: str) -> bool:
        return any(name == part.path or name.startswith(f"{part.path}.") for part in parts)

    def value(self, name: str) -> str:
        return self.given.get(name, "")

    def body(self) -> dict[str, Any]:
        """The body of the command; what was left empty is left out."""
        made: dict[str, Any] = {}
        for part in self.parts:
            value = self._value(part)
            if value is not None or (isinstance(part, Field) and part.nullable):
                _put(made, part.path, value)
        return made

    def _value(self, part: Part) -> Any:
        if isinstance(part, Field):
            return part.read(self.given, part.path)
        if isinstance(part, Years | Partners):
            amount = Field(part.path, "decimal")
            names = [name for name in self.given if name.startswith(f"{part.path}.")]
            amounts = {name.rsplit(".", 1)[1]: amount.read(self.given, name) for name in names}
            return {key: value for key, value in amounts.items() if value is not None}
        rows = [self._row(part, row) for row in part.filled(self.given)]
        if part.grouped:
            return _grouped(part, rows)
        return _keyed(part, rows) if part.keyed else rows

    def _row(self, part: Rows, row: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for column in part.columns:
            value = column.read(self.given, f"{part.path}.{row}.{column.path}")
            if value is not None or column.nullable:
                _put(made, column.path, value)
        return made

    def located(self, path: str | None) -> str | None:
        """The input or part that a fault's path is about; `None` when it is the whole form."""
        for place in _upwards(self._led_back(path or "")):
            if place in self._places():
                return place
        return None

    def named(self, place: str) -> tuple[str, str]:
        """The label of an input or part, and where in it: its row, year or partner."""
        for part in self.parts:
            if place == part.path:
                return part.label, ""
            if place.startswith(f"{part.path}."):
                where, _, column = place.removeprefix(f"{part.path}.").partition(".")
                if isinstance(part, Rows):
                    return label_of(column), str(part.numbers(self.given).index(int(where)) + 1)
                return part.label, where
        return "", ""

    def _led_back(self, path: str) -> str:
        for told, shown in self._positions():
            if path == told or path.startswith(f"{told}."):
                return shown + path[len(told) :]
        return path

    def _positions(self) -> Iterator[tuple[str, str]]:
        """Where the rows of the body stand in the form."""
        for part in self.parts:
            if not isinstance(part, Rows):
                continue
            met: Counter[str] = Counter()
            for position, row in enumerate(part.filled(self.given)):
                shown = f"{part.path}.{row}"
                *keys, last = (f"{shown}.{column.path}" for column in part.columns)
                if part.keyed:
                    yield ".".join([part.path, *map(self.value, keys)]), last
                elif part.grouped:
                    group = self.value(keys[0])
                    yield f"{part.path}.{group}.{met[group]}", shown
                    met[group] += 1
                else:
                    yield f"{part.path}.{position}", shown

    def _places(self) -> set[str]:
        inputs = {
            f"{part.path}.{row}.{column.path}"
            for part in self.parts
            if isinstance(part, Rows)
            for row in part.numbers(self.given)
            for column in part.columns
        }
        amounts = {
            name
            for part in self.parts
            if isinstance(part, Years | Partners)
            for name in self.given
            if name.startswith(f"{part.path}.")
        }
        return inputs | amounts | {part.path for part in self.parts}


def _written(part: Part, value: Any) -> dict[str, str]:
    if isinstance(part, Field):
        return {part.path: part.write(value)}
    if isinstance(part, Years | Partners):
        return {f"{part.path}.{key}": str(amount) for key, amount in (value or {}).items()}
    return {
        f"{part.path}.{number}.{column.path}": column.write(_at(row, column.path))
        for number, row in enumerate(_rows(part, value))
        for column in part.columns
    }


def _rows(part: Rows, value: Any) -> Sequence[Mapping[str, Any]]:
    """The rows that a value is written in."""
    names = [column.path for column in part.columns]
    if part.keyed:
        return _unkeyed(names, value or {})
    if part.grouped:
        groups = (value or {}).items()
        return [{names[0]: group, **row} for group, rows in groups for row in rows]
    return value or []


def _keyed(part: Rows, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    *outer, key, last = (column.path for column in part.columns)
    made: dict[str, Any] = {}
    for row in rows:
        within = made
        for name in outer:
            within = within.setdefault(str(row.get(name, "")), {})
        within[str(row.get(key, ""))] = row.get(last)
    return made


def _unkeyed(names: Sequence[str], value: Any) -> list[dict[str, Any]]:
    first, *others = names
    if not others:
        return [{first: value}]
    return [{first: key, **row} for key, inner in value.items() for row in _unkeyed(others, inner)]


def _grouped(part: Rows, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    first = part.columns[0].path
    made: dict[str, Any] = {}
    for row in rows:
        others = {name: value for name, value in row.items() if name != first}
        made.setdefault(str(row.get(first, "")), []).append(others)
    return made


def _at(body: Mapping[str, Any], path: str) -> Any:
    value: Any = body
    for name in path.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _put(body: dict[str, Any], path: str, value: Any) -> None:
    *outer, last = path.split(".")
    for name in outer:
        body = body.setdefault(name, {})
    body[last] = value


def _upwards(path: str) -> Iterator[str]:
    """`a.b.c`, `a.b`, `a`."""
    while path:
        yield path
        path = path.rpartition(".")[0]
