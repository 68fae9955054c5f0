"""Charging and invoices over HTTP: what the controller orders, and what a partner reads."""

from typing import Any

ISSUE = {"run": "2026-q1", "partner": "alfa", "issuedOn": "2026-01-05"}


async def test_a_client_reads_an_invoice_with_what_explains_it(door: Any, services: Any) -> None:
    answer = await door.get("/v1/invoices/F2026-00001", "client-alfa")
    assert answer.headers["ETag"] == '"1"'
    body = answer.json()
    assert (body["total"], body["dueOn"]) == ("52569.86", "2026-02-04")
    (line,) = body["lines"]
    assert (line["ofAmount"], line["count"], line["ofCount"]) == ("101095.89", "52", "100")
    assert line["sources"] == [{"aggregate": "pool/2026-ict", "firstVersion": 1, "lastVersion": 2}]
    (sent,) = services.received
    assert sent.headers["Bodemplaat-Partners"] == "alfa"


async def test_an_invoice_that_is_not_there_is_unknown(door: Any, services: Any) -> None:
    nothing = {"items": [], "total": 0, "page": 1, "size": 25, "sequence": 7}
    services.answers["qry.projection.invoices"] = nothing
    door.problem(await door.get("/v1/invoices/F2026-00009", "client-alfa"), 404, "not-found")


async def test_invoices_come_in_pages(door: Any, services: Any) -> None:
    answer = await door.get("/v1/invoices?partner=alfa&pageSize=1", "controller")
    assert answer.json()["total"] == 1
    (sent,) = services.received
    assert sent.body == {"partner": "alfa", "page": 1, "size": 1}


async def test_an_invoice_is_issued_where_it_can_be_read(door: Any, services: Any) -> None:
    answer = await door.post("/v1/invoices", "controller", json=ISSUE)
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/v1/invoices/F2026-00001"
    (sent,) = services.received
    assert (sent.subject, sent.body["days_to_pay"]) == ("cmd.finance.issue-invoice", 30)


async def test_a_method_is_sent_with_what_belongs_to_it(door: Any, services: Any) -> None:
    method = {"method": "fixed-key", "shares": {"alfa": "52", "beta": "48"}}
    body = {"pool": "ict", "validFrom": "2026-01-01", "method": method}
    answer = await door.post("/v1/charging-methods", "controller", json=body)
    assert answer.status_code == 200
    (sent,) = services.received
    assert sent.body["method"] == {"method": "fixed-key", "shares": {"alfa": "52", "beta": "48"}}


async def test_a_method_that_does_not_exist_is_refused_at_the_door(
    door: Any, services: Any
) -> None:
    body = {"pool": "ict", "validFrom": "2026-01-01", "method": {"method": "by-mood"}}
    answer = await door.post("/v1/charging-methods", "controller", json=body)
    assert answer.status_code == 400
    assert services.received == []
