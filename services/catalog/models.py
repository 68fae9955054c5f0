"""Tables of `catalog`: the present state of each aggregate, for deciding on the next command."""

from typing import Any

from sqlalchemy import Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Row(SQLModel, registry=registry()):
    """One aggregate. The table's name is its kind, as in the aggregate's id: `partner/zevenaar`."""

    key: str = Field(primary_key=True, sa_type=Text)
    version: int
    state: dict[str, Any] = Field(sa_type=JSONB)


class Partner(Row, table=True):
    pass


class Item(Row, table=True):
    pass


class Calendar(Row, table=True):
    pass


class Norm(Row, table=True):
    pass


class Experience(Row, table=True):
    pass


class Agreement(Row, table=True):
    partner: str = Field(index=True, sa_type=Text)
