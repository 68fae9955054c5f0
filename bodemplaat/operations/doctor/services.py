"""The services: ready or why not, and how far the read models are."""

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

from bodemplaat.installation import Installation, NotRunning
from bodemplaat.operations.doctor.finding import Finding
from bodemplaat.operator import OPERATOR, operator_client
from bodemplaat.system import GATEWAY
from chassis.client import Client
from chassis.databases import stateful
from chassis.errors import Refused

ANSWER_SECONDS = 5.0
WATCH_SECONDS = 5.0
REBUILD = "bodemplaat rebuild"


async def examine(installation: Installation) -> list[Finding]:
    """Readiness of each, and the read models when their service is ready."""
    ports = {
        name: int(port)
        for name in (*stateful(), GATEWAY)
        if (port := installation.state.get(f"health.{name}"))
    }
    async with httpx.AsyncClient(timeout=ANSWER_SECONDS) as http:
        told = await asyncio.gather(*(_reasons(http, port) for port in ports.values()))
    findings = [
        readiness(installation, name, reason)
        for name, reasons in zip(ports, told, strict=True)
        for reason in reasons
    ]
    try:
        async with operator_client(installation) as client:
            for name in stateful():
                if name not in ports:
                    findings += await _answers(client, name)
            return findings + await _read_models(client)
    except NotRunning:
        return findings


async def _reasons(http: httpx.AsyncClient, port: int) -> list[str]:
    """Why the process on this port is not ready."""
    try:
        answer = await http.get(f"http://127.0.0.1:{port}/readyz")
        reasons: list[str] = answer.json()["reasons"]
    except (httpx.HTTPError, ValueError, KeyError):
        return ["it does not answer"]
    return reasons


def readiness(installation: Installation, name: str, reason: str) -> Finding:
    """A reason why a service is not ready, and the way out."""
    if REBUILD in reason:
        do = f"Run `{REBUILD}`."
    else:
        log = installation.logs / f"{name}.log"
        do = f"{log} tells more; a process that ends is started again by `bodemplaat run`."
    return Finding(f"service {name}", f"Not ready: {reason}.", do)


async def _answers(client: Client, name: str) -> list[Finding]:
    """A service whose port we do not know is asked over NATS."""
    try:
        await client.administer(name, "parked", {}, OPERATOR, timeout=ANSWER_SECONDS)
    except Refused:
        do = "See whether it runs where it was deployed, and what its log tells."
        return [Finding(f"service {name}", "It does not answer over NATS.", do)]
    return []


async def _read_models(client: Client) -> list[Finding]:
    """Two looks: read models that are behind and do not move are a finding."""
    try:
        before = await _status(client)
        if before["lag"]:
            await asyncio.sleep(WATCH_SECONDS)
        return list(standstill(before, await _status(client)))
    except Refused:
        do = "See what is told of the service projection and its database."
        return [Finding("read models", "Nobody tells how far they are.", do)]


async def _status(client: Client) -> dict[str, Any]:
    return await client.query("projection", "status", {}, OPERATOR, timeout=ANSWER_SECONDS)


def standstill(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Finding]:
    """Read models that had events to fold all the time and folded none."""
    if before["lag"] and after["lag"] and before["sequence"] == after["sequence"]:
        yield Finding(
            "read models",
            f"{after['lag']} events of the stream are not folded, and none gets folded.",
            "The log of projection tells why; `bodemplaat rebuild` makes them anew.",
        )
