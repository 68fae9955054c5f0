"""Reports of a whole system with De Liemers in it: nobody is told of another partner's own."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import httpx
import pytest
import pytest_asyncio

from contracts.reports import REPORTS, Figures, Of, Report, Table

pytestmark = [pytest.mark.browser, pytest.mark.slow]

OWN, OTHER = "zevenaar", "1stroom"
STEERING = ("contractmanager", "opdrachtgever", "eigenaar")
ROLES = {
    "contractmanager": "contract-manager",
    "opdrachtgever": "client",
    "eigenaar": "owner",
    "functioneel-beheerder": "functional-administrator",
    "gebruiker": "user",
}
CENTRE = {
    "controller": "controller",
    "servicedeskmedewerker": "agent",
    "catalogusbeheerder": "catalogue-manager",
    "privacyfunctionaris": "privacy-officer",
}
PARTNERS = sorted(name for name, kind in REPORTS.items() if kind.about != "centre")
SHARED = sorted(
    name for name, kind in REPORTS.items() if kind.about == "centre" and "owner" in kind.readers
)
OPENED_AT_ONCE = 40


class Reader:
    """Somebody who reads reports over HTTP."""

    def __init__(self, http: httpx.AsyncClient, token: str) -> None:
        self._http = http
        self._headers = {"Authorization": f"Bearer {token}"}

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self._http.get(f"/v1{path}", params=params, headers=self._headers)

    async def post(self, path: str, **body: Any) -> httpx.Response:
        return await self._http.post(f"/v1{path}", json=body, headers=self._headers)

    async def report(self, name: str, **params: Any) -> Report:
        """Also one that is still to be made."""
        answer = await self.get(f"/reports/{name}", **params)
        while answer.status_code == 202:
            await asyncio.sleep(0.05)
            answer = await self.get(f"/reports/{name}", **params)
        assert answer.status_code == 200, answer.text
        return Report.model_validate_json(answer.content)


class Readers:
    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._known: dict[str, Reader] = {}

    async def __call__(self, person: str) -> Reader:
        if person not in self._known:
            form = {"grant_type": "person", "person": person}
            answer = await self._http.post("/dev-issuer/token", data=form)
            self._known[person] = Reader(self._http, answer.json()["access_token"])
        return self._known[person]


@pytest_asyncio.fixture(scope="module")
async def reader(portal_url: str) -> AsyncIterator[Readers]:
    async with httpx.AsyncClient(base_url=portal_url, timeout=30.0) as http:
        yield Readers(http)


def made_of(report: Report) -> Iterator[Of]:
    for section in report.sections:
        for block in section.blocks:
            match block:
                case Figures():
                    cells = [figure.cell for figure in block.figures]
                case Table():
                    cells = [cell for row in block.rows for cell in row]
                case _:
                    continue
            yield from (cell.of for cell in cells if cell.of is not None)


def of_each_kind(report: Report) -> list[Of]:
    """Of every measure and source one figure, and no more than can be opened in a test."""
    found: dict[tuple[str, ...], Of] = {}
    for of in made_of(report):
        found.setdefault((of.source, of.where.get("measure", ""), *sorted(of.where)), of)
    return list(found.values())[:OPENED_AT_ONCE]


async def test_every_role_reads_its_reports_and_no_other(reader: Readers) -> None:
    people = {f"{person}-{OWN}": role for person, role in ROLES.items()} | CENTRE
    for person, role in sorted(people.items()):
        somebody = await reader(person)
        for name, kind in sorted(REPORTS.items()):
            asked = {} if kind.about == "centre" else {"partner": OWN}
            answer = await somebody.get(f"/reports/{name}", **asked)
            expected = 200 if role in kind.readers else 403
            assert answer.status_code == expected, (person, name, answer.text[:300])


@pytest.mark.parametrize("name", PARTNERS)
async def test_a_report_of_another_partner_does_not_exist(reader: Readers, name: str) -> None:
    for person in sorted(ROLES):
        if ROLES[person] not in REPORTS[name].readers:
            continue
        somebody = await reader(f"{person}-{OWN}")
        for asked in (
            {},
            {"asOf": 100},
            {"on": "2026-01-31"},
            {"format": "pdf"},
            {"format": "xlsx"},
            {"period": "2026-Q1"},
        ):
            answer = await somebody.get(f"/reports/{name}", partner=OTHER, **asked)
            assert answer.status_code == 404, (person, asked)
        opened = {"partner": OTHER, "source": "tickets", "where": "measure:open"}
        assert (await somebody.get(f"/reports/{name}/sources", **opened)).status_code == 404
        assert (await somebody.post(f"/reports/{name}", partner=OTHER)).status_code == 404


@pytest.mark.parametrize("name", PARTNERS)
async def test_a_report_and_what_it_is_made_of_hold_nothing_of_another(
    reader: Readers, name: str
) -> None:
    person = next(one for one in STEERING if ROLES[one] in REPORTS[name].readers)
    mine = await reader(f"{person}-{OWN}")
    report = await mine.report(name)
    assert report.partner == OWN
    assert OTHER not in report.model_dump_json()
    for of in of_each_kind(report):
        where = [f"{key}:{value}" for key, value in of.where.items()]
        answer = await mine.get(f"/reports/{name}/sources", source=of.source, where=where)
        assert answer.status_code == 200, (of, answer.text)
        assert OTHER not in json.dumps(answer.json()["table"]), of
        theirs = await mine.get(
            f"/reports/{name}/sources", source=of.source, where=[*where, f"partner:{OTHER}"]
        )
        if theirs.status_code != 404:
            assert (theirs.status_code, theirs.json()["table"]["rows"]) == (200, []), of


@pytest.mark.parametrize("name", SHARED)
async def test_what_all_partners_share_is_the_same_for_each_and_opens_to_no_other(
    reader: Readers, name: str
) -> None:
    people = [one for one in STEERING if ROLES[one] in REPORTS[name].readers]
    for person in people:
        one, another = await reader(f"{person}-{OWN}"), await reader(f"{person}-{OTHER}")
        documents = [await each.report(name) for each in (one, another)]
        moments = {document.moment for document in documents}
        assert max(moments) - min(moments) < timedelta(minutes=1)
        assert documents[0].sections == documents[1].sections
        for of in of_each_kind(documents[0]):
            where = [f"{key}:{value}" for key, value in of.where.items()]
            answer = await one.get(f"/reports/{name}/sources", source=of.source, where=where)
            assert answer.status_code == 200, (of, answer.text)
            for number in ("INC-", "REQ-", "PRB-", "CHG-"):
                assert number not in answer.text, of


async def test_a_kept_report_of_another_partner_does_not_exist(reader: Readers) -> None:
    controller = await reader("controller")
    receipt = (await controller.post("/reports/dashboard", partner=OTHER)).json()
    assert (await controller.get(f"/kept-reports/{receipt['kept']}")).status_code == 200
    for person in sorted(ROLES):
        somebody = await reader(f"{person}-{OWN}")
        expected = 403 if person == "gebruiker" else 404
        for form in ("json", "pdf", "xlsx"):
            answer = await somebody.get(f"/kept-reports/{receipt['kept']}", format=form)
            assert answer.status_code == expected
        opened = {"source": "tickets", "where": "measure:open", "kept": receipt["kept"]}
        answer = await somebody.get("/reports/dashboard/sources", **opened)
        assert answer.status_code == expected
        listed = await somebody.get("/kept-reports", pageSize=100)
        assert listed.status_code == (403 if person == "gebruiker" else 200)
        assert receipt["kept"] not in listed.text
        assert OTHER not in listed.text
    for other in ("service-level", "board"):
        opened = {"source": "tickets", "where": "measure:open", "kept": receipt["kept"]}
        assert (await controller.get(f"/reports/{other}/sources", **opened)).status_code == 404
    theirs = await reader(f"opdrachtgever-{OTHER}")
    assert receipt["kept"] in (await theirs.get("/kept-reports", partner=OTHER)).text


async def test_a_report_of_the_past_is_the_same_bytes_for_ever(reader: Readers) -> None:
    mine, controller = await reader(f"opdrachtgever-{OWN}"), await reader("controller")
    asked = {"partner": OWN, "asOf": 900}
    await mine.report("dashboard", **asked)
    read = [await each.get("/reports/dashboard", **asked) for each in (mine, controller)]
    kept = read[0].headers["Content-Location"].removeprefix("/v1")
    read.append(await controller.get(kept))
    assert len({answer.content for answer in read}) == 1
