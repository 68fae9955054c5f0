"""The real, anonymised log arrives whole: counted against a plain reading of the file."""

import csv
import json
from collections import defaultdict
from datetime import UTC, datetime
from itertools import groupby, pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bodemplaat.imports.history import History
from bodemplaat.imports.importer import Preparation
from bodemplaat.imports.mapping import load_mapping
from bodemplaat.imports.rejects import RejectFile

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT.parent / "shared" / "data" / "servicenow_incident_log.csv"
BEFORE_OPENING = {330, 336, 346, 351, 438}
OUT_OF_ORDER = {359}
AMSTERDAM = ZoneInfo("Europe/Amsterdam")

Prepared = tuple[dict[str, History], list[dict[str, object]]]
Log = dict[str, list[dict[str, str]]]

pytestmark = pytest.mark.skipif(
    not LOG.exists(), reason="the ServiceNow log lies beside the checkout only where it was given"
)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    path = tmp_path_factory.mktemp("log") / "rejects.jsonl"
    with RejectFile(path) as refused:
        histories = list(Preparation(LOG, load_mapping("servicenow"), "secret").histories(refused))
    rejects = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {history.external: history for history in histories}, rejects


@pytest.fixture(scope="module")
def log() -> Log:
    """The usable rows per incident, by their own number."""
    incidents: dict[str, list[dict[str, str]]] = defaultdict(list)
    with LOG.open(encoding="utf-8", newline="") as file:
        for line, row in enumerate(csv.DictReader(file), start=2):
            if line not in BEFORE_OPENING | OUT_OF_ORDER:
                incidents[row["number"]].append(row)
    for rows in incidents.values():
        rows.sort(key=lambda row: int(row["sys_mod_count"]))
    return dict(incidents)


def moment(text: str) -> datetime:
    local = datetime.strptime(text, "%d-%m-%Y %H:%M").replace(tzinfo=AMSTERDAM)
    return local.astimezone(UTC)


def moments(history: History, do: str) -> list[datetime]:
    return [step.at for step in history.steps if step.do == do]


def fields(history: History, do: str, name: str) -> list[object]:
    return [step.fields[name] for step in history.steps if step.do == do]


def states(rows: list[dict[str, str]]) -> list[str]:
    return [state for state, _ in groupby(row["incident_state"] for row in rows)]


def test_every_incident_arrives_and_six_rows_do_not(prepared: Prepared, log: Log) -> None:
    histories, rejects = prepared
    assert len(histories) == len(log) == 445
    assert set(histories) == set(log)
    by_reason = defaultdict(set)
    for reject in rejects:
        by_reason[reject["reason"]].add(reject["line"])
    assert by_reason == {"before-opening": BEFORE_OPENING, "out-of-order": OUT_OF_ORDER}


def test_openings_and_closings_have_the_log_s_own_dates(prepared: Prepared, log: Log) -> None:
    for number, history in prepared[0].items():
        rows = log[number]
        assert moments(history, "open") == [moment(rows[0]["opened_at"])]
        assert moments(history, "close") == [moment(rows[-1]["closed_at"])]


def test_the_last_resolution_is_the_one_that_the_log_names(prepared: Prepared, log: Log) -> None:
    named = 0
    for number, history in prepared[0].items():
        told = log[number][-1]["resolved_at"]
        rows = [row for row in log[number] if row["incident_state"] == "Resolved"]
        named += told != "?"
        expected = told if told != "?" else rows[0]["sys_updated_at"]
        assert moments(history, "resolve")[-1] == moment(expected)
    assert named == 429


def test_waiting_begins_and_ends_where_the_states_do(prepared: Prepared, log: Log) -> None:
    waiting = {"Awaiting User Info": "user", "Awaiting Problem": "change-window"}
    for number, history in prepared[0].items():
        expected = [waiting[state] for state in states(log[number]) if state in waiting]
        assert fields(history, "pause", "waiting_on") == expected
        begins = [
            moment(after["sys_updated_at"])
            for before, after in pairwise([{"incident_state": ""}, *log[number]])
            if after["incident_state"] in waiting
            and after["incident_state"] != before["incident_state"]
        ]
        assert moments(history, "pause") == begins
    pauses = [
        each for history in prepared[0].values() for each in fields(history, "pause", "waiting_on")
    ]
    assert pauses.count("user") == sum(
        state == "Awaiting User Info" for rows in log.values() for state in states(rows)
    )


def test_reopenings_are_those_that_the_log_counts(prepared: Prepared, log: Log) -> None:
    for number, history in prepared[0].items():
        assert len(moments(history, "reopen")) == int(log[number][-1]["reopen_count"])


def test_teams_follow_the_log_and_the_first_is_the_first_line(prepared: Prepared, log: Log) -> None:
    for number, history in prepared[0].items():
        teams = [row["assignment_group"] for row in log[number] if row["assignment_group"] != "?"]
        passed = [team for team, _ in groupby(teams)]
        told = [team for team in fields(history, "assign", "team") if team != "Servicedesk"]
        assert told == passed
        lines = fields(history, "assign", "line")
        assert lines == ["first", *["second"] * (len(lines) - 1)][: len(lines)]


def test_priority_ends_where_the_log_ends(prepared: Prepared, log: Log) -> None:
    changed = 0
    for number, history in prepared[0].items():
        last = log[number][-1]
        told = [step for step in history.steps if step.do in {"open", "prioritise"}][-1].fields
        assert told["impact"] == int(last["impact"][0])
        assert told["urgency"] == int(last["urgency"][0])
        changed += len(moments(history, "prioritise"))
    assert changed == sum(
        (before["impact"], before["urgency"]) != (after["impact"], after["urgency"])
        for rows in log.values()
        for before, after in pairwise(rows)
    )


def test_work_starts_no_later_than_the_log_shows_it(prepared: Prepared, log: Log) -> None:
    """At the first row that is not new; a ticket resolved straight away has no start of its own."""
    for number, history in prepared[0].items():
        worked = [row for row in log[number] if row["incident_state"] != "New"]
        if worked[0]["incident_state"] == "Resolved":
            assert moments(history, "start")[:1] in ([], moments(history, "reopen")[:1])
        else:
            assert moments(history, "start")[0] == moment(worked[0]["sys_updated_at"])
