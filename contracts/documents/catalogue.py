"""The event catalogue: for every event when it is published, what it holds, who hears it."""

from collections.abc import Iterator, Mapping
from inspect import cleandoc
from itertools import groupby
from typing import Any

from contracts.documents.examples import example_of
from contracts.documents.published import pretty, sample_message
from contracts.documents.schemas import data_schema
from contracts.registry import DomainEvent, events
from contracts.topology import consumers_of, publishers, service

HEADING = """\
# Event catalogue

Made by `make docs` from `contracts/`; a test fails when it differs.

Every event travels on the NATS subject under its name, in stream `DOMAIN`, as a CloudEvent 1.0
in structured JSON mode (`application/cloudevents+json`) under the NL GOV profile 1.1. The
attribute `time` is the moment of recording; `occurred_at` in the data is when it happened.
`subject` is the aggregate's id and `sequence` its version after the event, zero-padded.
Delivery is at least once, in order per aggregate: `id` tells a duplicate.

Moments are RFC 3339 in UTC; dates are Dutch calendar dates; amounts are decimal strings. A
consumer ignores fields it does not know. A published version never changes: another shape is a
next version, published beside the old one for a while.
"""

FORMATS = {"date-time": "moment", "date": "date", "time": "time of day", "decimal": "decimal"}

Schema = Mapping[str, Any]


def event_catalogue() -> str:
    """The whole page, in Markdown."""
    parts = [HEADING, _contents()]
    for publisher in publishers():
        parts.append(f"## {publisher.name}: {publisher.does}\n")
        parts.extend(_event(event) for event in events(publisher.name))
        parts.append(_shapes(publisher.name))
    return "\n".join(parts)


def _contents() -> str:
    rows = [
        f"| [`{name}`](#{name}) | {service(context).name} | {example_of(versions[-1]).when} |"
        for (context, name), versions in _by_name()
    ]
    return "\n".join(["| event | published by | when |", "| --- | --- | --- |", *rows, ""])


def _by_name() -> Iterator[tuple[tuple[str, str], list[type[DomainEvent]]]]:
    for key, group in groupby(events(), key=lambda event: (event.context, event.event_name)):
        yield key, sorted(group, key=lambda event: event.event_version)


def _event(event: type[DomainEvent]) -> str:
    schema = data_schema(event)
    hears = ", ".join(f"`{consumer.name}`" for consumer in consumers_of(event.context))
    name = f"{event.event_name}.v{event.event_version}"
    return "\n".join(
        [
            f"### {event.event_name}\n",
            f"Published when {example_of(event).when}.",
            *([f"\n{_prose(schema)}"] if "description" in schema else []),
            f"\n- type `{event.type()}`",
            f"- subject `{event.subject()}`",
            f"- consumed by {hears}",
            f"- schema [`{name}.json`](../contracts/schemas/{event.context}/{name}.json)\n",
            _fields(schema, schema.get("$defs", {})),
            "<details><summary>Sample</summary>\n",
            f"```json\n{pretty(sample_message(event))}```\n",
            "</details>\n",
        ]
    )


def _shapes(context: str) -> str:
    """The nested types of a context's events, each once."""
    definitions: dict[str, Schema] = {}
    for event in events(context):
        definitions.update(data_schema(event).get("$defs", {}))
    parts = [f"### Shapes in {context}\n"]
    for name, schema in sorted(definitions.items()):
        text = [f"{_prose(schema)}\n"] if "description" in schema else []
        parts.extend([f"#### {name}\n", *text, _fields(schema, definitions)])
    return "\n".join(parts)


def _prose(schema: Schema) -> str:
    return cleandoc(schema["description"])


def _fields(schema: Schema, definitions: Mapping[str, Schema]) -> str:
    required = schema.get("required", ())
    rows = [
        f"| `{name}` | {_type(field)} | {'yes' if name in required else _default(field)} "
        f"| {_meaning(field, definitions)} |"
        for name, field in schema["properties"].items()
    ]
    return "\n".join(
        ["| field | type | required | meaning |", "| --- | --- | --- | --- |", *rows, ""]
    )


def _default(field: Schema) -> str:
    return f"no: `{field['default']!r}`".replace("None", "null") if "default" in field else "no"


def _meaning(field: Schema, definitions: Mapping[str, Schema]) -> str:
    """The description, the field's own or else its type's, on one line."""
    options = (field, *field.get("anyOf", ()), field.get("items", {}))
    named = (definitions.get(_name(option), {}) for option in options if "$ref" in option)
    texts = [option.get("description", "") for option in (*options, *named)]
    paragraph = next(filter(None, texts), "").split("\n\n")[0]
    return " ".join(paragraph.split())


def _type(field: Schema) -> str:
    """A schema in a few words; a nested type by its name."""
    if options := field.get("anyOf", field.get("oneOf")):
        return " or ".join(_type(option) for option in options)
    if "$ref" in field:
        return _link(_name(field))
    if "allOf" in field:
        return _type(field["allOf"][0])
    if "enum" in field:
        return " \\| ".join(f"`{value}`" for value in field["enum"])
    if "const" in field:
        return f"`{field['const']}`"
    return _plain_type(field)


def _plain_type(field: Schema) -> str:
    match field["type"]:
        case "array":
            return f"list of {_type(field['items'])}"
        case "object":
            return _map_type(field)
        case "integer":
            return f"integer{_bounds(field)}"
        case "string":
            return FORMATS.get(field.get("format", ""), "text")
        case other:
            return str(other)


def _map_type(field: Schema) -> str:
    if "patternProperties" in field:
        values = next(iter(field["patternProperties"].values()))
    else:
        values = field.get("additionalProperties", {"type": "any"})
    return f"map to {_type(values)}"


def _bounds(field: Schema) -> str:
    low, high = field.get("minimum"), field.get("maximum")
    if low is None and high is None:
        return ""
    if high is None:
        return f" ≥ {low}"
    return f" {low}–{high}"


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _name(field: Schema) -> str:
    """`#/$defs/Norm` → `Norm`."""
    return str(field["$ref"]).rsplit("/", 1)[-1]
