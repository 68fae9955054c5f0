"""The AsyncAPI 3 document: every channel, who sends and who receives on it, every message."""

from collections.abc import Iterator, Mapping
from itertools import chain, groupby
from typing import Any

from contracts.documents.examples import example_of
from contracts.documents.published import sample_message
from contracts.documents.schemas import data_schema
from contracts.envelope import Envelope
from contracts.registry import DomainEvent, events
from contracts.service import Service
from contracts.topology import (
    LIVE,
    SERVICES,
    administration_subject,
    command_subject,
    consumers_of,
    query_subject,
    service,
)

ASYNCAPI = "3.0.0"
CLOUD_EVENT = "application/cloudevents+json"
SCHEMAS = "#/components/schemas/{model}"
REQUEST_HEADERS = {
    "type": "object",
    "required": ["Bodemplaat-Actor", "Bodemplaat-Roles", "Bodemplaat-Partners"],
    "properties": {
        "Bodemplaat-Command-Id": {
            "type": "string",
            "description": "The same id gives the same answer and one effect",
        },
        "Bodemplaat-Actor": {"type": "string", "description": "Pseudonym of who asks"},
        "Bodemplaat-Roles": {"type": "string", "description": "Comma-separated"},
        "Bodemplaat-Partners": {
            "type": "string",
            "description": "Partners the caller acts for, comma-separated; `*` is all",
        },
        "Bodemplaat-Now": {
            "type": "string",
            "format": "date-time",
            "description": "Business moment in the past; from the operator only",
        },
        "Bodemplaat-Expected-Version": {
            "type": "string",
            "description": "Version of the aggregate that the caller saw",
        },
        "traceparent": {"type": "string"},
        "tracestate": {"type": "string"},
    },
}
REPLY = {
    "type": "object",
    "description": "`ok` when it was done or answered, `faults` when it was refused",
    "properties": {
        "ok": {"type": "object"},
        "faults": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["slug", "kind"],
                "properties": {
                    "slug": {"type": "string", "description": "Stable name of the broken rule"},
                    "kind": {"type": "string"},
                    "field": {"type": ["string", "null"]},
                    "params": {"type": "object"},
                },
            },
        },
    },
}
LIVE_NOTICE = {
    "type": "object",
    "required": ["sequence", "tickets"],
    "properties": {
        "sequence": {"type": "integer", "description": "Stream sequence the view holds at"},
        "tickets": {"type": "array", "items": {"type": "string"}, "maxItems": 50},
    },
}

Document = dict[str, Any]


def asyncapi(version: str) -> Document:
    """The document of release `version`."""
    channels: Document = {}
    operations: Document = {}
    for channel_id, channel, its_operations in chain(
        _event_channels(), _request_channels(), _administration(), _live_channels()
    ):
        channels[channel_id] = channel
        operations.update(its_operations)
    return {
        "asyncapi": ASYNCAPI,
        "info": _info(version),
        "defaultContentType": "application/json",
        "servers": {
            "nats": {"host": "localhost:4222", "protocol": "nats", "description": "NATS JetStream"}
        },
        "channels": channels,
        "operations": operations,
        "components": {"messages": _messages(), "schemas": _schemas()},
    }


def _info(version: str) -> Document:
    lines = [f"- `{member.name}`: {member.does}" for member in SERVICES]
    return {
        "title": "Bodemplaat",
        "version": version,
        "description": "\n".join(["What the services say to each other on NATS.", "", *lines]),
        "license": {"name": "EUPL-1.2", "url": "https://spdx.org/licenses/EUPL-1.2.html"},
    }


Part = Iterator[tuple[str, Document, Document]]


def _event_channels() -> Part:
    for subject, group in groupby(events(), key=lambda event: event.subject()):
        versions = list(group)
        context, channel_id = versions[0].context, _channel_id(subject)
        channel = {
            "address": subject,
            "messages": {_message_id(event): _message_ref(event) for event in versions},
        }
        operations = {_operation_id(context, "send", channel_id): _operation("send", channel_id)}
        for consumer in consumers_of(context):
            operation_id = _operation_id(consumer.name, "receive", channel_id)
            operations[operation_id] = _operation("receive", channel_id)
        yield channel_id, channel, operations


def _request_channels() -> Part:
    for member in SERVICES:
        for command in member.commands:
            subject = command_subject(member.name, command)
            yield from _request([member], subject, "Command", _callers(member, "sends"))
        for query in member.queries:
            subject = query_subject(member.name, query)
            yield from _request([member], subject, "Query", _callers(member, "asks"))


def _administration() -> Part:
    """What the operator may ask of every service that has a database."""
    subject = administration_subject("{service}", "{request}")
    answering = [member for member in SERVICES if member.answers]
    asking = [member for member in SERVICES if member.administers]
    for channel_id, channel, operations in _request(answering, subject, "Query", asking):
        parameters = {
            "service": {"enum": [member.name for member in answering]},
            "request": {"description": "Such as `parked` or `reconcile`"},
        }
        extra = {"parameters": parameters} if channel["address"] else {}
        yield channel_id, {**channel, **extra}, operations


def _callers(member: Service, relation: str) -> list[Service]:
    return [caller for caller in SERVICES if member.name in getattr(caller, relation)]


def _request(answering: list[Service], subject: str, message: str, asking: list[Service]) -> Part:
    """One request/reply channel, and the channel of its answers."""
    channel_id = _channel_id(subject)
    reply_id = f"{channel_id}-reply"
    reply = {
        "address": {"location": "$message.header#/reply"},
        "channel": {"$ref": f"#/channels/{reply_id}"},
    }
    request = {"address": subject, "messages": {message: _component(message)}}
    operations = {
        _operation_id(member.name, action, channel_id): {
            **_operation(action, channel_id),
            "reply": reply,
        }
        for action, members in (("receive", answering), ("send", asking))
        for member in members
    }
    yield channel_id, request, operations
    yield reply_id, {"address": None, "messages": {"Reply": _component("Reply")}}, {}


def _live_channels() -> Part:
    channel = {
        "address": f"{LIVE}.{{view}}.{{partner}}",
        "description": "A read model of this partner changed. Best effort, for screens.",
        "parameters": {
            "view": {"description": "The read model"},
            "partner": {"description": "Short name of the partner"},
        },
        "messages": {"Live": _component("Live")},
    }
    operations = {}
    for member in SERVICES:
        if member.live:
            operations[_operation_id(member.name, "send", LIVE)] = _operation("send", LIVE)
        if member.watches:
            operations[_operation_id(member.name, "receive", LIVE)] = _operation("receive", LIVE)
    yield LIVE, channel, operations


def _messages() -> Document:
    headers = REQUEST_HEADERS
    requests: Document = {
        "Command": {"summary": "An order", "headers": headers, "payload": {"type": "object"}},
        "Query": {"summary": "A question", "headers": headers, "payload": {"type": "object"}},
        "Reply": {"summary": "The answer", "payload": REPLY},
        "Live": {"summary": "A view changed", "payload": LIVE_NOTICE},
    }
    return {**{_message_id(event): _event_message(event) for event in events()}, **requests}


def _event_message(event: type[DomainEvent]) -> Document:
    return {
        "name": event.type(),
        "summary": f"Published when {example_of(event).when}",
        "contentType": CLOUD_EVENT,
        "payload": {
            "allOf": [
                {"$ref": SCHEMAS.format(model="Envelope")},
                {
                    "type": "object",
                    "properties": {
                        "type": {"const": event.type()},
                        "data": {"$ref": SCHEMAS.format(model=_message_id(event))},
                    },
                },
            ]
        },
        "examples": [{"name": "golden", "payload": sample_message(event)}],
    }


def _schemas() -> Document:
    """The envelope, every event's data, and their nested types per context."""
    schemas: Document = {"Envelope": _lifted(Envelope.model_json_schema(mode="serialization"))}
    for event in events():
        schema = data_schema(event, definitions=SCHEMAS.format(model=f"{event.context}-{{model}}"))
        schema = _without_discriminators(schema)
        for name, definition in schema.pop("$defs", {}).items():
            schemas[f"{event.context}-{name}"] = definition
        schemas[_message_id(event)] = schema
    return schemas


def _without_discriminators(schema: Any) -> Any:
    """OpenAPI's way to tell the members of a union apart: AsyncAPI has another meaning for it."""
    match schema:
        case {"discriminator": {"propertyName": _}, **others}:
            return _without_discriminators(others)
        case dict():
            return {name: _without_discriminators(value) for name, value in schema.items()}
        case list():
            return [_without_discriminators(each) for each in schema]
        case _:
            return schema


def _lifted(schema: Mapping[str, Any]) -> Document:
    """Without the parts that only pydantic's own rendering needs."""
    return {name: value for name, value in schema.items() if name != "$defs"}


def _component(message: str) -> Document:
    return {"$ref": f"#/components/messages/{message}"}


def _message_ref(event: type[DomainEvent]) -> Document:
    return _component(_message_id(event))


def _message_id(event: type[DomainEvent]) -> str:
    return f"{event.context}-{event.event_name}-v{event.event_version}"


def _channel_id(subject: str) -> str:
    """`cmd.tickets.open-ticket` → `cmd-tickets-open-ticket`; parameters are left out."""
    return "-".join(part for part in subject.split(".") if not part.startswith("{"))


def _operation_id(member: str, action: str, channel_id: str) -> str:
    return f"{service(member).name}-{action}-{channel_id}"


def _operation(action: str, channel_id: str) -> Document:
    return {"action": action, "channel": {"$ref": f"#/channels/{channel_id}"}}
