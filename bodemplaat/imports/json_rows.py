"""Rows in JSON: Lines (one object per line), or what an API answers: an array of objects, bare or
under `results`.

What lies within an object is named by its path: `{"operatorGroup": {"name": "Netwerk"}}` has a
column `operatorGroup.name`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson

from chassis.tables import Reason, Row

PIECE_CHARACTERS = 1 << 16
MAX_ELEMENT_CHARACTERS = 1 << 22
MAX_DEPTH = 8
_ARRAY = re.compile(r'\s*(?:\{\s*"results"\s*:\s*)?\[')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def json_rows(path: Path) -> Iterator[Row]:
    """The rows in order. One object is held at a time, with the piece of the file it lies in."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        start = _ARRAY.match(file.read(PIECE_CHARACTERS))
    if start:
        yield from _array_rows(path, start.end())
    else:
        yield from _line_rows(path)


def _line_rows(path: Path) -> Iterator[Row]:
    with path.open("rb") as file:
        for line, text in enumerate(file, start=1):
            if text.strip():
                yield _line_row(line, text)


def _line_row(line: int, text: bytes) -> Row:
    try:
        content = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        return _unreadable(line, f"the line is not JSON: {error}")
    return _row(line, content)


def _array_rows(path: Path, start: int) -> Iterator[Row]:
    """The elements of an array whose first begins after `start` characters."""
    with path.open(encoding="utf-8-sig", errors="replace") as file:
        line, rest = 1 + file.read(start).count("\n"), ""
        while len(rest) < MAX_ELEMENT_CHARACTERS and (piece := file.read(PIECE_CHARACTERS)):
            rest += piece
            position = 0
            while (found := _next(rest, position)) is not None:
                begin, end = found
                line += rest.count("\n", position, begin)
                yield _line_row(line, rest[begin:end].encode(errors="replace"))
                line += rest.count("\n", begin, end)
                position = end
            rest = rest[position:]
    begin = _begin(rest, 0)
    if not rest.startswith("]", begin):
        line += rest.count("\n", 0, begin)
        yield _unreadable(line, "the array breaks off, or what follows is not JSON")


def _next(text: str, position: int) -> tuple[int, int] | None:
    """Where the next element begins and ends, if it is complete."""
    begin = _begin(text, position)
    try:
        _, end = _DECODER.raw_decode(text, begin)
    except (ValueError, RecursionError):
        return None
    return (begin, end) if end < len(text) else None


def _begin(text: str, position: int) -> int:
    between = _BETWEEN.match(text, position)
    return between.end() if between else position


def _row(line: int, content: Any) -> Row:
    if not isinstance(content, dict):
        return _unreadable(line, "it is not a JSON object")
    return Row(line, dict(_columns(content)))


def _unreadable(line: int, text: str) -> Row:
    return Row(line, {}, Reason("row-unreadable", text))


def _columns(
    content: Mapping[str, Any], path: str = "", depth: int = 1
) -> Iterator[tuple[str, str]]:
    for name, value in content.items():
        if isinstance(value, dict) and depth < MAX_DEPTH:
            yield from _columns(value, f"{path}{name}.", depth + 1)
        else:
            yield f"{path}{name}", _text(value)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
