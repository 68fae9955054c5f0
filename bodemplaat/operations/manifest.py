"""What a backup says of itself: `manifest.json`, written last, so that half a backup has none."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import file_digest
from importlib.metadata import version
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from chassis import migrations
from chassis.credentials import write_private
from contracts.topology import SERVICES

NAME = "manifest.json"
PACKAGE = "bodemplaat"


class BackupUnusable(Exception):
    """The folder is no backup that can be restored by this release; the message tells why."""


class Dumped(BaseModel):
    """One database: its migration, the events of its log, and the newest of them in the stream."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    revision: str
    events: int
    stream_sequence: int | None


class Manifest(BaseModel):
    """`taken_at` is the moment of the snapshots; `files` are SHA-256 by path in the folder."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: Literal[1] = 1
    release: str
    taken_at: datetime
    databases: dict[str, Dumped]
    files: dict[str, str]

    def write(self, folder: Path) -> None:
        write_private(folder / NAME, self.model_dump_json(indent=2))

    def require_whole(self, folder: Path) -> None:
        """Raises `BackupUnusable` when a file lacks or is not as it was written."""
        for name, digest in self.files.items():
            if not (folder / name).is_file():
                raise BackupUnusable(f"the backup is incomplete: {name} is missing")
            if sha256(folder / name) != digest:
                raise BackupUnusable(f"the backup is damaged: {name} is not as it was written")

    def require_release(self) -> None:
        """Raises `BackupUnusable` unless this release has the same tables."""
        if self.release != release():
            raise BackupUnusable(
                f"the backup was made by release {self.release} and this is {release()}: "
                "restore it with that release, and upgrade after"
            )
        if set(self.databases) != set(kept()):
            raise BackupUnusable(
                f"the backup holds {', '.join(sorted(self.databases))}, "
                f"and this release keeps {', '.join(sorted(kept()))}"
            )
        for service, dumped in self.databases.items():
            if dumped.revision != migrations.newest(service):
                raise BackupUnusable(
                    f"the database of {service} is at revision {dumped.revision}, "
                    f"and this release is at {migrations.newest(service)}"
                )


def read(folder: Path) -> Manifest:
    """The manifest of a whole backup of this release. Raises `BackupUnusable`."""
    try:
        manifest = Manifest.model_validate_json((folder / NAME).read_bytes())
    except FileNotFoundError:
        raise BackupUnusable(f"{folder} holds no whole backup: {NAME} is missing") from None
    except ValidationError:
        raise BackupUnusable(f"{folder / NAME} cannot be read") from None
    manifest.require_release()
    manifest.require_whole(folder)
    return manifest


def kept() -> tuple[str, ...]:
    """The services whose databases hold what is nowhere else.

    One that only reads the stream holds read models, which are folded from it anew.
    """
    return tuple(
        service.name
        for service in SERVICES
        if service.answers
        and not (service.reads_stream and not service.commands and not service.consumers)
    )


def release() -> str:
    return version(PACKAGE)


def digests(folder: Path) -> dict[str, str]:
    """SHA-256 of every file below the folder, by its path in it."""
    return {str(path.relative_to(folder)): sha256(path) for path in files_below(folder)}


def files_below(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sha256(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()
