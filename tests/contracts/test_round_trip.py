"""Whatever an event holds, it comes out of its envelope as it went in."""

import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from pydantic import AwareDatetime, ValidationError

from contracts.documents.schemas import data_schema
from contracts.envelope import MAX_BYTES, Envelope, profile_violations, wrap
from contracts.registry import DomainEvent, events
from contracts.tickets import TicketEvent, TicketOpened

MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=UTC)
)


def of_json_schema(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    """JSON values that fit an event's schema."""
    if "$ref" in schema:
        return of_json_schema(root["$defs"][schema["$ref"].rsplit("/", 1)[-1]], root)
    if options := schema.get("anyOf", schema.get("oneOf")):
        return st.one_of([of_json_schema(option, root) for option in options])
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    return BY_TYPE[schema["type"]](schema, root)


def objects(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        return maps(schema, root)
    fields = {name: of_json_schema(field, root) for name, field in schema["properties"].items()}
    required = schema.get("required", [])
    return st.fixed_dictionaries(
        {name: fields[name] for name in required},
        optional={name: field for name, field in fields.items() if name not in required},
    )


def maps(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    if "patternProperties" in schema:
        [(pattern, values)] = schema["patternProperties"].items()
        keys = st.from_regex(pattern.replace("$", r"\Z"))
    else:
        values, keys = schema["additionalProperties"], st.integers(1990, 2200).map(str)
    least = schema.get("minProperties", 0)
    return st.dictionaries(keys, of_json_schema(values, root), min_size=least, max_size=3)


def arrays(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    return st.lists(
        of_json_schema(schema["items"], root), min_size=schema.get("minItems", 0), max_size=3
    )


def strings(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    match schema.get("format"):
        case "date-time":
            return MOMENTS.map(lambda moment: moment.isoformat())
        case "date":
            return st.dates(date(1990, 1, 1), date(2200, 1, 1)).map(lambda day: day.isoformat())
        case "time":
            return st.times(time(0), time(23, 59)).map(lambda moment: moment.isoformat())
        case "decimal":
            return st.decimals(1, 10, places=1).map(str)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"].replace("$", r"\Z"))
    letters = st.characters(exclude_categories=["Cs", "Zs", "Cc"])
    return st.text(letters, min_size=1, max_size=min(schema.get("maxLength", 40), 40))


def integers(schema: dict[str, Any], root: dict[str, Any]) -> st.SearchStrategy[Any]:
    return st.integers(schema.get("minimum", 0), schema.get("maximum", 10**9))


BY_TYPE = {
    "object": objects,
    "array": arrays,
    "string": strings,
    "integer": integers,
    "boolean": lambda schema, root: st.booleans(),
    "null": lambda schema, root: st.none(),
}


def enveloped(event: DomainEvent, version: int, recorded_at: AwareDatetime) -> Envelope:
    return wrap(
        event,
        id=UUID("01890a5d-ac96-774b-bcce-b302099a8057"),
        source=f"urn:nld:oin:00000001003214345000:systeem:bodemplaat-{event.context}",
        aggregate="INC-2026-000123",
        version=version,
        recorded_at=recorded_at,
    )


@pytest.mark.parametrize("cls", list(events()), ids=lambda cls: cls.type())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_an_event_survives_the_journey(cls: type[DomainEvent], data: st.DataObject) -> None:
    schema = data_schema(cls)
    event = cls.model_validate(data.draw(of_json_schema(schema, schema)))
    sent = enveloped(event, data.draw(st.integers(1, 10**12 - 1)), data.draw(MOMENTS))

    received = Envelope.model_validate_json(sent.to_json())

    assert received == sent
    assert received.event() == event
    assert received.to_json() == sent.to_json()
    assert profile_violations(json.loads(sent.to_json())) == []
    Draft202012Validator(schema).validate(received.data)
    assert len(sent.to_json()) < MAX_BYTES


@pytest.mark.parametrize("cls", list(events()), ids=lambda cls: cls.type())
def test_an_event_is_frozen(cls: type[DomainEvent]) -> None:
    event = cls.model_construct(occurred_at=datetime(2026, 1, 1, tzinfo=UTC))
    with pytest.raises(ValidationError, match="frozen"):
        event.occurred_at = datetime(2027, 1, 1, tzinfo=UTC)  # type: ignore[misc]


def test_amounts_keep_their_cents() -> None:
    [cls] = [cls for cls in events("catalog") if cls.event_name == "catalogue-item-published"]
    content = {"name": "x", "domain": "ict", "tier": "basic", "unit": "hour", "owner": "x"}
    event = cls.model_validate(
        {
            "occurred_at": "2026-01-01T00:00:00Z",
            "item": "ICT-WP-01",
            "item_version": 1,
            "valid_from": "2026-01-01",
            "content": {**content, "tariffs": {"2026": "0.10"}},
        }
    )
    assert event.model_dump(mode="json")["content"]["tariffs"] == {"2026": "0.10"}
    assert event.model_dump()["content"]["tariffs"] == {2026: Decimal("0.10")}


def test_no_event_of_a_ticket_has_room_for_clear_text_of_a_person() -> None:
    personal = {"title", "description", "name", "email", "phone", "comment"}
    of_tickets = [cls for cls in events("tickets") if issubclass(cls, TicketEvent)]
    assert TicketOpened in of_tickets
    for cls in of_tickets:
        clear = {name for name, field in cls.model_fields.items() if field.annotation is str}
        assert personal.isdisjoint(clear)
    assert TicketOpened.model_fields["personal"].annotation.__name__ == "Sealed"
