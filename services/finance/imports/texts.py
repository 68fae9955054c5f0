"""What people write in cells, as the values of a command. What cannot be read stays as it is.

So it is the command's own shape that refuses it, with the rule that every caller is told.
"""

import re
from collections.abc import Callable, Mapping

_DUTCH_DAY = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_NO_FIGURE = str.maketrans("", "", "€%\N{NO-BREAK SPACE} ")
_TRUTHS = {"ja": True, "nee": False, "yes": True, "no": False, "true": True, "false": False}


def amount(text: str) -> str:
    """`€ 1.234,56` → `1234.56`."""
    figure = text.translate(_NO_FIGURE)
    return figure.replace(".", "").replace(",", ".") if "," in figure else figure


def day(text: str) -> str:
    """`31-12-2026` → `2026-12-31`."""
    found = _DUTCH_DAY.fullmatch(text)
    return f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text


def truth(text: str) -> bool | str:
    return _TRUTHS.get(text.lower(), text)


def several(text: str) -> list[str]:
    """What stands on lines of its own, or between semicolons."""
    return [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]


READ: Mapping[str, Callable[[str], object]] = {
    "amount": amount,
    "gross": amount,
    "net": amount,
    "net_least": amount,
    "principal": amount,
    "rate": amount,
    "booked_on": day,
    "review_on": day,
    "structural": truth,
    "insured": truth,
    "measures": several,
}


def value(field: str, text: str) -> object:
    """The value of a cell; figures of a year are amounts."""
    return amount(text) if "." in field else READ.get(field, str)(text)
