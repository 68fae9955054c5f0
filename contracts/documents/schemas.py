"""The JSON Schema of one version of an event's data, as it travels."""

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from contracts.envelope import schema_uri
from contracts.registry import DomainEvent

DIALECT = "https://json-schema.org/draft/2020-12/schema"
DEFINITIONS = "#/$defs/{model}"


class WireSchema(GenerateJsonSchema):
    """JSON Schema of the JSON that is sent: decimals are strings, names are not repeated."""

    def field_title_should_be_set(self, schema: Any) -> bool:  # noqa: ARG002  pydantic's own hook
        return False

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        places = schema.get("decimal_places")
        fraction = rf"(\.[0-9]{{1,{places}}})?" if places else r"(\.[0-9]+)?"
        sign = "" if schema.get("ge", -1) >= 0 else "-?"
        return {"type": "string", "format": "decimal", "pattern": f"^{sign}[0-9]+{fraction}$"}


def data_schema(event: type[DomainEvent], *, definitions: str = DEFINITIONS) -> JsonSchemaValue:
    """The schema of `data`, with nested types under `$defs`."""
    return event.model_json_schema(
        ref_template=definitions, schema_generator=WireSchema, mode="serialization"
    )


def published_schema(event: type[DomainEvent]) -> JsonSchemaValue:
    """The document that `dataschema` of the envelope points at."""
    return {"$schema": DIALECT, "$id": schema_uri(event), **data_schema(event)}
