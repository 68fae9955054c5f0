"""A file becomes histories, and every row that cannot be used is told with its reason."""

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bodemplaat.imports.history import History
from bodemplaat.imports.importer import Preparation
from bodemplaat.imports.mapping import Mapping, load_mapping
from bodemplaat.imports.pseudonyms import Pseudonyms
from bodemplaat.imports.rejects import RejectFile
from bodemplaat.imports.sending import BATCH_BYTES, BATCH_HISTORIES, batches

COLUMNS = (
    "number,sys_mod_count,sys_updated_at,opened_at,incident_state,assignment_group,"
    "impact,urgency,caller_id,location,category,subcategory"
)
GOOD = "INC1,0,29-02-2016 09:10,29-02-2016 09:00,New,Group 1,1 - High,2 - Medium,Jan,L1,Cat1,S1"

SECRET = "a secret of thirty-two characters"

Prepare = Callable[..., tuple[list[History], list[dict[str, object]]]]


@pytest.fixture
def prepare(tmp_path: Path) -> Prepare:
    def prepared(
        *rows: str, partner: str | None = None, mapping: Mapping | None = None
    ) -> tuple[list[History], list[dict[str, object]]]:
        file, rejects = tmp_path / "export.csv", tmp_path / "rejects.jsonl"
        file.write_text("\n".join([COLUMNS, *rows]), encoding="utf-8")
        preparation = Preparation(file, mapping or load_mapping("servicenow"), SECRET, partner)
        with RejectFile(rejects) as refused:
            histories = list(preparation.histories(refused))
        assert preparation.rows == len(rows)
        lines = rejects.read_text(encoding="utf-8").splitlines() if rejects.exists() else []
        return histories, [json.loads(line) for line in lines]

    return prepared


def test_the_opening_tells_what_the_row_tells(prepare: Prepare) -> None:
    (history,), rejects = prepare(GOOD)
    assert rejects == []
    assert (history.external, history.row) == ("INC1", 2)
    assert history.steps[0].at.isoformat() == "2016-02-29T08:00:00+00:00"
    assert dict(history.steps[0].fields) == {
        "partner": "zevenaar",
        "kind": "incident",
        "title": "Cat1, S1",
        "description": "",
        "item": None,
        "domain": "ict",
        "impact": 1,
        "urgency": 2,
        "channel": "import",
        "requester": {"id": Pseudonyms(SECRET, "servicenow").of("Jan"), "name": "Jan"},
    }


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("29-02-2016 09:10", "30-02-2016 09:10", "moment-unreadable"),
        ("29-02-2016 09:10", "2016-02-29 09:10", "moment-unreadable"),
        ("29-02-2016 09:10", "?", "moment-absent"),
        ("29-02-2016 09:00", "?", "moment-absent"),
        ("29-02-2016 09:10", "29-02-2016 08:59", "before-opening"),
        (",New,", ",-100,", "state-unknown"),
        (",New,", ",Nieuw,", "state-unknown"),
        ("1 - High", "0 - Extreme", "level-unknown"),
        (",0,", ",first,", "order-unreadable"),
        (",0,", ",nan,", "order-unreadable"),
        (",S1", ",S1,more", "columns-differ"),
        (",S1", ",S\x001", "row-unreadable"),
    ],
)
def test_a_bad_row_is_rejected_with_its_line_and_reason(
    prepare: Prepare, old: str, new: str, reason: str
) -> None:
    histories, rejects = prepare(GOOD.replace(old, new), GOOD.replace("INC1", "INC2"))
    assert [history.external for history in histories] == ["INC2"]
    assert [(each["line"], each["incident"], each["reason"]) for each in rejects] == [
        (2, "INC1", reason),
        (2, "INC1", "no-usable-row"),
    ]
    assert rejects[0]["text"]
    assert rejects[0]["row"]["number"] == "INC1"  # type: ignore[index]


def test_the_good_rows_of_a_ticket_go_in_without_the_bad_one(prepare: Prepare) -> None:
    bad = GOOD.replace(",0,", ",1,").replace("New", "Nieuw")
    good = GOOD.replace(",0,", ",2,").replace("New", "Active")
    (history,), (reject,) = prepare(GOOD, bad, good)
    assert [step.do for step in history.steps] == ["open", "assign", "start"]
    assert reject["line"] == 3


def test_a_row_without_a_number_belongs_to_no_ticket(prepare: Prepare) -> None:
    histories, (reject,) = prepare(GOOD.replace("INC1", "?"))
    assert histories == []
    assert (reject["incident"], reject["reason"]) == (None, "number-absent")


def test_a_number_that_no_ticket_can_have_is_rejected(prepare: Prepare) -> None:
    histories, rejects = prepare(GOOD.replace("INC1", "INC" * 100))
    assert histories == []
    assert rejects[0]["reason"] == "number-too-long"


def test_rows_of_a_ticket_may_stand_apart(prepare: Prepare) -> None:
    other = GOOD.replace("INC1", "INC2")
    later = GOOD.replace(",0,", ",1,").replace("New", "Active")
    histories, rejects = prepare(later, other, GOOD)
    assert rejects == []
    assert [(each.external, len(each.steps)) for each in histories] == [("INC2", 2), ("INC1", 3)]


def test_a_partner_comes_from_the_row_else_the_option_else_the_default(prepare: Prepare) -> None:
    mapping = load_mapping("servicenow")
    rule = mapping.partners.model_copy(update={"values": {"L1": "1stroom"}})
    mapping = mapping.model_copy(update={"partners": rule})
    rows = (GOOD, GOOD.replace("INC1", "INC2").replace("L1", "L2"))
    partners = [
        [history.steps[0].fields["partner"] for history in prepare(*rows, **options)[0]]
        for options in ({"mapping": mapping}, {"mapping": mapping, "partner": "duiven"})
    ]
    assert partners == [["1stroom", "zevenaar"], ["1stroom", "duiven"]]


def test_without_any_partner_the_ticket_is_rejected_whole(prepare: Prepare) -> None:
    mapping = load_mapping("servicenow")
    rule = mapping.partners.model_copy(update={"default": None})
    histories, (reject,) = prepare(GOOD, mapping=mapping.model_copy(update={"partners": rule}))
    assert histories == []
    assert (reject["reason"], reject["whole_incident"]) == ("partner-absent", True)


def test_a_category_in_the_mapping_is_an_item(prepare: Prepare) -> None:
    mapping = load_mapping("servicenow")
    rule = mapping.items.model_copy(update={"values": {"Cat1": "ICT-WP-01"}})
    mapping = mapping.model_copy(update={"items": rule})
    (history,), _ = prepare(
        GOOD, GOOD.replace(",0,", ",1,").replace("Cat1", "Cat2"), mapping=mapping
    )
    assert history.steps[0].fields["item"] == "ICT-WP-01"
    assert history.steps[-1].do == "reclassify"
    assert history.steps[-1].fields["item"] is None


def test_a_pseudonym_is_of_one_person_in_one_source() -> None:
    names = Pseudonyms(SECRET, "servicenow")
    assert names.of("Jan") == Pseudonyms(SECRET, "servicenow").of("Jan")
    assert names.of("Jan") != names.of("Jan ")
    assert names.of("Jan") != Pseudonyms(SECRET, "topdesk").of("Jan")
    assert "Jan" not in names.of("Jan")


def test_who_has_not_the_secret_cannot_find_a_name_by_trying() -> None:
    ours, theirs = Pseudonyms(SECRET, "servicenow"), Pseudonyms("a guess", "servicenow")
    plain = hashlib.sha256(b"servicenow\nJan").hexdigest()[:32]
    assert ours.of("Jan") not in {theirs.of("Jan"), plain}


def test_batches_keep_the_order_and_fit_a_message(prepare: Prepare) -> None:
    long = GOOD.replace("Cat1", "C" * 1500)
    histories, _ = prepare(*(long.replace("INC1", f"INC{number}") for number in range(950)))
    cut = list(batches(histories))
    assert [each for batch in cut for each in batch] == histories
    assert all(len(batch) <= BATCH_HISTORIES for batch in cut)
    assert all(
        sum(len(json.dumps(each.body())) for each in batch) <= BATCH_BYTES * 1.2 for batch in cut
    )


def test_a_run_without_rejects_leaves_no_reject_file(tmp_path: Path) -> None:
    path = tmp_path / "old.rejects.jsonl"
    path.write_text("{}\n")
    with RejectFile(path):
        pass
    assert not path.exists()
