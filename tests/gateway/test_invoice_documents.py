"""An invoice as PDF and as e-invoice at the door, and objections to it."""

from io import BytesIO
from typing import Any

import pytest
from lxml import etree
from pypdf import PdfReader

from services.gateway.invoicing.answers import wanted

ADDRESS = "/v1/invoices/F2026-00001"
NOT_FOUND = [{"slug": "not-found", "kind": "unknown"}]


@pytest.mark.parametrize(
    ("accept", "shape"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("text/html", "application/json"),
        ("application/pdf", "application/pdf"),
        ("application/json;q=0.5, application/pdf", "application/pdf"),
        ("application/xml;q=0.2, */*;q=0.1", "application/xml"),
        ("application/pdf;q=0, application/*", "application/json"),
        ("application/pdf;q=many", "application/json"),
    ],
)
def test_the_shape_is_the_one_that_is_preferred(accept: str, shape: str) -> None:
    assert wanted(accept) == shape


async def test_an_invoice_is_a_pdf_in_the_language_of_the_reader(door: Any, services: Any) -> None:
    for language, title in (("nl", "Factuur F2026-00001"), ("en", "Invoice F2026-00001")):
        headers = {"Accept": "application/pdf", "Accept-Language": language}
        answer = await door.get(ADDRESS, "client-alfa", headers=headers)
        assert answer.headers["content-type"] == "application/pdf"
        assert answer.headers["content-language"] == language
        assert answer.headers["content-disposition"] == 'inline; filename="F2026-00001.pdf"'
        assert PdfReader(BytesIO(answer.content)).metadata.title == title
    assert {sent.headers["Bodemplaat-Partners"] for sent in services.received} == {"alfa"}


async def test_an_invoice_is_an_e_invoice(door: Any, services: Any) -> None:
    answer = await door.get(ADDRESS, "client-alfa", headers={"Accept": "application/xml"})
    assert answer.headers["content-type"].startswith("application/xml")
    assert "Accept" in answer.headers["vary"]
    assert etree.fromstring(answer.content).findtext("{*}ID") == "F2026-00001"


@pytest.mark.parametrize("shape", ["application/pdf", "application/xml"])
async def test_the_document_of_another_partner_is_not_there(
    door: Any, services: Any, shape: str
) -> None:
    services.answers["qry.projection.invoice-document"] = NOT_FOUND
    answer = await door.get(ADDRESS, "client-beta", headers={"Accept": shape})
    door.problem(answer, 404, "not-found")
    (sent,) = services.received
    assert sent.headers["Bodemplaat-Partners"] == "beta"


async def test_an_e_invoice_tells_what_it_lacks(door: Any, services: Any) -> None:
    told = services.answers["qry.projection.invoice-document"]
    services.answers["qry.projection.invoice-document"] = told | {"supplier": None}
    answer = await door.get(ADDRESS, "controller", headers={"Accept": "application/xml"})
    problem = door.problem(answer, 409, "e-invoice-incomplete")
    assert problem["params"]["missing"] == ["supplier", "supplier.iban"]


async def test_a_client_objects_and_finds_its_objection(door: Any, services: Any) -> None:
    body = {"line": 1, "reason": "Twee werkplekken zijn ingeleverd"}
    answer = await door.post(f"{ADDRESS}/objections", "client-alfa", json=body)
    assert answer.status_code == 201
    assert answer.headers["Location"] == "/v1/objections/F2026-00001-1"
    (sent,) = services.received
    assert sent.body == body | {"invoice": "F2026-00001"}
    found = await door.get(answer.headers["Location"], "client-alfa")
    assert (found.json()["answerBy"], found.headers["ETag"]) == ("2026-02-19", '"1"')


async def test_a_reason_has_its_bounds(door: Any, services: Any) -> None:
    for reason in ("", " ", "x" * 2001):
        body = {"reason": reason}
        answer = await door.post(f"{ADDRESS}/objections", "client-alfa", json=body)
        door.problem(answer, 400, "request-invalid")
    assert services.received == []


async def test_the_controller_upholds_with_what_lines_come_to(door: Any, services: Any) -> None:
    body = {"reason": "Klopt", "issuedOn": "2026-02-01", "amounts": {"1": "52000.00"}}
    address = "/v1/objections/F2026-00001-1/_uphold"
    answer = await door.post(address, "controller", json=body, headers={"If-Match": '"1"'})
    assert answer.json()["version"] == 2
    (sent,) = services.received
    assert sent.body["amounts"] == {"1": "52000.00"}
    assert sent.headers["Bodemplaat-Expected-Version"] == "1"


async def test_a_corrected_invoice_is_found_under_its_own_number(door: Any, services: Any) -> None:
    body = {"issuedOn": "2026-02-01", "reason": "Telling", "amounts": {"1": "52000.00"}}
    answer = await door.post(f"{ADDRESS}/_correct", "controller", json=body)
    assert answer.headers["Location"] == "/v1/invoices/F2026-00003"
