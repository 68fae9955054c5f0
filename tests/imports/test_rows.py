"""Files as people send them: encodings, delimiters, broken rows."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bodemplaat.imports.rows import FileUnreadable, read_rows
from chassis.tables import Row

HEADER = frozenset({"number", "state"})


def written(folder: Path, content: bytes, name: str = "export.csv") -> list[Row]:
    path = folder / name
    path.write_bytes(content)
    return list(read_rows(path, HEADER))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encoding_and_delimiter_are_recognised(
    tmp_path: Path, encoding: str, delimiter: str
) -> None:
    text = f"number{delimiter}state\r\nINC1{delimiter}Geëscaleerd\r\n"
    (row,) = written(tmp_path, text.encode(encoding))
    assert row == Row(2, {"number": "INC1", "state": "Geëscaleerd"})


def test_a_row_tells_the_line_it_starts_at(tmp_path: Path) -> None:
    rows = written(tmp_path, b'number,state\nA,"x\ny"\n\nB,z\n')
    assert [(row.line, row.values["number"]) for row in rows] == [(2, "A"), (5, "B")]


def test_a_row_of_another_width_is_kept_with_its_fault(tmp_path: Path) -> None:
    short, long, good = written(tmp_path, b"number,state\nA\nB,x,y\nC,z\n")
    assert [row.fault.slug if row.fault else None for row in (short, long, good)] == [
        "columns-differ",
        "columns-differ",
        None,
    ]
    assert short.values == {"number": "A"}


@pytest.mark.parametrize("content", [b"", b"\n\n", b"a,b\n1,2\n"])
def test_a_file_without_the_needed_columns_is_unreadable(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileUnreadable):
        written(tmp_path, content)


def test_json_lines_are_read_and_bad_lines_told_apart(tmp_path: Path) -> None:
    content = b'{"number": 7, "state": null}\n\nnope\n[1]\n'
    good, nope, array = written(tmp_path, content, "export.jsonl")
    assert good == Row(1, {"number": "7", "state": ""})
    assert (nope.line, array.line) == (3, 4)
    assert nope.fault is not None
    assert array.fault is not None
    assert nope.fault.slug == array.fault.slug == "row-unreadable"


@pytest.mark.parametrize("opening", ["[", '{"results": [', '\n{\n "results" : [\n'])
def test_what_an_api_answers_is_read_an_object_at_a_time(tmp_path: Path, opening: str) -> None:
    content = opening + '{"number": "A", "group": {"name": "ë"}},\n7,\n{"number": true}]}'
    first, seven, last = written(tmp_path, content.encode(), "export.json")
    line = 1 + opening.count("\n")
    assert first == Row(line, {"number": "A", "group.name": "ë"})
    assert (seven.line, seven.fault is not None) == (line + 1, True)
    assert last == Row(line + 2, {"number": "true"})


def test_an_array_that_breaks_off_is_told_at_its_line(tmp_path: Path) -> None:
    good, broken = written(tmp_path, b'[{"number": 1},\n{"number": 2', "export.json")
    assert good.values == {"number": "1"}
    assert broken.fault is not None
    assert (broken.line, broken.fault.slug) == (2, "row-unreadable")


def test_an_array_longer_than_a_piece_loses_nothing(tmp_path: Path) -> None:
    objects = [{"number": str(number), "text": "x" * 700} for number in range(400)]
    rows = written(tmp_path, json.dumps(objects, indent=1).encode(), "export.json")
    assert [row.values["number"] for row in rows] == [str(number) for number in range(400)]
    assert [row.line for row in rows] == [2 + 4 * number for number in range(400)]


@given(content=st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_bytes_make_reading_fail_otherwise(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    for row in written(folder, b"number,state\n" + content):
        assert row.line >= 2
    for start in (b"", b"[", b'[{"a":'):
        for row in written(folder, start + content, "export.jsonl"):
            assert row.line >= 1
