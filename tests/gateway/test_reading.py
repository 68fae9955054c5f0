"""Lists, single resources and exports: within the scope, in pages, and nothing personal astray."""

import asyncio
import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

TEXT = {
    "title": "Printer stuk",
    "description": "Op de gang",
    "requester": {"id": "x", "name": "Jan", "email": "jan@zevenaar.example"},
}


async def test_a_list_tells_its_total_and_neighbours(door: Any, services: Any) -> None:
    services.answers["qry.projection.tickets"] |= {"total": 60}
    answer = await door.get("/v1/tickets?page=2&pageSize=25&status=new&status=waiting", "agent")
    body = answer.json()
    assert (body["total"], body["page"], body["pageSize"]) == (60, 2, 25)
    links = {name: link["href"] for name, link in body["_links"].items()}
    query = "pageSize=25&status=new&status=waiting"
    assert links == {
        "self": f"/v1/tickets?{query}&page=2",
        "first": f"/v1/tickets?{query}&page=1",
        "prev": f"/v1/tickets?{query}&page=1",
        "next": f"/v1/tickets?{query}&page=3",
        "last": f"/v1/tickets?{query}&page=3",
    }
    assert f'<{links["next"]}>; rel="next"' in answer.headers["link"]


async def test_filters_reach_the_read_model_in_its_own_names(door: Any, services: Any) -> None:
    query = "status=new&outOfCatalogue=true&open=true&priority=1&requester=me&sort=-resolutionDue"
    found = "line=second&search=werkplek 123&openedFrom=2026-03-01&openedTo=2026-03-31"
    await door.get(f"/v1/tickets?{query}&{found}", "contract-manager-alfa")
    assert services.received[0].body == {
        "status": ["new"],
        "out_of_catalogue": True,
        "open": True,
        "priority": 1,
        "requester": "me",
        "line": "second",
        "search": "werkplek 123",
        "opened_from": "2026-03-01",
        "opened_to": "2026-03-31",
        "sort": "-resolution_due",
        "page": 1,
        "size": 25,
    }


async def test_a_ticket_carries_its_version(door: Any, services: Any) -> None:
    answer = await door.get("/v1/tickets/INC-2026-000001?atLeast=1", "agent")
    assert answer.headers["etag"] == '"1"'
    assert answer.json()["openedAt"] == "2026-03-02T08:00:00Z"
    assert services.received[0].body == {"ticket": "INC-2026-000001"}


async def test_a_version_that_is_on_its_way_is_waited_for(door: Any, services: Any) -> None:
    fact = {**services.answers["qry.projection.ticket"]["ticket"]}
    services.answers["qry.projection.ticket"] = {"ticket": fact, "sequence": 7}
    asked = asyncio.create_task(door.get("/v1/tickets/INC-2026-000001?atLeast=2", "agent"))
    await asyncio.sleep(0.2)
    assert not asked.done()
    fact["version"] = 2
    assert (await asked).headers["etag"] == '"2"'


async def test_a_version_that_does_not_come_gives_the_present_one(door: Any, services: Any) -> None:
    answer = await door.get("/v1/tickets/INC-2026-000001?atLeast=9", "agent")
    assert answer.headers["etag"] == '"1"'


@pytest.mark.parametrize(
    ("person", "reads"),
    [
        ("user-alfa", True),
        ("functional-administrator-alfa", True),
        ("agent", True),
        ("contract-manager-alfa", False),
        ("client-alfa", False),
        ("controller", False),
    ],
)
async def test_what_people_wrote_is_shown_to_those_who_work_on_it(
    door: Any, services: Any, person: str | None, reads: Any
) -> None:
    services.answers["qry.tickets.texts"] = {"texts": {"INC-2026-000001": TEXT}}
    for path in ("/v1/tickets", "/v1/tickets/INC-2026-000001"):
        services.received.clear()
        body = (await door.get(path, person)).json()
        found = body["items"][0] if "items" in body else body
        asked = [sent.subject for sent in services.received]
        assert ("qry.tickets.texts" in asked) is reads
        assert found["text"] == (
            {
                "title": "Printer stuk",
                "description": "Op de gang",
                "requester": {"name": "Jan", "email": "jan@zevenaar.example"},
                "comment": None,
            }
            if reads
            else None
        )


async def test_the_figures_are_shown_while_the_texts_are_away(
    open_door: Any, services: Any
) -> None:
    door = await open_door(reply_timeout_seconds=0.2)
    services.answers["qry.tickets.texts"] = None
    answer = await door.get("/v1/tickets/INC-2026-000001", "agent")
    assert answer.status_code == 200
    assert answer.json()["text"] is None


async def test_erased_texts_are_null(door: Any, services: Any) -> None:
    services.answers["qry.tickets.texts"] = {"texts": {"INC-2026-000001": None}}
    assert (await door.get("/v1/tickets/INC-2026-000001", "agent")).json()["text"] is None


async def test_a_dashboard_speaks_camel_case_and_exact_figures(door: Any, services: Any) -> None:
    answer = await door.get("/v1/dashboards/alfa?from=2026-02-03&to=2026-03-02", "client-alfa")
    body = answer.json()
    assert body["resolution"]["medianSeconds"] is None
    assert body["period"] == {"from": "2026-02-03", "to": "2026-03-02"}
    assert services.last.body == {"partner": "alfa", "from": "2026-02-03", "to": "2026-03-02"}


def pages(fact: dict[str, Any], total: int) -> Callable[[Any], dict[str, Any]]:
    """A read model with this many tickets."""

    def answer(sent: Any) -> dict[str, Any]:
        page, size = sent.body["page"], sent.body["size"]
        numbers = range((page - 1) * size, min(page * size, total))
        facts = [fact | {"ticket": f"INC-2026-{number:06}"} for number in numbers]
        return {"tickets": facts, "total": total, "page": page, "size": size, "sequence": 7}

    return answer


async def exported(door: Any, person: str, query: str = "") -> list[dict[str, str]]:
    answer = await door.get(f"/v1/ticket-exports/alfa{query}", person)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="tickets-alfa.csv"'
    delimiter = ";" if "semicolon" in query else ","
    return list(csv.DictReader(io.StringIO(answer.text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize("total", [0, 1, 1000, 2001])
async def test_an_export_holds_every_ticket_once(door: Any, services: Any, total: int) -> None:
    fact = services.answers["qry.projection.tickets"]["tickets"][0]
    services.answers["qry.projection.tickets"] = pages(fact, total)
    rows = await exported(door, "client-alfa")
    assert len({row["ticket"] for row in rows}) == len(rows) == total
    assert {sent.body["partner"] for sent in services.received} == {"alfa"}
    assert {sent.headers["Bodemplaat-Partners"] for sent in services.received} == {"alfa"}


async def test_an_export_holds_nothing_personal(door: Any, services: Any) -> None:
    (row,) = await exported(door, "controller", "?delimiter=semicolon")
    assert not {"requester", "title", "description", "text"} & row.keys()
    assert row["outOfCatalogue"] == "false"
    assert row["openedAt"] == "2026-03-02T08:00:00Z"


@pytest.mark.parametrize("text", ["=1+1", "+31", "-1", "@SUM(A1)", "\t=1", "\r=1"])
async def test_an_export_starts_no_formula_in_a_spreadsheet(
    door: Any, services: Any, text: str
) -> None:
    (fact,) = services.answers["qry.projection.tickets"]["tickets"]
    answer = {"tickets": [fact | {"team": text}], "total": 1, "sequence": 7}
    services.answers["qry.projection.tickets"] = answer
    (row,) = await exported(door, "controller")
    assert row["team"] == f"'{text}"


async def test_a_refused_export_is_a_problem_and_no_half_a_file(door: Any, services: Any) -> None:
    services.answers["qry.projection.tickets"] = [{"slug": "not-found", "kind": "unknown"}]
    door.problem(await door.get("/v1/ticket-exports/alfa", "controller"), 404, "not-found")
