"""The board of the service desk: what it asks the services for."""

from typing import Any

import pytest

PATH = "/werkvoorraad/bord"
NUMBER = "INC-2026-000001"


@pytest.fixture
def desk(services: Any) -> Any:
    services.answers["qry.projection.desk"] = {"open": 1, "views": {}, "teams": [], "sequence": 7}
    return services


def asked(desk: Any, subject: str) -> list[Any]:
    return [sent.body for sent in desk.received if sent.subject == subject]


async def test_a_board_that_refreshes_itself_reads_no_title_anew(door: Any, desk: Any) -> None:
    headers = await door.session("agent")
    page = await door.http.get(PATH, headers=headers)
    assert asked(desk, "qry.tickets.texts") == [{"tickets": [NUMBER] * 5}]
    assert "hx-preserve" not in page.text
    desk.received.clear()
    part = await door.http.get(f"{PATH}/kolommen", params={"bekend": NUMBER}, headers=headers)
    assert asked(desk, "qry.tickets.texts") == []
    assert f'id="subject-{NUMBER}" hx-preserve="true"' in part.text


async def test_a_column_asks_for_its_states_within_the_filters(door: Any, desk: Any) -> None:
    headers = await door.session("agent")
    filters = {"partner": "alfa", "team": "Netwerk", "meer": "waiting"}
    await door.http.get(PATH, params=filters, headers=headers)
    columns = {tuple(body["status"]): body for body in asked(desk, "qry.projection.tickets")}
    assert columns["assigned", "reopened"]["size"] == 10
    waiting = columns[("waiting",)]
    assert waiting | {"status": None} == {
        "partner": "alfa",
        "team": "Netwerk",
        "status": None,
        "sort": "resolution_due",
        "size": 50,
    }


@pytest.mark.parametrize("step", ["", "elsewhere", "assign"])
async def test_a_step_with_a_fault_moves_nothing(door: Any, desk: Any, step: str) -> None:
    headers = await door.session("agent")
    page = await door.http.get(PATH, headers=headers)
    token = page.text.split('name="csrf" value="')[1].split('"')[0]
    form = {"csrf": token, "ticket": NUMBER, "version": "1", "key": "k", "stap": step, "team": ""}
    answer = await door.http.post(PATH, data=form, headers=headers)
    assert answer.status_code == 400
    assert not [sent for sent in desk.received if sent.subject.startswith("cmd.")]
