"""`pg_dump` and `pg_restore`, of the embedded PostgreSQL or else from the PATH."""

import asyncio
import os
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from bodemplaat.engines.postgres import binaries
from bodemplaat.engines.process import EngineFailedError


class ToolFailed(Exception):
    """A program of PostgreSQL is not there, or could not do its work; the message is its own."""


async def dump(url: str, snapshot: str, file: Path) -> None:
    """Write the database, as the snapshot has it, to a file that is there already."""
    await _run("pg_dump", url, "--format=custom", f"--snapshot={snapshot}", f"--file={file}")


async def dump_rows(url: str, table: str, file: Path) -> None:
    """Write the rows of one table to a file that is there already."""
    await _run(
        "pg_dump", url, "--format=custom", "--data-only", f"--table={table}", f"--file={file}"
    )


async def load(url: str, file: Path) -> None:
    """Fill an empty database from a dump, whole or not at all."""
    await _run(
        "pg_restore", url, "--single-transaction", "--exit-on-error", "--no-owner", str(file)
    )


async def load_rows(url: str, file: Path) -> None:
    """Fill an empty table with the rows that were dumped, whole or not at all."""
    await _run(
        "pg_restore", url, "--single-transaction", "--exit-on-error", "--data-only", str(file)
    )


async def _run(program: str, url: str, *arguments: str) -> None:
    """The password travels in the environment, for arguments can be read by everybody."""
    address, password = _without_password(url)
    process = await asyncio.create_subprocess_exec(
        _path(program),
        f"--dbname={address}",
        *arguments,
        env={**os.environ, "PGPASSWORD": password},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, told = await process.communicate()
    except asyncio.CancelledError:
        process.kill()
        await process.wait()
        raise
    if process.returncode != 0:
        raise ToolFailed(f"{program} failed: {told.decode(errors='replace').strip()}")


def _path(program: str) -> str:
    try:
        embedded = binaries() / program
    except EngineFailedError:
        embedded = Path(program)
    found = shutil.which(embedded) or shutil.which(program)
    if found is None:
        raise ToolFailed(f"{program} is neither with the embedded PostgreSQL nor on the PATH")
    return found


def _without_password(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    place = parts.netloc.rpartition("@")[2]
    user = parts.netloc.partition(":")[0].partition("@")[0]
    return urlunsplit(parts._replace(netloc=f"{user}@{place}")), unquote(parts.password or "")
