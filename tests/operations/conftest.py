"""The operator's command as a process."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]
OURS = ("NATS_URL", "DATABASE_URL", "CASE", "PORT")

Command = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def command() -> Command:
    """`command(folder, "reconcile", …)` runs it on the installation in the folder."""

    def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        return subprocess.run(
            [sys.executable, "-m", "bodemplaat", *words],
            cwd=CHECKOUT,
            env=kept | {"BODEMPLAAT_FOLDER": str(folder), "COLUMNS": "200"},
            check=False,
            capture_output=True,
            text=True,
            timeout=170,
        )

    return run
