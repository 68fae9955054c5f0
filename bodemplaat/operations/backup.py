"""`bodemplaat backup`: everything that is nowhere else, at one consistent point, in a folder.

The system may run or be stopped. The folder appears when it is whole, and not before.
"""

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from bodemplaat.installation import Installation
from bodemplaat.operations import postgres_tools, private_files
from bodemplaat.operations.engines import database_server
from bodemplaat.operations.manifest import Dumped, Manifest, digests, kept, release
from bodemplaat.privacy import ledger
from chassis.clock import utc_now
from chassis.credentials import write_private
from chassis.databases import database_urls
from chassis.snapshots import snapshots

DATABASES = "databases"
REPORTS = ("projection", "kept_report")
"""The database and the table of the reports that were kept: all else there are read models."""


class FolderTaken(Exception):
    """There is something in the folder that was named."""


async def backup(installation: Installation, folder: Path, console: Console) -> Manifest:
    """Make a backup in a folder that is not there yet, or empty.

    Raises `FolderTaken`, `NotRunning` when there is nothing to back up, `ConsumerBusy`,
    `ToolFailed`, `LedgerUnreadable`.
    """
    with _made_whole(folder) as fresh:
        async with database_server(installation) as admin_url:
            urls = _urls(installation, admin_url, kept())
            reports = _urls(installation, admin_url, [REPORTS[0]])[REPORTS[0]]
            manifest = await _fill(installation, urls, reports, fresh, console)
            await ledger.note_backup(urls, manifest.taken_at)
            await ledger.update(ledger.beside(folder), urls)
        manifest.write(fresh)
    return manifest


def _urls(installation: Installation, admin_url: str, services: Iterable[str]) -> dict[str, str]:
    """The owners' URLs."""
    return {
        service: database_urls(admin_url, installation.credentials, service, name=service).owner
        for service in services
    }


async def _fill(
    installation: Installation,
    urls: Mapping[str, str],
    reports: str,
    folder: Path,
    console: Console,
) -> Manifest:
    (folder / DATABASES).mkdir(mode=0o700)
    async with snapshots(urls) as taken:
        taken_at = utc_now()
        for service, snapshot in taken.items():
            console.print(f"Database of {service}: {snapshot.events} events", highlight=False)
            file = dump_file(folder, service)
            write_private(file, "")
            await postgres_tools.dump(urls[service], snapshot.name, file)
    write_private(reports_file(folder), "")
    await postgres_tools.dump_rows(reports, REPORTS[1], reports_file(folder))
    private_files.save(installation, folder)
    return Manifest(
        release=release(),
        taken_at=taken_at,
        databases={
            service: Dumped(
                revision=snapshot.revision,
                events=snapshot.events,
                stream_sequence=snapshot.stream_sequence,
            )
            for service, snapshot in taken.items()
        },
        files=digests(folder),
    )


def dump_file(folder: Path, service: str) -> Path:
    return folder / DATABASES / f"{service}.dump"


def reports_file(folder: Path) -> Path:
    return folder / DATABASES / "reports.dump"


@contextmanager
def _made_whole(folder: Path) -> Iterator[Path]:
    """A private folder beside it, which takes its place when the block ends well."""
    folder = folder.resolve()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderTaken(f"{folder} is not empty: name a folder of its own for each backup")
    fresh = folder.with_name(f".{folder.name}.{os.getpid()}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh.mkdir(mode=0o700)
    try:
        yield fresh
        fresh.replace(folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
