"""The pages made from the contracts say what the contracts say."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from contracts.documents.catalogue import event_catalogue
from contracts.documents.pages import pages
from contracts.registry import events
from contracts.topology import SERVICES

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
NODE_TOOLS = ROOT / "build" / "node"
SCRIPT = Path(__file__).with_name("parse_asyncapi.js")


@pytest.mark.parametrize(("name", "text"), list(pages()), ids=[name for name, _ in pages()])
def test_the_page_is_up_to_date(name: str, text: str) -> None:
    on_disk = (DOCS / name).read_text(encoding="utf-8")
    assert on_disk == text, f"docs/{name} differs from the contracts: run `make docs`"


def asyncapi() -> dict[str, dict[str, dict[str, object]]]:
    document: dict[str, dict[str, dict[str, object]]] = json.loads(
        (DOCS / "asyncapi.json").read_text()
    )
    return document


def test_asyncapi_has_a_channel_for_every_subject() -> None:
    addresses = {channel["address"] for channel in asyncapi()["channels"].values()}
    for event in events():
        assert event.subject() in addresses
    for member in SERVICES:
        assert {f"cmd.{member.name}.{name}" for name in member.commands} <= addresses
        assert {f"qry.{member.name}.{name}" for name in member.queries} <= addresses


def test_asyncapi_tells_who_sends_and_who_receives() -> None:
    operations = asyncapi()["operations"]
    assert operations["tickets-send-evt-tickets-ticket-opened"]["action"] == "send"
    assert operations["projection-receive-evt-tickets-ticket-opened"]["action"] == "receive"
    assert operations["tickets-receive-evt-catalog-partner-joined"]["action"] == "receive"
    assert operations["gateway-send-cmd-tickets-open-ticket"]["action"] == "send"
    assert "gateway-receive-evt-tickets-ticket-opened" not in operations


def test_asyncapi_is_valid() -> None:
    node = shutil.which("node")
    if node is None or not (NODE_TOOLS / "node_modules" / "@asyncapi" / "parser").exists():
        pytest.skip("needs node and `npm install --prefix build/node @asyncapi/parser`")
    parsed = subprocess.run(
        (node, SCRIPT, NODE_TOOLS, DOCS / "asyncapi.json"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(parsed.stdout) == []


def test_every_field_has_a_meaning() -> None:
    rows = re.findall(r"^\| `(\w+)` \|.*\| *(.*) \|$", event_catalogue(), re.MULTILINE)
    assert {name for name, meaning in rows if not meaning} == set()
