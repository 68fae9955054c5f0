"""`bodemplaat restore`: a whole system again from a backup, in an installation that is empty.

The event logs are the truth: the stream is filled from them, in the order that it had, and the
read models are folded from the stream. Reports that were kept come back as they were. No service
runs meanwhile, so nothing new comes before what was. Who was erased since is erased again, as soon
as the services run (`ledger.py`). A restore that fails leaves the installation as empty as it was.
"""

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from rich.console import Console

from bodemplaat.installation import Addresses, Installation
from bodemplaat.operations import postgres_tools, private_files
from bodemplaat.operations.backup import REPORTS, dump_file, reports_file
from bodemplaat.operations.engines import engines
from bodemplaat.operations.manifest import Dumped, Manifest, read
from bodemplaat.privacy import ledger
from bodemplaat.provision import provision_all
from bodemplaat.rebuilding import rebuild
from chassis.databases import (
    DatabaseUrls,
    create_database,
    drop_database,
    existing_databases,
    stateful,
)
from chassis.republish import Republished, republish
from chassis.settings import Settings

LOCK = "lock"


class NotEmpty(Exception):
    """There is a system already; a restore never overwrites one."""


class RestoreFailed(Exception):
    """What was restored is not what was backed up."""


async def restore(installation: Installation, folder: Path, console: Console) -> Manifest:
    """Bring a backup back; the system is stopped afterwards.

    Raises `BackupUnusable`, `AlreadyRunning`, `NotEmpty`, `CredentialsDiffer`, `ToolFailed`,
    `RestoreFailed`, `RebuildFailed`, `LedgerUnreadable`.
    """
    manifest = read(folder)
    with installation.held():
        _require_empty(installation)
        try:
            private_files.bring_back(folder, installation)
            async with engines(installation) as addresses:
                await _bring_back(installation, addresses, folder, manifest, console)
        except BaseException:
            _empty(installation)
            raise
    return manifest


async def _bring_back(
    installation: Installation,
    addresses: Addresses,
    folder: Path,
    manifest: Manifest,
    console: Console,
) -> None:
    async with _databases(installation, addresses, manifest) as urls:
        for service, url in urls.items():
            console.print(f"Database of {service}", highlight=False)
            await postgres_tools.load(url.owner, dump_file(folder, service))
        everybodys = await provision_all(addresses, installation.credentials)
        again = await ledger.erase_again(ledger.read(ledger.beside(folder)), everybodys)
        ledger.tell(ledger.beside(folder), again, console)
        reports, _ = REPORTS
        await postgres_tools.load_rows(everybodys[reports].owner, reports_file(folder))
        await _republish(
            {
                service: _settings(installation, addresses, service, everybodys[service])
                for service in manifest.databases
            },
            manifest,
            console,
        )
        console.print("Read models")
        await rebuild(installation, console)


async def _republish(
    settings: Mapping[str, Settings], manifest: Manifest, console: Console
) -> None:
    events = sum(dumped.events for dumped in manifest.databases.values())
    console.print(f"Stream: {events} events", highlight=False)
    republished = await republish(settings)
    for service, done in republished.items():
        _require_whole(service, done, manifest.databases[service])
    if moved := sum(done.moved for done in republished.values()):
        console.print(
            f"{moved} events have another sequence than they had, for the old stream held others "
            "before them: a report as of a sequence of then is no longer that one.",
            highlight=False,
        )


def _require_whole(service: str, done: Republished, dumped: Dumped) -> None:
    before, after = done.before, done.after
    if before.streamed:
        raise NotEmpty(
            f"the stream holds {before.streamed} events of {service}: "
            "give the system a NATS of its own, or remove its stream by hand"
        )
    if (after.logged, after.streamed, after.missing) != (dumped.events, dumped.events, 0):
        raise RestoreFailed(
            f"{service} had {dumped.events} events, and now {after.logged} in its log "
            f"and {after.streamed} in the stream"
        )


@asynccontextmanager
async def _databases(
    installation: Installation, addresses: Addresses, manifest: Manifest
) -> AsyncIterator[dict[str, DatabaseUrls]]:
    """New databases for the dumps; gone again, with all others, when the block fails."""
    admin_url = addresses.database_url
    if there := await existing_databases(admin_url, stateful()):
        raise NotEmpty(f"PostgreSQL has databases of these names: {', '.join(there)}")
    try:
        yield {
            service: await create_database(
                admin_url, installation.credentials, service, name=service, bare=True
            )
            for service in manifest.databases
        }
    except BaseException:
        for service in stateful():
            await drop_database(admin_url, service)
        raise


def _settings(
    installation: Installation, addresses: Addresses, service: str, urls: DatabaseUrls
) -> Settings:
    return Settings(
        nats_url=addresses.nats_url,
        nats_seed_file=installation.credentials.seed_file(service),
        database_url=urls.runtime,
    )


def _require_empty(installation: Installation) -> None:
    """The folder, which we hold, has nothing in it but the lock."""
    if any(path.name != LOCK for path in installation.folder.iterdir()):
        raise NotEmpty(
            f"{installation.folder} holds a system: `bodemplaat clean` removes it, "
            "or name another folder with BODEMPLAAT_FOLDER"
        )
    postgres = installation.postgres()
    cluster = installation.external() is None and postgres.data_folder() / "PG_VERSION"
    if cluster and cluster.exists():
        raise NotEmpty(f"{cluster.parent} holds a system's data: `bodemplaat clean` removes it")


def _empty(installation: Installation) -> None:
    installation.postgres().forget()
    for path in installation.folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        elif path.name != LOCK:
            path.unlink()
