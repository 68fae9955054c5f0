"""What a list keeps in its address: filters, order and page; and how to read them back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

_AROUND = 1
"""Pages named on each side of the current one."""
_PAGE_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list. `sort` is a column, with `-` before it from high to low."""

    path: str
    filters: Mapping[str, str]
    sort: str
    page: int
    size: int
    total: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first(self) -> int:
        """Place in the whole list of the first row shown; 0 of an empty page."""
        return min((self.page - 1) * self.size + 1, self.total)

    @property
    def last(self) -> int:
        return min(self.page * self.size, self.total)

    def numbers(self) -> list[int | None]:
        """The pages to name, in order; `None` where some are left out."""
        near = range(self.page - _AROUND, self.page + _AROUND + 1)
        named = sorted({1, self.pages, *near} & set(range(1, self.pages + 1)))
        told: list[int | None] = []
        for before, number in zip([0, *named], named, strict=False):
            told += [number] if number == before + 1 else [None, number]
        return told

    def to_page(self, page: int) -> str:
        return self._address(self.sort, page)

    def sorted_by(self, column: str) -> str:
        """The same list by this column; the other way round when it already is."""
        return self._address(f"-{column}" if self.sort == column else column, 1)

    def direction(self, column: str) -> str:
        """For `aria-sort`."""
        return {column: "ascending", f"-{column}": "descending"}.get(self.sort, "none")

    def _address(self, sort: str, page: int) -> str:
        query = {name: value for name, value in self.filters.items() if value}
        query |= {"sorteer": sort}
        if page > 1:
            query |= {"pagina": str(page)}
        return f"{self.path}?{urlencode(query)}"


def choice(given: str, allowed: Collection[str]) -> str:
    """What was given when it is allowed, else the first that is."""
    return given if given in allowed else next(iter(allowed))


def sorting(given: str, columns: Collection[str]) -> str:
    """An order by one of these columns; newest first for anything else."""
    return given if given.removeprefix("-") in columns else "-opened_at"


def day(given: str) -> str:
    """A day in ISO 8601; nothing for anything else."""
    try:
        return date.fromisoformat(given).isoformat()
    except ValueError:
        return ""


def positive(given: str) -> int:
    """A page number; 1 for anything that is none."""
    return max(1, int(given)) if given.isdecimal() and len(given) <= _PAGE_DIGITS else 1
