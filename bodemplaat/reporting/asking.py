"""Asking a running system for a report, with its progress where it has to be made first."""

import asyncio
from typing import Any

from rich.console import Console
from rich.progress import Progress

from bodemplaat.operator import OPERATOR
from bodemplaat.reporting.question import Question
from chassis.client import Client
from contracts.reports import Report

SERVICE = "projection"
PATIENCE_SECONDS = 120.0
POLL_SECONDS = 0.25


async def document(client: Client, question: Question, console: Console) -> Report:
    """Raises `Refused`."""
    answer = await _query(client, "report", question.params())
    if "report" not in answer:
        answer = await _made(client, question, console)
    return Report.model_validate(answer["report"])


async def _made(client: Client, question: Question, console: Console) -> dict[str, Any]:
    """The answer, once what it takes has been made."""
    with Progress(console=console, transient=True) as progress:
        events = progress.add_task("Events", total=None)
        while "report" not in (answer := await _query(client, "report", question.params())):
            job = answer["job"]
            progress.update(events, completed=job["done"], total=job["of"] or None)
            await asyncio.sleep(POLL_SECONDS)
    return answer


async def kept(client: Client, id_: str) -> Report:
    """Raises `Refused`."""
    answer = await _query(client, "kept-report", {"id": id_})
    return Report.model_validate(answer["report"])


async def listed(client: Client, **asked: Any) -> dict[str, Any]:
    """A page of what is kept. Raises `Refused`."""
    return await _query(client, "kept-reports", asked)


async def _query(client: Client, query: str, params: dict[str, Any]) -> dict[str, Any]:
    return await client.query(SERVICE, query, params, OPERATOR, timeout=PATIENCE_SECONDS)
