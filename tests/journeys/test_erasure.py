"""Nothing of an erased person is left to read: looked for in all that the whole system keeps."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import asyncpg
import httpx
import pytest

from bodemplaat.system import System
from chassis.database import driver_url
from chassis.databases import database_urls, stateful
from chassis.testing.stream import eventually
from chassis.vault import Key, Scope

PATIENCE_SECONDS = 60.0
WORDS = ("Kwartelbeek", "w.kwartelbeek@zevenaar.example", "Kwartelscherm", "Kwartelreden")
REPORT = {
    "partner": "zevenaar",
    "kind": "incident",
    "title": "Kwartelscherm zwart",
    "description": "Het Kwartelscherm blijft zwart",
    "requester": {"name": "W. Kwartelbeek", "email": "w.kwartelbeek@zevenaar.example"},
}
_SEALED = (
    re.compile(rb'"subject": ?"(?P<subject>[^"]+)", ?"text": ?"(?P<text>[A-Za-z0-9+/=]+)"'),
    re.compile(rb'"text": ?"(?P<text>[A-Za-z0-9+/=]+)", ?"subject": ?"(?P<subject>[^"]+)"'),
)
_TABLES = """
    SELECT schemaname, tablename FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
        AND schemaname NOT LIKE 'pg\\_temp\\_%'
"""
"""Temporary tables are their session's own and end with it: nobody else can look into them."""


class Keeper:
    """Everything that a system keeps: tables of every database, and files, by where they stand.

    The files are logs and what NATS stores of the streams.
    """

    def __init__(self, system: System) -> None:
        self._installation = system.installation

    def _dsn(self, service: str) -> str:
        url = self._installation.addresses().database_url
        urls = database_urls(url, self._installation.credentials, service, name=service)
        return driver_url(urls.owner, "")

    async def contents(self) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        for service in stateful():
            database = await asyncpg.connect(self._dsn(service))
            for schema, table in await database.fetch(_TABLES):
                rows = await database.fetch(f'SELECT t::text FROM "{schema}"."{table}" t')  # noqa: S608
                text = "\n".join(row[0] for row in rows).replace('""', '"')
                found[f"database {service} {table}"] = text.encode()
            await database.close()
        for path in self._installation.folder.rglob("*"):
            if path.is_file():
                found[f"file {path.relative_to(self._installation.folder)}"] = path.read_bytes()
        return found

    async def keys(self) -> dict[str, list[Key]]:
        database = await asyncpg.connect(self._dsn("tickets"))
        rows = await database.fetch("SELECT subject, scope, key FROM subject_key")
        await database.close()
        keys = defaultdict(list)
        for row in rows:
            keys[row["subject"]].append(Key(Scope(row["subject"], row["scope"]), row["key"]))
        return keys


def in_clear(contents: dict[str, bytes], *words: str) -> set[str]:
    """Where one of the words stands as such."""
    return {
        place for place, held in contents.items() if any(word.encode() in held for word in words)
    }


def with_keys(contents: dict[str, bytes], keys: dict[str, list[Key]]) -> dict[str, set[str]]:
    """What can be opened with the keys that there are, by where it stands."""
    opened = defaultdict(set)
    for place, held in contents.items():
        for subject, text in _sealed(held):
            opened[place] |= {plain for key in keys.get(subject, ()) if (plain := key.open(text))}
    return opened


def _sealed(held: bytes) -> Iterator[tuple[str, str]]:
    for pattern in _SEALED:
        for match in pattern.finditer(held):
            yield match["subject"].decode(), match["text"].decode()


def _telling(opened: dict[str, set[str]]) -> set[str]:
    """Places where something can be opened that tells of the person."""
    return {
        place for place, texts in opened.items() if any(word in t for t in texts for word in WORDS)
    }


@pytest.mark.slow
async def test_of_an_erased_person_nothing_is_left(played_system: System) -> None:
    keeper = Keeper(played_system)
    async with httpx.AsyncClient(base_url=played_system.door.url) as http:
        agent = await _person(http, "servicedeskmedewerker")
        officer = await _person(http, "privacyfunctionaris")
        made = (await http.post("/v1/tickets", json=REPORT, headers=agent)).raise_for_status()
        ticket = made.json()["ticket"]
        reason = {"reason": "Kwartelreden: dubbel"}
        ended = await http.post(f"/v1/tickets/{ticket}/_cancel", json=reason, headers=agent)
        at_least = ended.raise_for_status().json()["version"]
        address = f"/v1/tickets/{ticket}?atLeast={at_least}"
        shown = (await http.get(address, headers=agent)).raise_for_status().json()
        assert shown["text"]["requester"]["name"] == REPORT["requester"]["name"]  # type: ignore[index]

        async def streamed() -> set[str]:
            readable = _telling(with_keys(await keeper.contents(), await keeper.keys()))
            return readable if any("jetstream" in place for place in readable) else set()

        before = await eventually(streamed, seconds=PATIENCE_SECONDS)
        assert "database tickets event_log" in before, "the search finds what is there to find"
        held = await keeper.contents()
        assert in_clear(held, *WORDS) == set(), "even before, nothing stands in clear"
        assert any(place.startswith("file logs") for place in in_clear(held, "ready"))
        assert {"database tickets event_log"} <= in_clear(held, ticket)

        sought = {"email": "W.Kwartelbeek@zevenaar.example"}
        erased = await http.post("/v1/erasures", json=sought, headers=officer)
        href = erased.raise_for_status().headers["location"]

        certificate = await _complete(http, href, officer)
        assert certificate["erased"] == [ticket]
        found = {copy["copy"]: copy["found"] for copy in certificate["copies"]}
        assert (found["event-log"], found["stream"], found["read-models"]) == (2, 2, 1)
        shown = (await http.get(f"/v1/tickets/{ticket}", headers=agent)).json()
        assert (shown["text"], shown["requester"], shown["status"]) == (None, None, "cancelled")
        assert shown["erasedAt"] is not None
        log = f"/v1/processing-log?dataSubject={certificate['dataSubject']}"
        lines = (await http.get(log, headers=officer)).json()["items"]
        assert {"tickets.open-ticket", "tickets.texts", "tickets.erase-requester"} <= {
            line["name"] for line in lines
        }
    held = await keeper.contents()
    assert in_clear(held, *WORDS) == set()
    assert _telling(with_keys(held, await keeper.keys())) == set()


async def _complete(http: httpx.AsyncClient, href: str, officer: dict[str, str]) -> dict[str, Any]:
    """The certificate once nothing is left; what was last told, when that does not come.

    A backup that another test made of this system keeps what was in it until it ages out.
    """
    told: dict[str, Any] = {}

    async def complete() -> bool:
        told.update((await http.get(href, headers=officer)).raise_for_status().json())
        backups = next(each["found"] for each in told["copies"] if each["copy"] == "backups")
        return bool(told["status"] == ("awaiting-backups" if backups else "complete"))

    try:
        await eventually(complete, seconds=PATIENCE_SECONDS)
    except TimeoutError as error:
        error.add_note(str(told))
        raise
    return told


async def _person(http: httpx.AsyncClient, person: str) -> dict[str, str]:
    form = {"grant_type": "person", "person": person}
    token = (await http.post("/dev-issuer/token", data=form)).json()["access_token"]
    return {"Authorization": f"Bearer {token}"}
