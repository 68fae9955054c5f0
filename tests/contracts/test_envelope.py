"""An event travels as a CloudEvent that strangers can read and that keeps the Dutch profile."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http_event, to_structured_event
from pydantic import ValidationError

from contracts.catalog import PartnerWithdrawalAnnounced
from contracts.documents.published import sample_message
from contracts.documents.samples import golden_sample
from contracts.envelope import CONTENT_TYPE, Envelope, message, profile_violations, wrap
from contracts.registry import DomainEvent, UnknownEventTypeError, events
from contracts.tickets import TicketOpened

SUMMER = datetime(2026, 7, 2, 3, 4, 5, tzinfo=timezone(timedelta(hours=2)))


@pytest.mark.parametrize("event", list(events()), ids=lambda event: event.type())
def test_a_stranger_reads_what_was_sent(event: type[DomainEvent]) -> None:
    sent = golden_sample(event)

    read = from_http_event(HTTPMessage(headers={"Content-Type": CONTENT_TYPE}, body=sent.to_json()))

    assert read.get_id() == str(sent.id)
    assert read.get_source() == sent.source
    assert read.get_type() == event.type()
    assert read.get_subject() == sent.subject
    assert read.get_time() == sent.time
    assert read.get_dataschema() == sent.dataschema
    assert read.get_extension("sequence") == sent.sequence
    assert read.get_extension("traceparent") == sent.traceparent
    assert read.get_data() == sent.data


@pytest.mark.parametrize("event", list(events()), ids=lambda event: event.type())
@pytest.mark.parametrize("moment", [datetime(2026, 1, 2, 3, 4, 5, 678, UTC), SUMMER])
def test_an_event_made_into_a_message_at_once_says_the_same(
    event: type[DomainEvent], moment: datetime
) -> None:
    sent = golden_sample(event)
    attributes: dict[str, Any] = {
        "id": sent.id,
        "source": sent.source,
        "aggregate": sent.subject,
        "version": sent.aggregate_version,
        "recorded_at": moment,
        "correlation": sent.correlationid,
    }
    for trace in ({}, {"traceparent": "00-12-34-01", "tracestate": "a=é"}):
        wrapped = wrap(sent.event(), **attributes, trace=trace)
        assert message(sent.event(), **attributes, trace=trace) == wrapped.to_json()


def test_what_a_stranger_passes_on_is_still_the_same_event() -> None:
    sent = golden_sample(TicketOpened)
    stranger = from_http_event(
        HTTPMessage(headers={"Content-Type": CONTENT_TYPE}, body=sent.to_json())
    )
    passed_on = to_structured_event(stranger)
    assert Envelope.model_validate_json(passed_on.body) == sent


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in sample_message(TicketOpened).items() if key != name}


def having(**attributes: Any) -> dict[str, Any]:
    return {**sample_message(TicketOpened), **attributes}


@pytest.mark.parametrize(
    ("message", "violation"),
    [
        (without("specversion"), "specversion is required"),
        (without("id"), "id is required"),
        (without("source"), "source is required"),
        (without("type"), "type is required"),
        (without("subject"), "subject is required"),
        (without("time"), "time is required"),
        (having(id=7), "id is required"),
        (having(subject=""), "subject is required"),
        (having(trace_parent="x"), "attribute name 'trace_parent' is not"),
        (having(Partner="x"), "attribute name 'Partner' is not"),
        (having(averyveryverylongname="x"), "attribute name 'averyveryverylongname' is not"),
        (having(specversion="0.3"), "specversion must be 1.0"),
        (having(source="https://example.nl/tickets/INC-2026-000123"), "source must be"),
        (having(source="urn:nld:oin:123:systeem:bodemplaat"), "source must be"),
        (having(type="nl.bodemplaat.tickets.ticket-opened"), "type must be"),
        (having(type="nl.zevenaar.tickets.ticket-opened.v1"), "type must be"),
        (having(type="nl.bodemplaat.tickets.ticket-opened.v0"), "type must be"),
        (having(time="maandag"), "time must be RFC 3339"),
        (having(time="2026-03-02T08:12:00"), "time must carry an offset"),
        (having(datacontenttype="application/xml"), "datacontenttype must be application/json"),
        (without("datacontenttype"), "datacontenttype must be application/json"),
        (without("dataschema"), "dataschema must be an https URI"),
        (having(dataschema="http://example.nl/x.json"), "dataschema must be an https URI"),
        (without("sequence"), "sequence must be zero-padded digits"),
        (having(sequence="one"), "sequence must be zero-padded digits"),
        (having(sequencetype="Integer"), "sequencetype must not be used"),
    ],
)
def test_a_broken_message_is_told_what_breaks_the_profile(
    message: dict[str, Any], violation: str
) -> None:
    found = profile_violations(message)
    assert len(found) == 1
    assert found[0].startswith(violation)


def test_all_that_is_missing_is_told_at_once() -> None:
    assert len(profile_violations({"data": {}})) == 6


def test_absent_attributes_are_left_out_of_the_message() -> None:
    sent = golden_sample(TicketOpened).model_copy(update={"tracestate": None, "partner": None})
    assert {"tracestate", "partner"}.isdisjoint(json.loads(sent.to_json()))


def test_dutch_text_travels_as_it_is_written() -> None:
    sent = golden_sample(TicketOpened).model_copy(update={"data": {"team": "Coördinatie"}})
    assert "Coördinatie".encode() in sent.to_json()


def test_sequences_sort_as_text_like_the_versions_they_are() -> None:
    versions = [1, 9, 10, 99, 100, 999_999_999_999]
    sequences = [withdrawal(version).sequence for version in versions]
    assert sequences == sorted(sequences)
    assert [withdrawal(version).aggregate_version for version in versions] == versions


def test_the_partner_that_an_event_concerns_stands_on_the_envelope() -> None:
    assert withdrawal(1).partner == "zevenaar"


def withdrawal(version: int) -> Envelope:
    announced = PartnerWithdrawalAnnounced(
        occurred_at=datetime(2026, 1, 5, 9, tzinfo=UTC), partner="zevenaar", leaves_on="2027-01-01"
    )
    return wrap(
        announced,
        id=UUID("01890a5d-ac96-774b-bcce-b302099a8057"),
        source="urn:nld:oin:00000001003214345000:systeem:bodemplaat-catalog",
        aggregate="partner/zevenaar",
        version=version,
        recorded_at=datetime(2026, 1, 5, 10, tzinfo=timezone(timedelta(hours=1))),
    )


def test_an_event_without_an_offset_is_no_event() -> None:
    with pytest.raises(ValidationError):
        PartnerWithdrawalAnnounced(
            occurred_at=datetime(2026, 1, 5, 9),  # noqa: DTZ001  the point of the test
            partner="zevenaar",
            leaves_on="2027-01-01",
        )


def test_an_unknown_type_is_told_by_its_name() -> None:
    sent = golden_sample(TicketOpened)
    stranger = sent.model_copy(update={"type": "nl.bodemplaat.tickets.ticket-eaten.v1"})
    with pytest.raises(UnknownEventTypeError, match="ticket-eaten"):
        stranger.event()


def test_a_field_added_later_does_not_stop_a_consumer_of_today() -> None:
    sent = golden_sample(TicketOpened)
    later = sent.model_copy(update={"data": {**sent.data, "mood": "hopeful"}})
    assert later.event() == sent.event()
