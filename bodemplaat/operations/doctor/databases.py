"""PostgreSQL: each service's database, and what waits in it."""

import asyncio
from collections.abc import Iterator
from datetime import datetime, timedelta

from bodemplaat.installation import Installation
from bodemplaat.operations.doctor.finding import Finding, lasting
from chassis import migrations
from chassis.clock import utc_now
from chassis.condition import (
    Condition,
    DatabaseMissing,
    DatabaseUnreachable,
    LoginRefused,
    TablesMissing,
    condition,
)
from chassis.databases import database_urls, stateful

PATIENCE = timedelta(seconds=30)
"""Events that are not published, and timers that have not fired, for longer are a finding."""
CLOCKS_APART = timedelta(seconds=5)
START = "Start the system with `bodemplaat run`, or PostgreSQL where it is not ours."
PROVISION = "Run `bodemplaat provision`."


async def examine(installation: Installation, admin_url: str) -> list[Finding]:
    """Everything that PostgreSQL can tell."""
    findings: list[Finding] = []
    for service in stateful():
        urls = database_urls(admin_url, installation.credentials, service, name=service)
        try:
            findings += await _examine(service, urls.runtime)
        except DatabaseUnreachable as error:
            return [Finding("postgresql", f"PostgreSQL does not answer: {error}.", START)]
    return findings


async def _examine(service: str, url: str) -> list[Finding]:
    check = f"database of {service}"
    try:
        found = await condition(url)
    except DatabaseMissing:
        return [Finding(check, "There is no such database.", f"{PROVISION} Or restore a backup.")]
    except LoginRefused:
        do = f"{PROVISION} It sets the password of the credentials."
        return [Finding(check, "PostgreSQL refuses the service's password.", do)]
    except TablesMissing:
        return [_pending(check)]
    findings = [*_waiting(service, found), *_parked(found), *clock(found, utc_now())]
    if await asyncio.to_thread(migrations.pending, service, url):
        findings.append(_pending(check))
    return findings


def _pending(check: str) -> Finding:
    do = f"{PROVISION} It migrates; services refuse to start before."
    return Finding(check, "Its tables are not those of this release.", do)


def _waiting(service: str, found: Condition) -> Iterator[Finding]:
    if late(found.unpublished_since, found.now):
        yield Finding(
            f"relay of {service}",
            f"{found.unpublished} events are not in the stream, the oldest for "
            f"{_since(found.unpublished_since, found.now)}.",
            f"They are safe in its event log, and go out by themselves once {service} runs and "
            "NATS takes them; its log tells what stops it.",
        )
    if late(found.overdue_since, found.now):
        yield Finding(
            f"timers of {service}",
            f"{found.overdue} timers are due and have not fired, the oldest for "
            f"{_since(found.overdue_since, found.now)}.",
            f"They fire by themselves, with their true time, once {service} runs; when it does, "
            "its log names the timer that fails.",
        )


def _parked(found: Condition) -> Iterator[Finding]:
    for parked in found.parked:
        names = f"{parked.consumer} {parked.aggregate}"
        yield Finding(
            "parked events",
            f"{parked.events} of {parked.aggregate} wait for {parked.consumer}: {parked.error}",
            f"Look with `bodemplaat parked show {names}`; once the cause is gone, "
            f"`bodemplaat parked retry {names}`.",
        )


def clock(found: Condition, here: datetime) -> Iterator[Finding]:
    """Whether PostgreSQL's clock is ours, and neither has been set back."""
    apart = abs(found.now - here)
    if apart > CLOCKS_APART:
        yield Finding(
            "clock",
            f"The clocks of this machine and of PostgreSQL are {lasting(apart)} apart.",
            "Let both follow a time server (NTP): due moments and reports depend on it.",
        )
    if found.last_recorded and found.last_recorded > found.now + CLOCKS_APART:
        yield Finding(
            "clock",
            f"The last event was recorded {lasting(found.last_recorded - found.now)} from now.",
            "The clock was ahead, or is behind: let the machine follow a time server (NTP).",
        )


def late(since: datetime | None, now: datetime) -> bool:
    return since is not None and now - since > PATIENCE


def _since(moment: datetime | None, now: datetime) -> str:
    return lasting(now - moment) if moment else "a while"
