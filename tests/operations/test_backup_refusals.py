"""What cannot be backed up or restored is told, and changes nothing."""

import shutil
from collections.abc import AsyncIterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from rich.console import Console

from bodemplaat.installation import AlreadyRunning, Installation, NotRunning
from bodemplaat.operations.backup import FolderTaken, backup
from bodemplaat.operations.manifest import NAME, BackupUnusable, Manifest, sha256
from bodemplaat.operations.postgres_tools import ToolFailed
from bodemplaat.operations.restore import NotEmpty, restore
from bodemplaat.system import System

pytestmark = pytest.mark.slow


def quiet() -> Console:
    return Console(file=StringIO())


@pytest_asyncio.fixture(scope="module")
async def made(system: System, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of a system that runs."""
    if system.installation.external():
        pytest.skip("restoring needs servers that are empty")
    folder = tmp_path_factory.mktemp("backup") / "made"
    await backup(system.installation, folder, quiet())
    return folder


@pytest.fixture
async def installation(tmp_path: Path) -> AsyncIterator[Installation]:
    """An empty one."""
    fresh = Installation(tmp_path / "run")
    yield fresh
    fresh.forget()


@pytest.fixture
def copied(made: Path, tmp_path: Path) -> Path:
    """A backup that may be spoilt."""
    return Path(shutil.copytree(made, tmp_path / "backup"))


async def refusal(installation: Installation, folder: Path) -> str:
    with pytest.raises(BackupUnusable) as refused:
        await restore(installation, folder, quiet())
    assert not installation.folder.exists()
    return str(refused.value)


async def test_a_folder_that_is_no_backup_is_told(
    installation: Installation, tmp_path: Path
) -> None:
    assert "manifest.json is missing" in await refusal(installation, tmp_path)


async def test_a_backup_that_is_incomplete_is_told(
    installation: Installation, copied: Path
) -> None:
    (copied / "databases" / "tickets.dump").unlink()
    assert "databases/tickets.dump is missing" in await refusal(installation, copied)


async def test_a_backup_that_is_damaged_is_told(installation: Installation, copied: Path) -> None:
    with (copied / "databases" / "tickets.dump").open("ab") as file:
        file.write(b"!")
    assert "databases/tickets.dump is not as it was" in await refusal(installation, copied)


def rewrite(folder: Path, **changes: Any) -> None:
    manifest = Manifest.model_validate_json((folder / NAME).read_bytes())
    manifest.model_copy(update=changes).write(folder)


async def test_a_backup_of_another_release_is_told(
    installation: Installation, copied: Path
) -> None:
    rewrite(copied, release="0.0.7")
    assert "made by release 0.0.7" in await refusal(installation, copied)


async def test_tables_of_another_revision_are_told(
    installation: Installation, copied: Path
) -> None:
    manifest = Manifest.model_validate_json((copied / NAME).read_bytes())
    other = manifest.databases["tickets"].model_copy(update={"revision": "r9999"})
    rewrite(copied, databases={**manifest.databases, "tickets": other})
    assert "tickets is at revision r9999" in await refusal(installation, copied)


async def test_a_restore_that_fails_leaves_the_installation_empty(
    installation: Installation, copied: Path
) -> None:
    """A file that is as it was written, and yet no dump."""
    broken = copied / "databases" / "tickets.dump"
    broken.write_bytes(b"PGDMP")
    manifest = Manifest.model_validate_json((copied / NAME).read_bytes())
    rewrite(copied, files={**manifest.files, "databases/tickets.dump": sha256(broken)})
    with pytest.raises(ToolFailed, match="pg_restore failed"):
        await restore(installation, copied, quiet())
    assert [path.name for path in installation.folder.iterdir()] == ["lock"]


async def test_a_system_is_never_overwritten(made: Path, installation: Installation) -> None:
    installation.state.keep("case", "de-liemers")
    with pytest.raises(NotEmpty, match="holds a system"):
        await restore(installation, made, quiet())
    assert installation.state.get("case") == "de-liemers"


async def test_nor_is_one_that_runs(made: Path, installation: Installation) -> None:
    with installation.held(), pytest.raises(AlreadyRunning):
        await restore(installation, made, quiet())


async def test_a_folder_that_holds_something_is_left_alone(
    installation: Installation, tmp_path: Path
) -> None:
    (tmp_path / "letter").write_text("dear")
    with pytest.raises(FolderTaken):
        await backup(installation, tmp_path, quiet())
    assert (tmp_path / "letter").read_text() == "dear"


async def test_where_nothing_ever_ran_there_is_nothing_to_back_up(
    installation: Installation, tmp_path: Path
) -> None:
    with pytest.raises(NotRunning):
        await backup(installation, tmp_path / "backup", quiet())
    assert not (tmp_path / "backup").exists()
