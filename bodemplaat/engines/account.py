"""As whom an engine runs, and where that account can keep its data.

PostgreSQL refuses to run as root. Started by root, it runs as an unprivileged system account,
in a folder that account can reach; nobody's permissions are loosened to make it so.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_CANDIDATES = ("postgres", "nobody")
_SHARED_PLACES = (Path("/var/lib/bodemplaat"), Path("/var/tmp/bodemplaat"))  # noqa: S108  survives a restart, unlike /tmp


class NoAccountError(RuntimeError):
    """Root may not run PostgreSQL, and the system has no unprivileged account to run it as."""


class NoPlaceError(RuntimeError):
    """There is no folder that both the operator and the engine's account can use."""


@dataclass(frozen=True, slots=True)
class Account:
    """A system account, by its ids."""

    uid: int
    gid: int

    def popen_options(self) -> dict[str, Any]:
        """Arguments with which `subprocess` starts a process as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def reaches(self, folder: Path) -> bool:
        """Whether this account can enter the folder."""
        attempt = subprocess.run(  # noqa: S603  a fixed command
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
            check=False,
            stderr=subprocess.DEVNULL,
            **self.popen_options(),
        )
        return attempt.returncode == 0

    def own(self, path: Path) -> None:
        """Give the path, and all below it, to this account."""
        for folder, _, names in os.walk(path):
            for name in (".", *names):
                os.chown(Path(folder, name), self.uid, self.gid, follow_symlinks=False)
        if path.is_file():
            os.chown(path, self.uid, self.gid)


def unprivileged() -> Account | None:
    """The account to drop to; `None` when this process is not root and can stay who it is."""
    if os.geteuid() != 0:
        return None
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise NoAccountError(f"none of the accounts {', '.join(_CANDIDATES)} exists")


def place(wanted: Path, account: Account | None) -> Path:
    """The folder to use for `wanted`: itself, or a substitute that the account can reach.

    The substitute depends on the path only, so that a later run finds its data again.
    """
    if account is None:
        wanted.mkdir(parents=True, exist_ok=True)
        return wanted
    for candidate in (wanted, *substitutes(wanted)):
        if _prepared(candidate) and account.reaches(candidate):
            return candidate
    raise NoPlaceError(f"the account that runs PostgreSQL cannot reach {wanted}")


def substitutes(wanted: Path) -> tuple[Path, ...]:
    """The folders that may stand in for `wanted` when its parents are private."""
    digest = hashlib.sha256(str(wanted.resolve()).encode()).hexdigest()[:12]
    return tuple(shared / digest for shared in _SHARED_PLACES)


def forget(wanted: Path) -> None:
    """Remove the folder and whatever stood in for it."""
    for candidate in (wanted, *substitutes(wanted)):
        shutil.rmtree(candidate, ignore_errors=True)


def _prepared(folder: Path) -> bool:
    """Make the folder; only what is made here can be entered by others, and not be listed."""
    try:
        missing = [path for path in (folder, *folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir()
            path.chmod(0o711)
    except OSError:
        return False
    return True
