"""A row of a file, of whatever form the file is."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something cannot be used: a stable slug, and a text for people."""

    slug: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row as the file has it. `line` is where it starts, counted from 1; the header is line 1.

    `fault` tells why it cannot be taken apart; `values` is then what could be read of it.
    """

    line: int
    values: Mapping[str, str]
    fault: Reason | None = None
