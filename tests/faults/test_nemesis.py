"""The whole system under a seeded attack: nothing lost, nothing doubled, all of it back in time."""

import asyncio
import secrets
import signal
import sys
from pathlib import Path

import pytest

NEMESIS = Path(__file__).parent / "nemesis"
SECONDS = 25
PATIENCE_SECONDS = 240.0


@pytest.mark.slow
@pytest.mark.timeout(300)
async def test_everything_that_was_promised_holds_after_an_attack(engines: str) -> None:
    """The output has the seed and every action; `make soak SEED=…` does the same again."""
    if engines != "embedded":
        pytest.skip("the attack is on processes and links of this machine")
    seed = secrets.randbelow(1_000_000)
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, str(NEMESIS), "--seconds", str(SECONDS), "--seed", str(seed)),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        output, _ = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
            await process.wait()
    sys.stdout.write(output.decode())
    assert process.returncode == 0, f"seed {seed}\n{output.decode()}"
