"""Kept reports at the door: the list, one of them, keeping one more; with stand-ins behind it."""

from dataclasses import replace
from typing import Any

import pytest

from chassis.errors import PartnerForbidden
from services.gateway.access.reports import browsing, reading
from services.gateway.errors import PartnerNeeded
from services.gateway.identity import Person
from services.gateway.reports.asking import question

KEPT = "0" * 31 + "1"
JOB = {"job": {"id": "7", "state": "waiting", "done": 0, "of": 0}}


@pytest.fixture(autouse=True)
def of_alfa(services: Any) -> None:
    """The report that is kept is of this partner."""
    kept = services.answers["qry.projection.kept-report"]
    services.answers["qry.projection.kept-report"] = {
        **kept,
        "report": {**kept["report"], "partner": "alfa"},
    }


async def page(door: Any, path: str, person: str) -> Any:
    return await door.http.get(path, headers=await door.session(person))


async def test_a_report_is_made_and_kept_where_it_can_be_read(door: Any, services: Any) -> None:
    answer = await door.post(
        "/v1/reports/dashboard", "client-alfa", json={"period": "2026-02-03..2026-03-02"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/kept-reports/{KEPT}")
    assert services.last.body == {
        "report": "dashboard",
        "partner": "alfa",
        "period": "2026-02-03..2026-03-02",
        "keep": True,
    }


async def test_one_that_looks_back_is_kept_once_it_has_been_made(door: Any, services: Any) -> None:
    services.answers["qry.projection.report"] = JOB
    answer = await door.post("/v1/reports/dashboard", "client-alfa", json={"asOf": 48})
    assert answer.status_code == 202
    assert answer.headers["Location"] == "/v1/reports/dashboard?partner=alfa&asOf=48"


async def test_a_report_that_is_kept_tells_where(door: Any, services: Any) -> None:
    answer = await door.get("/v1/reports/dashboard?asOf=48", "client-alfa")
    assert answer.headers["Content-Location"] == f"/v1/kept-reports/{KEPT}"


async def test_kept_reports_come_in_pages(door: Any, services: Any) -> None:
    answer = await door.get("/v1/kept-reports?report=dashboard&sort=keptAt", "client-alfa")
    assert services.last.body["sort"] == "kept_at"
    (item,) = answer.json()["items"]
    assert (item["kept"], item["keptAt"]) == (KEPT, "2026-03-02T08:00:00Z")
    assert item["_links"]["self"]["href"] == f"/v1/kept-reports/{KEPT}"


async def test_a_kept_report_of_a_foreign_partner_does_not_exist(door: Any, services: Any) -> None:
    """The read model refuses it; would it not, the door does."""
    door.problem(await door.get(f"/v1/kept-reports/{KEPT}", "client-beta"), 404, "not-found")
    answer = await door.get("/v1/kept-reports?partner=alfa", "client-beta")
    door.problem(answer, 404, "not-found")
    for path in (f"/rapporten/bewaard/{KEPT}", f"/rapporten/bewaard/{KEPT}/rapport.json"):
        assert (await page(door, path, "client-beta")).status_code == 404
    kept = services.answers["qry.projection.kept-report"]
    kept["report"] = kept["report"] | {"name": "board", "partner": None}
    answer = await door.get(f"/v1/kept-reports/{KEPT}", "agent")
    door.problem(answer, 403, "role-forbidden")
    assert (await page(door, f"/rapporten/bewaard/{KEPT}", "agent")).status_code == 403


async def test_a_kept_report_is_read_in_every_form(door: Any, services: Any) -> None:
    for form, media in (
        ("json", "application/json"),
        ("pdf", "application/pdf"),
        ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ):
        by_name = await door.get(f"/v1/kept-reports/{KEPT}?format={form}", "client-alfa")
        assert by_name.headers["content-type"] == media
        preferred = await door.get(
            f"/v1/kept-reports/{KEPT}", "client-alfa", headers={"Accept": media}
        )
        assert preferred.headers["content-type"] == media
        path = f"/rapporten/bewaard/{KEPT}/rapport.{form}"
        file = await page(door, path, "client-alfa")
        name = f'attachment; filename="dashboard-alfa-2026-02-03-2026-03-02.{form}"'
        assert file.headers["content-disposition"] == name
        if form != "xlsx":
            assert file.content == by_name.content == preferred.content


async def test_the_page_lists_what_is_kept_with_its_files(door: Any, services: Any) -> None:
    html = (await page(door, "/rapporten/bewaard?sorteer=period", "client-alfa")).text
    assert services.last.body["sort"] == "period"
    assert 'aria-sort="ascending"' in html
    assert f'href="/rapporten/bewaard/{KEPT}"' in html
    assert f'href="/rapporten/bewaard/{KEPT}/rapport.pdf"' in html
    services.answers["qry.projection.kept-reports"] |= {"kept": [], "total": 0}
    html = (await page(door, "/rapporten/bewaard", "client-alfa")).text
    assert "Er is nog niets bewaard." in html


async def test_figures_of_a_kept_report_open_as_it_was_kept(door: Any, services: Any) -> None:
    html = (await page(door, f"/rapporten/bewaard/{KEPT}", "client-alfa")).text
    assert "Bewaard op" in html
    assert f"bewaard={KEPT}&amp;bron=tickets&amp;waar=measure%3Aopen" in html
    path = f"/rapporten/dashboard/bron?bewaard={KEPT}&bron=tickets&waar=measure:open"
    html = (await page(door, path, "client-alfa")).text
    asked = {sent.subject: sent.body for sent in services.received}
    assert asked["qry.projection.report-sources"]["kept"] == KEPT
    assert asked["qry.projection.kept-report"] == {"id": KEPT}
    assert f'href="/rapporten/bewaard/{KEPT}"' in html


async def test_a_report_is_kept_from_its_page_and_from_no_other(door: Any, services: Any) -> None:
    headers = await door.session("client-alfa")
    html = (await door.http.get("/rapporten/dashboard", headers=headers)).text
    assert f'href="/rapporten/bewaard/{KEPT}"' in html
    del services.answers["qry.projection.report"]["kept"]
    html = (await door.http.get("/rapporten/dashboard", headers=headers)).text
    csrf = html.split('name="csrf" value="')[1].split('"')[0]
    services.answers["qry.projection.report"] |= {"kept": KEPT}
    form = {"csrf": csrf, "deelnemer": "alfa", "periode": "2026-02-03..2026-03-02"}
    answer = await door.http.post("/rapporten/dashboard", headers=headers, data=form)
    assert answer.headers["location"] == f"/rapporten/bewaard/{KEPT}"
    assert services.last.body["keep"] is True
    forged = await door.http.post("/rapporten/dashboard", headers=headers, data={"csrf": "x"})
    assert forged.status_code == 403


def test_who_has_roles_here_and_there_reads_with_those_that_open_the_report() -> None:
    """Somebody of the desk who owns for a partner too acts for that partner as its owner."""
    both = Person("0" * 32, "Beide", None, frozenset({"agent", "owner"}), frozenset({"alfa"}))
    assert reading(both, "partner-quarter", "alfa").partners == {"alfa"}
    with pytest.raises(PartnerForbidden):
        reading(both, "partner-quarter", "beta")
    assert reading(both, "dashboard", "beta").partners is None
    assert browsing(both).roles == {"agent"}
    owner = both.acting_as(frozenset({"owner"}))
    assert browsing(owner) == owner


def test_who_acts_for_one_partner_need_not_name_it() -> None:
    owner = Person("0" * 32, "Een", None, frozenset({"owner"}), frozenset({"alfa"}))
    assert question(owner, "service-level", None).partner == "alfa"
    assert question(owner, "board", "alfa").partner is None
    of_two = replace(owner, memberships=frozenset({"alfa", "beta"}))
    assert question(of_two, "service-level", "beta").partner == "beta"
    with pytest.raises(PartnerNeeded):
        question(of_two, "service-level", None)
