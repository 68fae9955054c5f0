"""How a row becomes a table: its fields are the columns, its first field the key.

A row is a tuple, because a rebuild makes millions of them. Its first field is the aggregate's id
and its second the aggregate's version up to which it is folded.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Index,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

from services.projection.column_kinds import Json, StreamSequence

Row = tuple[Any, ...]

_TYPES: dict[object, type[TypeEngine[Any]]] = {
    str: Text,
    int: Integer,
    bool: Boolean,
    date: Date,
    datetime: DateTime,
    Decimal: Numeric,
    Json: JSONB,
    StreamSequence: BigInteger,
}


@dataclass(frozen=True, slots=True)
class ReadModel:
    """A kind of row and its table. `key` is the name of the field with the aggregate's id."""

    row: type[Row]
    table: Table

    @property
    def name(self) -> str:
        return self.table.name

    @property
    def key(self) -> str:
        return self.columns[0]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.table.columns.keys())


VACUUMED_OFTEN = {
    "autovacuum_vacuum_scale_factor": "0.02",
    "autovacuum_vacuum_insert_scale_factor": "0.02",
}
"""For a table that is read from indexes alone: that is possible where it was vacuumed."""


def read_model(
    row: type[Row],
    name: str,
    *indexes: Index,
    key: str | None = None,
    storage: Mapping[str, str] | None = None,
) -> ReadModel:
    """The read model of a row. Without `key` its rows are only ever added.

    `storage` are parameters of PostgreSQL's for the table.
    """
    hints = get_type_hints(row, include_extras=True)
    columns = [_column(field, hint, key=field == key) for field, hint in hints.items()]
    return ReadModel(row, Table(name, MetaData(), *columns, *indexes, postgresql_with=storage))


def _column(name: str, hint: Any, *, key: bool) -> Column[Any]:
    nullable = get_origin(hint) is UnionType
    base = get_args(hint)[0] if nullable else hint
    kind = DateTime(timezone=True) if base is datetime else _TYPES[base]()
    return Column(name, kind, primary_key=key, nullable=nullable)


def index(
    name: str,
    *columns: str,
    where: str | None = None,
    unique: bool = False,
    holds: Sequence[str] = (),
) -> Index:
    """What is asked of the columns that it `holds` besides is answered without the table."""
    condition = None if where is None else text(where)
    return Index(
        name, *columns, unique=unique, postgresql_where=condition, postgresql_include=holds
    )
