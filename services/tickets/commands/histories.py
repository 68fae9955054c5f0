"""Histories of tickets that were kept elsewhere."""

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from chassis.command import Command
from contracts.values import ShortText


class Step(Command):
    """One command of a history, at the moment at which it was done.

    `with` holds that command's fields, without the ticket.
    """

    at: AwareDatetime
    do: Literal[
        "open",
        "assign",
        "start",
        "pause",
        "resume",
        "prioritise",
        "reclassify",
        "resolve",
        "close",
        "reopen",
        "cancel",
        "rate",
    ]
    fields: dict[str, Any] = Field(default_factory=dict, alias="with")


class History(Command):
    """What happened to one ticket elsewhere.

    `external` is its number there, `row` where it stands in what is imported.
    """

    external: ShortText
    row: int = Field(ge=0)
    generated: bool = False
    steps: tuple[Step, ...] = Field(min_length=1, max_length=200)


class ImportTickets(Command):
    """Histories of one source; each becomes a ticket once, whole or not at all."""

    source: ShortText
    histories: tuple[History, ...] = Field(min_length=1, max_length=500)
