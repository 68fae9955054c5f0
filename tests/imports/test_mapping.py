"""A mapping file is checked before anything is read with it."""

from pathlib import Path

import pytest

from bodemplaat.imports.mapping import READY, MappingInvalid, load_mapping


@pytest.mark.parametrize("name", sorted(path.stem for path in READY.glob("*.toml")))
def test_ready_mappings_load(name: str) -> None:
    assert load_mapping(name).source


def test_a_mapping_that_does_not_exist_is_answered_with_those_that_do() -> None:
    with pytest.raises(MappingInvalid, match="ready ones are: servicenow, topdesk-changes"):
        load_mapping("topdesk2")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('"Europe/Amsterdam"', '"Europe/Zevenaar"', "time_zone: .*no time zone"),
        ('"New" = "new"', '"New" = "nieuw"', "states.New: "),
        ('"$description"', '"$ description"', "description: .*is no template"),
        ('number = "number"', 'nummer = "number"', r"columns\.number: "),
        ("[states]", "[states", "is not TOML"),
    ],
)
def test_a_broken_mapping_names_its_key(tmp_path: Path, old: str, new: str, problem: str) -> None:
    text = (READY / "servicenow.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "own.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MappingInvalid, match=problem):
        load_mapping(path)
