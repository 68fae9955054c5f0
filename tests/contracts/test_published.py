"""A version that has been published stays exactly as it is."""

import json
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from contracts.documents.examples import example_of
from contracts.documents.published import (
    FOLDER,
    PublishedVersionChangedError,
    changed,
    documents,
    missing,
    publish,
)
from contracts.envelope import MAX_BYTES, Envelope, profile_violations, schema_uri
from contracts.registry import DomainEvent, events

EVENTS = list(events())


def published(event: type[DomainEvent], ending: str) -> Path:
    return FOLDER / event.context / f"{event.event_name}.v{event.event_version}{ending}"


def test_every_event_is_published_and_none_has_changed() -> None:
    assert missing() == []
    assert changed() == []


def test_what_was_released_is_in_the_repository_unchanged() -> None:
    git = ("git", "-C", str(FOLDER.parent.parent))
    tags = subprocess.run(
        (*git, "tag", "--list", "v*"), capture_output=True, text=True, check=False
    )
    if not tags.stdout.split():
        pytest.skip("no release has been tagged yet")
    latest = subprocess.run(
        (*git, "describe", "--tags", "--abbrev=0", "--match", "v*"),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    touched = subprocess.run(
        (*git, "diff", "--name-only", "--diff-filter=a", latest, "--", str(FOLDER)),
        capture_output=True,
        text=True,
        check=True,
    )
    assert touched.stdout.split() == []


@pytest.fixture
def released(tmp_path: Path) -> Path:
    publish(tmp_path)
    return tmp_path


def test_publishing_twice_adds_nothing(released: Path) -> None:
    assert publish(released) == []


def test_a_new_version_is_added_beside_what_there_is(released: Path) -> None:
    new = released / "tickets" / "ticket-opened.v1.json"
    new.unlink()
    assert publish(released) == ["tickets/ticket-opened.v1.json"]
    assert new.exists()


@pytest.mark.parametrize("ending", [".json", ".sample.json"])
def test_another_shape_under_the_same_version_is_refused(released: Path, ending: str) -> None:
    path = released / "tickets" / f"ticket-opened.v1{ending}"
    as_released = path.read_text().replace('"partner"', '"deelnemer"')
    path.write_text(as_released)
    (released / "tickets" / "ticket-closed.v1.json").unlink()

    with pytest.raises(PublishedVersionChangedError) as refusal:
        publish(released)

    assert refusal.value.paths == [f"tickets/ticket-opened.v1{ending}"]
    assert path.read_text() == as_released
    assert missing(released) == ["tickets/ticket-closed.v1.json"], "nothing at all was written"


def test_an_event_cannot_be_withdrawn(released: Path) -> None:
    (released / "tickets" / "ticket-vanished.v1.json").write_text("{}")
    with pytest.raises(PublishedVersionChangedError):
        publish(released)


@pytest.mark.parametrize("event", EVENTS, ids=lambda event: event.type())
class TestGoldenSample:
    def test_reads_as_the_event_and_writes_the_same_bytes(self, event: type[DomainEvent]) -> None:
        message = json.loads(published(event, ".sample.json").read_text())
        envelope = Envelope.model_validate(message)
        assert envelope.event() == example_of(event).event
        assert json.loads(envelope.to_json()) == message
        assert envelope.event().model_dump(mode="json") == message["data"]

    def test_conforms_to_the_profile(self, event: type[DomainEvent]) -> None:
        message = json.loads(published(event, ".sample.json").read_text())
        assert profile_violations(message) == []
        assert message["dataschema"] == schema_uri(event)

    def test_fits_its_own_schema(self, event: type[DomainEvent]) -> None:
        schema = json.loads(published(event, ".json").read_text())
        Draft202012Validator.check_schema(schema)
        message = json.loads(published(event, ".sample.json").read_text())
        Draft202012Validator(schema, format_checker=FormatChecker()).validate(message["data"])

    def test_is_far_below_what_intermediaries_must_pass(self, event: type[DomainEvent]) -> None:
        assert len(published(event, ".sample.json").read_bytes()) < MAX_BYTES // 8


def test_schemas_are_found_at_the_address_that_envelopes_name() -> None:
    addresses = {json.loads(text)["$id"] for name, text in documents() if ".sample." not in name}
    assert addresses == {schema_uri(event) for event in EVENTS}
