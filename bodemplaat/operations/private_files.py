"""The files of an installation that no database holds: keys, passwords, ports, secrets."""

import json
import shutil
from pathlib import Path

from bodemplaat.installation import Installation
from bodemplaat.operations.manifest import files_below

CREDENTIALS, STATE, ISSUER = "credentials", "state.json", "devissuer"
ADDRESSES = ("nats_url", "database_url")
"""Where engines listened that a restored installation does not have."""


class CredentialsDiffer(Exception):
    """The credentials' folder holds another secret of the same name."""


def save(installation: Installation, folder: Path) -> None:
    """Copy them into a folder; each copy can be read by its owner alone."""
    for name, source in _places(installation).items():
        if source.is_file():
            _copy(source, folder / name)
        for file in files_below(source) if source.is_dir() else ():
            _copy(file, folder / name / file.relative_to(source))


def bring_back(folder: Path, installation: Installation) -> None:
    """Copy them from a folder. Raises `CredentialsDiffer`; what is there is never overwritten."""
    places = _places(installation)
    for name in (CREDENTIALS, ISSUER):
        for file in files_below(folder / name):
            _place(file, places[name] / file.relative_to(folder / name))
    for name, value in json.loads((folder / STATE).read_text()).items():
        if name not in ADDRESSES:
            installation.state.keep(name, value)


def _places(installation: Installation) -> dict[str, Path]:
    return {
        CREDENTIALS: installation.credentials.folder,
        STATE: installation.state.file,
        ISSUER: installation.folder / ISSUER,
    }


def _place(file: Path, target: Path) -> None:
    if not target.exists():
        _copy(file, target)
    elif target.read_bytes() != file.read_bytes():
        raise CredentialsDiffer(f"{target} is there already, and differs from the backup's")


def _copy(file: Path, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    target.touch(mode=0o600)
    shutil.copyfile(file, target)
