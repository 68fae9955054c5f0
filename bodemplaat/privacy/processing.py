"""`bodemplaat privacy processing-log`: the processing log, page by page."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import orjson
from rich.console import Console

from bodemplaat.installation import Installation
from bodemplaat.operator import OPERATOR, operator_client

SIZE = 100


async def ask(
    installation: Installation,
    subject: str | None,
    since: datetime | None,
    until: datetime | None,
    page: int,
) -> Mapping[str, Any]:
    """A page of the log. Raises `NotRunning`, `Refused`."""
    asked = {"subject": subject, "from": _utc(since), "to": _utc(until), "page": page, "size": SIZE}
    given = {name: value for name, value in asked.items() if value is not None}
    async with operator_client(installation) as client:
        return await client.query("tickets", "processing-log", given, OPERATOR)


def show(reply: Mapping[str, Any], console: Console) -> None:
    """The lines on standard output, how many there are beside it."""
    for line in reply["lines"]:
        sys.stdout.write(f"{orjson.dumps(line).decode()}\n")
    pages = max(1, -(-reply["total"] // reply["size"]))
    told = f"Page {reply['page']} of {pages}; {reply['total']} lines."
    console.print(told, highlight=False)


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.replace(tzinfo=moment.tzinfo or UTC).isoformat()
