"""What is promised holds whatever happens, and only because of each of the rules.

Each run prints its seed; `SIMULATION_SEED` does it again.
"""

import os
import secrets
from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.faults.simulation import Simulation

EXAMPLES, STEPS = 600, 80
SEED = int(os.environ.get("SIMULATION_SEED") or secrets.randbelow(2**32))


def simulate(machine: type[Simulation], *, phases: Sequence[Phase] = tuple(Phase)) -> None:
    run_state_machine_as_test(
        seed(SEED)(machine),
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            print_blob=True,
            suppress_health_check=list(HealthCheck),
            phases=phases,
        ),
    )


def test_everything_holds_whatever_happens() -> None:
    print(f"SIMULATION_SEED={SEED}")  # noqa: T201  pytest shows it when the test fails
    simulate(Simulation)


@pytest.mark.parametrize(
    "missing",
    [
        "kept replies",
        "an id is no cursor",
        "the stream knows ids",
        "unknown is not success",
        "reconciliation",
        "compare and set",
    ],
)
def test_without_one_of_the_rules_it_does_not(missing: str) -> None:
    flawed = type("Flawed", (Simulation,), {"flaw": missing})
    with pytest.raises(AssertionError):
        simulate(flawed, phases=[Phase.generate])
