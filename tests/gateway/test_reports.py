"""Reports at the door: over HTTP and as pages, with stand-ins behind it."""

import json
from typing import Any

import pytest

from contracts.reports import REPORTS
from services.gateway.access.reports import readable

PARTNER_ROLES = ("user", "functional-administrator", "contract-manager", "client", "owner")
CENTRE_ROLES = ("agent", "catalogue-manager", "controller", "privacy-officer")
PEOPLE = {**{f"{role}-alfa": role for role in PARTNER_ROLES}, **{r: r for r in CENTRE_ROLES}}
JOB = {"job": {"id": "7", "state": "folding", "done": 40, "of": 100}}


async def page(door: Any, path: str, person: str, **options: Any) -> Any:
    return await door.http.get(path, headers=await door.session(person), **options)


@pytest.mark.parametrize("name", sorted(REPORTS))
async def test_a_report_is_for_its_readers_and_for_nobody_else(
    door: Any, services: Any, name: str
) -> None:
    for person, role in PEOPLE.items():
        services.received.clear()
        answer = await door.get(f"/v1/reports/{name}", person)
        if role in REPORTS[name].readers:
            assert answer.status_code == 200, (person, answer.text)
            assert services.last.headers["Bodemplaat-Roles"] == role
        else:
            door.problem(answer, 403, "role-forbidden")
            assert services.received == []
            assert (await page(door, f"/rapporten/{name}", person)).status_code == 403


async def test_one_is_offered_what_one_may_read(door: Any, services: Any) -> None:
    for person, role in PEOPLE.items():
        answer = await door.get("/v1/reports", person)
        listed = [one["report"] for one in answer.json().get("reports", [])]
        assert listed == list(readable({role}))


async def test_an_offer_tells_over_what_and_of_whom(door: Any, services: Any) -> None:
    headers = {"Accept-Language": "en"}
    answer = await door.get("/v1/reports", "controller", headers=headers)
    assert answer.headers["Content-Language"] == "en"
    told = {one["report"]: one for one in answer.json()["reports"]}
    assert told["service-level"]["periods"] == ["month", "quarter", "year"]
    assert told["service-level"]["title"] == "Service level report"
    assert told["board"]["partners"] is None
    assert told["dashboard"]["partners"] == ["alfa", "beta"]


async def test_a_report_is_asked_for_whom_one_acts(door: Any, services: Any) -> None:
    path = "/v1/reports/dashboard?period=2026-02-03..2026-03-02&asOf=48&on=2026-03-01"
    answer = await door.get(path, "client-alfa")
    assert services.last.subject == "qry.projection.report"
    assert services.last.body == {
        "report": "dashboard",
        "partner": "alfa",
        "period": "2026-02-03..2026-03-02",
        "as_of": 48,
        "on": "2026-03-01",
    }
    body = answer.json()
    assert (body["subject"], body["sequence"]) == ("Alfa", 48)
    figure = body["sections"][0]["blocks"][0]["figures"][0]
    assert figure["cell"] == {
        "value": 1234,
        "of": {"source": "tickets", "where": {"measure": "open"}},
    }


@pytest.mark.parametrize(
    "path",
    [
        "/v1/reports/dashboard?partner=alfa",
        "/v1/reports/service-level?partner=alfa&format=pdf",
        "/v1/reports/dashboard/sources?partner=alfa&source=tickets&where=measure:open",
    ],
)
async def test_a_foreign_partner_is_unknown_and_nothing_is_asked(
    door: Any, services: Any, path: str
) -> None:
    door.problem(await door.get(path, "client-beta"), 404, "not-found")
    assert services.received == []


async def test_who_acts_for_several_says_for_whom(door: Any, services: Any) -> None:
    services.answers["qry.projection.report"] = [
        {"slug": "report-partner-needed", "kind": "invalid", "field": "partner", "params": {}}
    ]
    problem = door.problem(
        await door.get("/v1/reports/dashboard", "controller"), 400, "report-partner-needed"
    )
    assert [error["field"] for error in problem["errors"]] == ["partner"]


async def test_what_is_wrong_is_told_by_field_in_the_callers_language(
    door: Any, services: Any
) -> None:
    for language, word in (("nl", "ten minste"), ("en", "at least")):
        answer = await door.get(
            "/v1/reports/dashboard?asOf=0&on=gisteren",
            "client-alfa",
            headers={"Accept-Language": language},
        )
        problem = door.problem(answer, 400, "request-invalid")
        told = {error["field"]: error["detail"] for error in problem["errors"]}
        assert told.keys() == {"asOf", "on"}
        assert word in told["asOf"]


async def test_a_report_in_the_making_is_asked_for_again(door: Any, services: Any) -> None:
    services.answers["qry.projection.report"] = JOB
    path = "/v1/reports/dashboard?asOf=48"
    answer = await door.get(path, "client-alfa")
    assert (answer.status_code, answer.headers["Location"]) == (202, path)
    assert answer.headers["Retry-After"] == "1"
    assert {**answer.json(), "_links": None} == {
        "job": "7",
        "state": "folding",
        "done": 40,
        "of": 100,
        "_links": None,
    }


async def test_a_figure_opens_to_what_it_counts_in_pages(door: Any, services: Any) -> None:
    path = "/v1/reports/dashboard/sources?source=tickets&where=measure:open&where=age:0-1&page=2"
    answer = await door.get(path, "client-alfa")
    body = services.last.body
    assert (body["source"], body["where"]) == ("tickets", {"measure": "open", "age": "0-1"})
    assert (body["page"], body["size"]) == (2, 25)
    assert 'rel="next"' in answer.headers["Link"]
    assert answer.json()["table"]["rows"][0][0]["value"] == "INC-2026-000001"
    for wrong in ("where=zonder", "where=", "pageSize=101"):
        refused = await door.get(
            f"/v1/reports/dashboard/sources?source=tickets&{wrong}", "client-alfa"
        )
        door.problem(refused, 400, "request-invalid")


async def test_the_page_offers_each_report_with_its_form(door: Any, services: Any) -> None:
    html = (await page(door, "/rapporten", "controller")).text
    for name in REPORTS:
        assert f'action="/rapporten/{name}"' in html
    html = (await page(door, "/rapporten", "agent")).text
    assert 'action="/rapporten/day-board"' in html
    assert 'action="/rapporten/board"' not in html


async def test_the_page_of_a_report_leads_to_what_each_figure_counts(
    door: Any, services: Any
) -> None:
    html = (await page(door, "/rapporten/dashboard", "client-alfa")).text
    assert "volgnummer 48" in html
    assert "1.234" in html
    query = "deelnemer=alfa&amp;periode=2026-02-03..2026-03-02"
    assert f"/rapporten/dashboard/bron?{query}&amp;bron=tickets&amp;waar=measure%3Aopen" in html
    assert f"/rapporten/dashboard/rapport.pdf?{query}" in html
    assert "<svg" in html
    assert " style=" not in html
    assert "Hierover is niets vastgelegd" in html


async def test_another_period_can_be_chosen_from_the_page_of_a_report(
    door: Any, services: Any
) -> None:
    """What is shown is one of the choices; it does not stand where it would go before another."""
    html = (await page(door, "/rapporten/dashboard", "client-alfa")).text
    assert '<option value="2026-02-03..2026-03-02" selected>' in html
    assert 'name="anders" value=""' in html


async def test_the_page_of_a_report_in_the_making_tells_how_far_it_is(
    door: Any, services: Any
) -> None:
    services.answers["qry.projection.report"] = JOB
    html = (await page(door, "/rapporten/dashboard?stand=48", "client-alfa")).text
    assert "40 van 100 gebeurtenissen gelezen" in html
    assert 'hx-get="/rapporten/dashboard?stand=48"' in html
    answer = await page(door, "/rapporten/dashboard/rapport.pdf?stand=48", "client-alfa")
    assert answer.headers["location"] == "/rapporten/dashboard?stand=48"


@pytest.mark.parametrize(
    ("query", "field", "told"),
    [
        ("stand=nu", "stand", "geen volgnummer"),
        ("dag=2026-02-31", "dag", "geen dag"),
        ("anders=2026-Q5", "anders", "geen periode"),
    ],
)
async def test_a_wrong_wish_comes_back_with_what_is_wrong_beside_it(
    door: Any, services: Any, query: str, field: str, told: str
) -> None:
    services.answers["qry.projection.report"] = [
        {
            "slug": "report-period-unknown",
            "kind": "invalid",
            "field": "period",
            "params": {"period": "2026-Q5"},
        }
    ]
    answer = await page(door, f"/rapporten/board?{query}", "owner-alfa")
    assert answer.status_code == 400
    assert told in answer.text
    assert f'aria-describedby="{field}-board-hint {field}-board-fault"' in answer.text
    assert query.split("=")[1] in answer.text


async def test_the_rows_of_a_figure_lead_to_their_tickets(door: Any, services: Any) -> None:
    path = "/rapporten/dashboard/bron?deelnemer=alfa&bron=tickets&waar=measure:open"
    html = (await page(door, path, "client-alfa")).text
    assert 'href="/meldingen/INC-2026-000001"' in html
    assert "Open: <strong>1.234</strong>" in html
    assert "pagina=2" in html
    assert 'href="/meldingen/INC' not in (await page(door, path, "owner-alfa")).text
    services.received.clear()
    assert (await page(door, path, "client-beta")).status_code == 404
    asked = {sent.subject for sent in services.received}
    assert not asked & {"qry.projection.report", "qry.projection.report-sources"}


async def test_nothing_of_a_strange_address_is_asked(door: Any, services: Any) -> None:
    for path in (
        "/rapporten/onbekend",
        "/rapporten/dashboard/rapport.doc",
        "/rapporten/dashboard/bron",
        "/rapporten/dashboard/bron?bron=tickets&waar=open",
    ):
        assert (await page(door, path, "client-alfa")).status_code == 404, path


async def test_the_document_is_the_same_bytes_for_every_reader(door: Any, services: Any) -> None:
    read = [
        (await door.get("/v1/reports/dashboard?partner=alfa", person)).content
        for person in ("client-alfa", "owner-alfa", "controller")
    ]
    assert len(set(read)) == 1
    assert json.loads(read[0])["name"] == "dashboard"
