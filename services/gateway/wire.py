"""JSON at the edge: property names in camelCase, moments in RFC 3339 UTC, decimals as text."""

from typing import Any

import orjson
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel
from starlette.responses import Response


class Shape(BaseModel):
    """What goes out. Read from the services' own snake_case names; unknown ones are left out."""

    model_config = ConfigDict(
        frozen=True,
        extra="ignore",
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
    )


class Body(BaseModel):
    """What comes in. Unknown properties are refused."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        alias_generator=to_camel,
        str_strip_whitespace=True,
    )

    def command(self, **more: Any) -> dict[str, Any]:
        """The body of a command: the services' own names, JSON values."""
        return {**self.model_dump(mode="json", by_alias=False), **more}


def to_json(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS, default=str)


class Json(Response):
    """A JSON answer."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return to_json(content)
