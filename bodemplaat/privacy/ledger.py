"""`erasures.jsonl`, beside the backups: who was erased, so that no backup brings anybody back.

Every backup adds to it, and `bodemplaat privacy erasures` does in between. A restore erases again
whomever it names and the backup does not know to be erased.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError
from rich.console import Console

from bodemplaat.installation import Installation
from bodemplaat.operations.engines import database_server
from chassis import erasures
from chassis.credentials import write_private
from chassis.databases import DatabaseUrls, database_urls
from chassis.erasures import Erased
from contracts.topology import SERVICES

NAME = "erasures.jsonl"


class LedgerUnreadable(Exception):
    """A line of the ledger is not what a backup writes; the message tells which."""


class Line(BaseModel):
    """A person whom a service erased; the last time, if there were several."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    service: str
    subject: str
    asked_at: AwareDatetime


def beside(backup: Path) -> Path:
    """Where the ledger of a backup's folder stands."""
    return backup.resolve().parent / NAME


def keepers() -> tuple[str, ...]:
    """The services that keep personal data."""
    return tuple(service.name for service in SERVICES if service.keeps_persons)


def read(file: Path) -> list[Line]:
    """What the ledger holds; nothing where there is none. Raises `LedgerUnreadable`."""
    if not file.exists():
        return []
    lines = []
    for number, text in enumerate(file.read_text().splitlines(), start=1):
        try:
            lines.append(Line.model_validate_json(text))
        except ValidationError:
            raise LedgerUnreadable(f"{file}, line {number}, cannot be read") from None
    return lines


async def update(file: Path, urls: Mapping[str, str]) -> int:
    """Add whom the services, by their owner's URLs, have erased; returns how many it names."""
    lines = read(file)
    for service in keepers():
        lines += [
            Line(service=service, subject=each.subject, asked_at=each.asked_at)
            for each in await erasures.register(urls[service])
        ]
    newest = {(line.service, line.subject): line for line in sorted(lines, key=_asked_at)}
    write_private(file, "".join(f"{line.model_dump_json()}\n" for line in newest.values()))
    return len(newest)


async def note_backup(urls: Mapping[str, str], taken_at: datetime) -> None:
    """Remember with the keys that a backup holds them."""
    for service in keepers():
        await erasures.note_backup(urls[service], taken_at)


async def erase_again(lines: Iterable[Line], urls: Mapping[str, DatabaseUrls]) -> int:
    """Have everybody erased whom a restored backup brought back; returns how many."""
    again = 0
    for service in keepers():
        people = [Erased(line.subject, line.asked_at) for line in lines if line.service == service]
        again += await erasures.erase_again(urls[service].owner, people)
    return again


async def write(installation: Installation, folder: Path) -> int:
    """Bring the ledger in this folder up to date. Raises `NotRunning`, `LedgerUnreadable`."""
    async with database_server(installation) as admin_url:
        credentials = installation.credentials
        urls = {
            service: database_urls(admin_url, credentials, service, name=service).owner
            for service in keepers()
        }
        return await update(folder / NAME, urls)


def tell(file: Path, again: int, console: Console) -> None:
    """Tell how far the ledger went: who asked later must be erased by hand."""
    if not file.exists():
        console.print(f"There is no {file}: nobody was erased again.", style="red")
        return
    until = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    console.print(f"People to be erased again at the start: {again}", highlight=False)
    console.print(
        f"Erasures are known until {until:%Y-%m-%d %H:%M:%S %Z}: erase by hand who asked later.",
        highlight=False,
    )


def _asked_at(line: Line) -> datetime:
    return line.asked_at
