"""The files that `finance` takes: their columns, by the names that people give them.

A column is known by its Dutch name and by its English one, which is also the field's. Amounts may
be written as 1.234,56 or 1234.56, days as 31-12-2026 or 2026-12-31.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

FileKind = Literal["budget", "bookings", "risks", "loans"]
REJECTED_AT, REJECTED_FOR = "regel", "reden"
"""Columns of a file with rejected rows; they do not count when it is sent again."""


@dataclass(frozen=True, slots=True)
class Column:
    """`yearly` columns come once per year: `aflossing 2026`, `aflossing 2027`."""

    field: str
    dutch: str
    example: str
    required: bool = True
    yearly: bool = False


@dataclass(frozen=True, slots=True)
class TakenFile:
    """One kind of file. Rows that agree in `together` are one thing, taken whole or not at all."""

    kind: FileKind
    columns: tuple[Column, ...]
    together: tuple[str, ...] = ()

    def example(self, year: int) -> Iterator[tuple[str, str]]:
        """Each column's header and an example; `yearly` ones for three years from `year`."""
        for column in self.columns:
            if not column.yearly:
                yield column.dutch, column.example.replace("JJJJ", str(year))
                continue
            yield from ((f"{column.dutch} {year + ahead}", column.example) for ahead in range(3))


_YEARLY = re.compile(r"(?P<name>.+?)[ _](?P<year>\d{4})")
_STRUCTURAL = Column("structural", "structureel", "ja", required=False)
FILES: Mapping[FileKind, TakenFile] = {
    "budget": TakenFile(
        "budget",
        (
            Column("year", "jaar", "JJJJ"),
            Column("pool", "kostenplaats", "werkplekken"),
            Column("name", "naam", "Werkplekken"),
            Column("line", "regel begroting", "Licenties"),
            Column("amount", "bedrag", "125000,00"),
            _STRUCTURAL,
        ),
        together=("year", "pool"),
    ),
    "bookings": TakenFile(
        "bookings",
        (
            Column("year", "jaar", "JJJJ"),
            Column("pool", "kostenplaats", "werkplekken"),
            Column("booking", "boeking", "JJJJ-000317"),
            Column("booked_on", "datum", "JJJJ-03-31"),
            Column("description", "omschrijving", "Licenties eerste kwartaal"),
            Column("amount", "bedrag", "31250,00"),
            Column("partner", "deelnemer", "", required=False),
            _STRUCTURAL,
        ),
    ),
    "risks": TakenFile(
        "risks",
        (
            Column("risk", "risico", "cybercrime"),
            Column("name", "naam", "Cybercriminaliteit"),
            Column("category", "categorie", "Informatieveiligheid"),
            Column("cause", "oorzaak", "Aanvallen van buiten"),
            Column("measures", "maatregelen", "Bewaking; oefening", required=False),
            Column("gross", "bruto", "750000,00", required=False),
            Column("net", "netto", "375000,00", required=False),
            Column("net_least", "netto minimaal", "100000,00", required=False),
            Column("chance", "kans", "2"),
            Column("structural", "structureel", "nee", required=False),
            Column("insured", "verzekerd", "nee", required=False),
            Column("owner", "eigenaar", "Manager ICT"),
            Column("review_on", "herziening", "JJJJ-12-01"),
        ),
    ),
    "loans": TakenFile(
        "loans",
        (
            Column("loan", "lening", "BNG-40100123"),
            Column("lender", "geldgever", "BNG Bank"),
            Column("principal", "hoofdsom", "2500000,00"),
            Column("rate", "rente", "2,35"),
            Column("first_year", "eerste jaar", "JJJJ"),
            Column("redemptions", "aflossing", "100000,00", required=False, yearly=True),
            Column("revisions", "renteherziening", "", required=False, yearly=True),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of a file's columns, by their names; a yearly one as `redemptions.2026`."""

    fields: Mapping[str, str]
    missing: tuple[str, ...]
    unknown: tuple[str, ...]


def read_header(taken: TakenFile, names: Sequence[str]) -> Header:
    """What the columns of a file stand for, in Dutch or in English."""
    found = {name: field for name in names if (field := _field(taken, name))}
    missing = tuple(
        column.dutch
        for column in taken.columns
        if column.required and column.field not in found.values()
    )
    unknown = tuple(
        name
        for name in names
        if name and name not in found and _plain(name) not in (REJECTED_AT, REJECTED_FOR)
    )
    return Header(found, missing, unknown)


def column_name(taken: TakenFile, field: str) -> str:
    """The Dutch name of a field's column: `redemptions.2026` → `aflossing 2026`."""
    name, _, year = field.partition(".")
    for column in taken.columns:
        if column.field == name:
            return f"{column.dutch} {year}" if column.yearly and year else column.dutch
    return field


def _field(taken: TakenFile, name: str) -> str:
    told = _plain(name)
    yearly = _YEARLY.fullmatch(told)
    for column in taken.columns:
        known = (column.dutch, _plain(column.field))
        if not column.yearly and told in known:
            return column.field
        if column.yearly and yearly and yearly["name"] in known:
            return f"{column.field}.{yearly['year']}"
    return ""


def _plain(name: str) -> str:
    return " ".join(name.replace("_", " ").lower().split())
