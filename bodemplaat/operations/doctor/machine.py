"""The machine: room on its disks, and files that others must not read."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from bodemplaat.installation import Installation
from bodemplaat.operations.doctor.finding import Finding
from chassis.databases import owner_role, stateful
from chassis.permissions import account_users

GIBIBYTE = 2**30
LEAST_FREE_BYTES = GIBIBYTE
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def examine(installation: Installation) -> Iterator[Finding]:
    """Disk space and the modes of files with secrets."""
    for place in _places(installation):
        yield from room(place, shutil.disk_usage(place).free)
    for path in secrets(installation):
        yield from privacy(path)


def room(place: Path, free: int) -> Iterator[Finding]:
    """Less than a gibibyte is too little: PostgreSQL and NATS stop when there is none."""
    if free < LEAST_FREE_BYTES:
        yield Finding(
            "disk",
            f"{place} has {free / GIBIBYTE:.2f} GiB left.",
            "Make room, or move the installation to a larger disk: engines stop on a full one.",
        )


def privacy(path: Path) -> Iterator[Finding]:
    """Its owner alone may read it."""
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & _OTHERS:
        wanted = "700" if path.is_dir() else "600"
        yield Finding(
            "credentials",
            f"{path} can be reached by other users of this machine (mode {mode:o}).",
            f"Run `chmod {wanted} {path}`; when others work here, make its secret anew.",
        )


def lacking(installation: Installation) -> list[Finding]:
    """Secrets that an installation has from its first start on."""
    users = [f"{user.name}.nk" for user in account_users()]
    roles = [f"{role}.password" for name in stateful() for role in (name, owner_role(name))]
    folder = installation.credentials.folder
    missing = [name for name in (*users, *roles) if not (folder / name).is_file()]
    if not missing:
        return []
    return [
        Finding(
            "credentials",
            f"{folder} lacks {', '.join(missing)}.",
            "Name the right folder with BODEMPLAAT_CREDENTIALS, or put the files back from a "
            "backup; `bodemplaat provision` makes new ones.",
        )
    ]


def secrets(installation: Installation) -> Iterator[Path]:
    """Files and folders with secrets, as far as they are there."""
    folder = installation.credentials.folder
    if folder.is_dir():
        yield folder
        yield from sorted(path for path in folder.iterdir() if path.is_file())
    for state in (
        installation.state.file,
        installation.folder / "postgres" / "state.json",
        installation.folder / "nats" / "nats.conf",
    ):
        if state.is_file():
            yield state


def _places(installation: Installation) -> Iterator[Path]:
    if installation.folder.is_dir():
        yield installation.folder
    if (installation.folder / "postgres").is_dir():
        yield installation.postgres().data_folder().parent
