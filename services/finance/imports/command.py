"""The order to take in rows of a file."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from chassis.command import Command
from contracts.finance.files import FileKind

Cell = Annotated[str, Field(max_length=4000)]


class FileRow(BaseModel):
    """A row by the fields of its columns; `line` is where it stands in the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int = Field(ge=1)
    values: dict[str, Cell] = Field(max_length=200)


class ImportRows(Command):
    """Rows of one kind of file; each line once. The reply tells what became of each of them."""

    kind: FileKind
    rows: tuple[FileRow, ...] = Field(min_length=1, max_length=2000)
