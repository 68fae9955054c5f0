"""NATS: the stream and its consumers as they must be, and getting on."""

import asyncio
from collections.abc import Coroutine, Iterator, Mapping
from typing import Any

from bodemplaat.installation import Addresses, Installation
from bodemplaat.operations.doctor.finding import Finding
from chassis.broker import connect
from chassis.condition import Backlog, backlogs
from chassis.permissions import PROVISIONER
from chassis.provisioning import Drift, check
from chassis.settings import Settings

CONNECT_SECONDS = 5.0
WATCH_SECONDS = 5.0
"""Who has events before it and settles none for so long is stuck."""


async def examine(
    installation: Installation, addresses: Addresses, *, replicas: int
) -> list[Finding]:
    """Everything that NATS can tell."""
    seed = installation.credentials.seed_file(PROVISIONER)
    settings = Settings(nats_url=addresses.nats_url, nats_seed_file=seed)
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            connection = await connect(settings, PROVISIONER)
    except Exception as error:  # noqa: BLE001  whatever it is, it is the reason
        return [_unreachable(error)]
    try:
        findings = await _drift(check(connection, replicas=replicas))
        before = await backlogs(connection)
        if any(each.waiting for each in before.values()):
            await asyncio.sleep(WATCH_SECONDS)
        return [*findings, *stuck(before, await backlogs(connection))]
    except Exception as error:  # noqa: BLE001  as above
        return [_unreachable(error)]
    finally:
        await connection.close()


def _unreachable(error: Exception) -> Finding:
    reason = str(error) or type(error).__name__
    return Finding(
        "nats",
        f"NATS does not answer: {reason}.",
        "Start the system with `bodemplaat run`, or NATS where it is not ours; when it runs, "
        "compare its accounts with `bodemplaat accounts`.",
    )


async def _drift(checking: Coroutine[Any, Any, None]) -> list[Finding]:
    try:
        await checking
    except Drift as drift:
        return [_difference(what) for what in drift.differences]
    return []


def _difference(what: str) -> Finding:
    if what.endswith("is missing"):
        do = "Run `bodemplaat provision`, then `bodemplaat reconcile`."
    else:
        do = "Set it right with an administrator's `nats` command; nothing of ours changes it."
    return Finding("stream", f"{what[0].upper()}{what[1:]}.", do)


def stuck(before: Mapping[str, Backlog], after: Mapping[str, Backlog]) -> Iterator[Finding]:
    """The consumers that had work all the time and settled none of it."""
    for name in sorted(before.keys() & after.keys()):
        then, now = before[name], after[name]
        if then.waiting and now.waiting and then.settled == now.settled:
            yield Finding(
                f"consumer {name}",
                f"{now.waiting} events wait and none gets through.",
                "Nothing is lost: its service takes them in once it runs; when it does, "
                "its log tells which event it tries.",
            )
