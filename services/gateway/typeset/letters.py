"""Which letters our font has: what it has not is shown as a box, for a document must be made.

PDF/UA-1 refuses a text that the font cannot show, and people write everything.
"""

import struct
from collections.abc import Iterator
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

BOX = "\N{WHITE SQUARE}"
INVISIBLE = frozenset("\n\N{ZERO WIDTH SPACE}")
"""Kept as they are: they end a line, or say where one may end."""
_SEGMENTED, _GROUPED = 4, 12
"""Formats of a `cmap` that tell which letters there are (OpenType 1.9)."""


def fonts() -> Path:
    """The folder of our fonts."""
    return Path(str(distribution("font-source-sans-pro").locate_file("font_source_sans_pro/files")))


def shown(told: Any) -> Any:
    """Data for a template, with a box for each letter that cannot be shown."""
    match told:
        case str():
            return told.translate(_letters())
        case list() | tuple():
            return [shown(each) for each in told]
        case dict():
            return {name: shown(each) for name, each in told.items()}
    return told


class _Letters(dict[int, int]):
    def __missing__(self, code: int) -> int:
        return ord(" ") if chr(code) == "\t" else ord(BOX)


@cache
def _letters() -> _Letters:
    font = (fonts() / "SourceSansPro-Regular.ttf").read_bytes()
    known = {*_codes(font), *map(ord, INVISIBLE)}
    return _Letters({code: code for code in known})


def _codes(font: bytes) -> Iterator[int]:
    """Every code point in the font's `cmap`."""
    at = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, at + 2)
    for place in range(count):
        (offset,) = struct.unpack_from(">I", font, at + 8 + 8 * place)
        (form,) = struct.unpack_from(">H", font, at + offset)
        if form == _SEGMENTED:
            yield from _segments(font, at + offset)
        elif form == _GROUPED:
            yield from _groups(font, at + offset)


def _table(font: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    tables = (struct.unpack_from(">4sIII", font, 12 + 16 * place) for place in range(count))
    return next(int(offset) for name, _, offset, _ in tables if name == tag)


def _segments(font: bytes, at: int) -> Iterator[int]:
    (twice,) = struct.unpack_from(">H", font, at + 6)
    ends = struct.unpack_from(f">{twice // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{twice // 2}H", font, at + 16 + twice)
    for start, end in zip(starts, ends, strict=True):
        yield from range(start, min(end, 0xFFFE) + 1)


def _groups(font: bytes, at: int) -> Iterator[int]:
    (count,) = struct.unpack_from(">I", font, at + 12)
    for place in range(count):
        start, end, _ = struct.unpack_from(">III", font, at + 16 + 12 * place)
        yield from range(start, end + 1)
