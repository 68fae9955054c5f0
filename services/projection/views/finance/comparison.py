"""Quotes side by side: what was assumed differently, and what each line comes to. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

Quote = Mapping[str, Any]
Key = tuple[str, int | None]


def compared(quotes: Sequence[Quote]) -> dict[str, Any]:
    """Every assumption and line that any of them has, in the order in which they come up."""
    names = dict.fromkeys(name for quote in quotes for name in quote["assumptions"])
    keys = dict.fromkeys(_key(line) for quote in quotes for line in quote["lines"])
    return {
        "quotes": list(quotes),
        "assumptions": [_assumption(name, quotes) for name in names],
        "lines": [_line(key, quotes) for key in keys],
        "totals": [quote["total"] for quote in quotes],
    }


def _assumption(name: str, quotes: Sequence[Quote]) -> dict[str, Any]:
    values = [quote["assumptions"].get(name) for quote in quotes]
    return {"name": name, "values": values, "differs": any(each != values[0] for each in values)}


def _line(key: Key, quotes: Sequence[Quote]) -> dict[str, Any]:
    amounts = [{_key(line): line["amount"] for line in quote["lines"]} for quote in quotes]
    return {"what": key[0], "year": key[1], "amounts": [each.get(key) for each in amounts]}


def _key(line: Mapping[str, Any]) -> Key:
    return line["what"], line.get("year")
