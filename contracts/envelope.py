"""The envelope in which every event travels: a CloudEvent 1.0 under the NL GOV profile 1.1.

Structured JSON mode. Extension attributes: `sequence` (the aggregate's version, zero-padded so
that it sorts as text), `traceparent`/`tracestate` (the trace that started it), `partner` (whom
the event concerns) and `correlationid` (the command that caused it). None is personal.
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from json.encoder import encode_basestring
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, TypeAdapter

from contracts.registry import TYPE_PREFIX, DomainEvent, parse
from contracts.values import PartnerSlug

CONTENT_TYPE = "application/cloudevents+json; charset=utf-8"
SEQUENCE_DIGITS = 12
MAX_BYTES = 64 * 1024
SCHEMA_BASE = "https://bodemplaat.example/schemas"

_SOURCE = re.compile(r"urn:nld:oin:\d{20}:systeem:[a-z0-9-]+")
_TYPE = re.compile(rf"{re.escape(TYPE_PREFIX)}\.[a-z]+(\.[a-z0-9-]+)+\.v[1-9]\d*")
_ATTRIBUTE = re.compile(r"[a-z0-9]{1,20}")
_MOMENT = TypeAdapter(datetime)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Envelope(BaseModel):
    """A recorded event. `data` is the event's own JSON."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: UUID
    source: str
    type: str
    subject: str
    time: AwareDatetime
    datacontenttype: Literal["application/json"] = "application/json"
    dataschema: str
    sequence: str = Field(pattern=rf"^\d{{{SEQUENCE_DIGITS}}}$")
    partner: PartnerSlug | None = None
    correlationid: str | None = None
    traceparent: str | None = None
    tracestate: str | None = None
    data: dict[str, Any]

    @property
    def aggregate_version(self) -> int:
        return int(self.sequence)

    def event(self) -> DomainEvent:
        """The event it carries, in its newest version."""
        return parse(self.type, self.data)

    def to_json(self) -> bytes:
        """The structured-mode message body; absent attributes are left out."""
        attributes = self.model_dump(mode="json", exclude={"data"}, exclude_none=True)
        return _ENCODE({**attributes, "data": self.data}).encode()


def source_urn(oin: str, service: str) -> str:
    """The `source` of a service of the organisation with this OIN."""
    return f"urn:nld:oin:{oin}:systeem:bodemplaat-{service}"


def schema_uri(event: type[DomainEvent]) -> str:
    return f"{SCHEMA_BASE}/{event.context}/{event.event_name}.v{event.event_version}.json"


def wrap(  # noqa: PLR0913  an envelope has this many independent attributes
    event: DomainEvent,
    *,
    id: UUID,  # noqa: A002  the attribute's own name
    source: str,
    aggregate: str,
    version: int,
    recorded_at: datetime,
    correlation: str | None = None,
    trace: Mapping[str, str] | None = None,
) -> Envelope:
    """Put an event in its envelope. `version` is the aggregate's version after it, from 1."""
    trace = trace or {}
    return Envelope(
        id=id,
        source=source,
        type=event.type(),
        subject=aggregate,
        time=recorded_at,
        dataschema=schema_uri(type(event)),
        sequence=f"{version:0{SEQUENCE_DIGITS}d}",
        partner=getattr(event, "partner", None),
        correlationid=correlation,
        traceparent=trace.get("traceparent"),
        tracestate=trace.get("tracestate"),
        data=event.model_dump(mode="json"),
    )


def message(  # noqa: PLR0913  as above
    event: DomainEvent,
    *,
    id: UUID,  # noqa: A002  the attribute's own name
    source: str,
    aggregate: str,
    version: int,
    recorded_at: datetime,
    correlation: str | None = None,
    trace: Mapping[str, str] | None = None,
) -> bytes:
    """The body of `wrap(…).to_json()`, made in a third of the time: for events by the thousand.

    An event was checked when it was made, so nothing is checked again.
    """
    trace = trace or {}
    attributes = {
        "specversion": "1.0",
        "id": str(id),
        "source": source,
        "type": event.type(),
        "subject": aggregate,
        "time": _MOMENT.dump_python(recorded_at, mode="json"),
        "datacontenttype": "application/json",
        "dataschema": schema_uri(type(event)),
        "sequence": f"{version:0{SEQUENCE_DIGITS}d}",
        "partner": getattr(event, "partner", None),
        "correlationid": correlation,
        "traceparent": trace.get("traceparent"),
        "tracestate": trace.get("tracestate"),
    }
    told = ",".join(
        f'"{name}":{encode_basestring(value)}'
        for name, value in attributes.items()
        if value is not None
    )
    return f'{{{told},"data":{event.model_dump_json()}}}'.encode()


def profile_violations(message: Mapping[str, Any]) -> list[str]:
    """What in a structured-mode message breaks CloudEvents 1.0 or the NL GOV profile 1.1.

    Empty when it conforms.
    """
    found = [
        f"attribute name {name!r} is not 1-20 characters of a-z and 0-9"
        for name in message
        if not _ATTRIBUTE.fullmatch(name)
    ]
    found += [
        f"{name} is required"
        for name in ("specversion", "id", "source", "type", "subject", "time")
        if not isinstance(message.get(name), str) or not message[name]
    ]
    if found:
        return found
    if message["specversion"] != "1.0":
        found.append("specversion must be 1.0")
    if not _SOURCE.fullmatch(message["source"]):
        found.append("source must be urn:nld:oin:<20 digits>:systeem:<system>")
    if not _TYPE.fullmatch(message["type"]):
        found.append(f"type must be {TYPE_PREFIX}.<context>.<event>.v<N>")
    found += _time_violations(message["time"])
    if message.get("datacontenttype") != "application/json":
        found.append("datacontenttype must be application/json")
    if not str(message.get("dataschema", "")).startswith("https://"):
        found.append("dataschema must be an https URI")
    if not str(message.get("sequence", "")).isdigit():
        found.append("sequence must be zero-padded digits")
    if "sequencetype" in message:
        found.append("sequencetype must not be used")
    return found


def _time_violations(text: str) -> list[str]:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ["time must be RFC 3339"]
    return [] if moment.tzinfo else ["time must carry an offset"]
