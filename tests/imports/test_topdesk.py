"""TOPdesk's incidents and changes, as its API and its CSV export give them."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bodemplaat.imports.history import History
from bodemplaat.imports.importer import Preparation
from bodemplaat.imports.mapping import load_mapping
from bodemplaat.imports.pseudonyms import Pseudonyms
from bodemplaat.imports.rejects import RejectFile

FOLDER = Path(__file__).parent / "topdesk"
SECRET = "a secret of thirty-two characters"

Prepared = tuple[dict[str, History], list[tuple[object, ...]]]
Prepare = Callable[[str, str], Prepared]


@pytest.fixture
def prepare(tmp_path: Path) -> Prepare:
    def prepared(file: str, mapping: str) -> Prepared:
        rejects = tmp_path / "rejects.jsonl"
        preparation = Preparation(FOLDER / file, load_mapping(mapping), SECRET, "zwolle")
        with RejectFile(rejects) as refused:
            histories = {each.external: each for each in preparation.histories(refused)}
        lines = rejects.read_text(encoding="utf-8").splitlines() if rejects.exists() else []
        told = [json.loads(line) for line in lines]
        return histories, [(each["line"], each["incident"], each["reason"]) for each in told]

    return prepared


def steps(history: History) -> list[tuple[str, str]]:
    return [(step.do, step.at.isoformat()[:16]) for step in history.steps]


@pytest.mark.parametrize(
    ("file", "mapping"),
    [("incidents.json", "topdesk-incidents"), ("incidents.csv", "topdesk-incidents-csv")],
)
def test_an_incident_goes_from_call_to_closing(prepare: Prepare, file: str, mapping: str) -> None:
    histories, _ = prepare(file, mapping)
    closed = histories["I 2203 001"]
    assert steps(closed) == [
        ("open", "2022-03-14T08:02"),
        ("assign", "2022-03-14T08:20"),
        ("start", "2022-03-14T08:20"),
        ("resolve", "2022-03-14T10:00"),
        ("close", "2022-03-16T07:30"),
    ]
    opening = closed.steps[0].fields
    assert (opening["title"], opening["channel"]) == ("Printer loopt vast", "phone")
    assert (opening["impact"], opening["urgency"]) == (3, 2)
    assert opening["requester"]["name"] == "Een, Medewerker"
    assert closed.steps[1].fields["team"] == "Servicedesk"


@pytest.mark.parametrize(
    ("file", "mapping"),
    [("incidents.json", "topdesk-incidents"), ("incidents.csv", "topdesk-incidents-csv")],
)
def test_an_incident_on_hold_waits_on_whom_its_status_says(
    prepare: Prepare, file: str, mapping: str
) -> None:
    histories, _ = prepare(file, mapping)
    assert steps(histories["I 2203 002"]) == [
        ("open", "2022-03-15T08:00"),
        ("assign", "2022-03-15T08:10"),
        ("start", "2022-03-15T08:10"),
        ("pause", "2022-03-15T09:00"),
    ]
    assert histories["I 2203 002"].steps[-1].fields["waiting_on"] == "supplier"


def test_a_row_that_cannot_be_used_is_told_with_its_line(prepare: Prepare) -> None:
    histories, rejects = prepare("incidents.json", "topdesk-incidents")
    assert list(histories) == ["I 2203 001", "I 2203 002", "I 2203 004"]
    assert rejects == [
        (50, "I 2203 003", "state-unknown"),
        (50, "I 2203 003", "no-usable-row"),
        (67, "I 2203 005", "moment-unreadable"),
        (67, "I 2203 005", "no-usable-row"),
    ]


def test_a_moment_tells_its_own_offset(prepare: Prepare) -> None:
    histories, _ = prepare("incidents.json", "topdesk-incidents")
    assert steps(histories["I 2203 004"]) == [("open", "2022-07-15T10:00")]


@pytest.mark.parametrize(
    ("file", "mapping"),
    [("changes.json", "topdesk-changes"), ("changes.csv", "topdesk-changes-csv")],
)
def test_a_change_goes_as_far_as_its_moments_tell(
    prepare: Prepare, file: str, mapping: str
) -> None:
    histories, rejects = prepare(file, mapping)
    assert rejects == []
    assert {name: [step.do for step in each.steps] for name, each in histories.items()} == {
        "W2203 001": ["open", "assign", "start", "resolve", "close"],
        "W2203 002": ["open", "assign", "start"],
        "W2203 003": ["open", "cancel"],
    }
    assert {each.steps[0].fields["kind"] for each in histories.values()} == {"change"}
    assert histories["W2203 001"].steps[-1].at.isoformat() == "2022-03-08T08:00:00+00:00"
    assert histories["W2203 003"].steps[-1].at.isoformat() == "2022-03-04T10:00:00+00:00"


def test_people_of_one_name_are_told_apart_by_their_key(prepare: Prepare) -> None:
    histories, _ = prepare("incidents.json", "topdesk-incidents")
    names = Pseudonyms(SECRET, "topdesk")
    first, second = (histories[f"I 2203 00{number}"].steps[0].fields for number in (1, 2))
    assert first["requester"]["id"] == names.of("22222222-0000-4000-8000-000000000001")
    assert second["requester"]["id"] == names.of("Twee, Medewerker")
