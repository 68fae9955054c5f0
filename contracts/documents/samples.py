"""The golden sample of an event: one complete message, the same on every machine."""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from contracts.documents.examples import example_of
from contracts.envelope import Envelope, source_urn, wrap
from contracts.registry import DomainEvent

OIN = "00000001003214345000"
RECORDING_TAKES = timedelta(milliseconds=40)


def golden_sample(event: type[DomainEvent]) -> Envelope:
    """The envelope of the event's example; ids are made from its type."""
    example = example_of(event)
    recorded_at = example.event.occurred_at + RECORDING_TAKES
    digest = hashlib.sha256(event.type().encode()).digest()
    return wrap(
        example.event,
        id=_uuid7(recorded_at, digest),
        source=source_urn(OIN, event.context),
        aggregate=example.aggregate,
        version=example.version,
        recorded_at=recorded_at,
        correlation=str(_uuid7(example.event.occurred_at, digest[::-1])),
        trace={"traceparent": f"00-{digest[:16].hex()}-{digest[16:24].hex()}-01"},
    )


def _uuid7(moment: datetime, noise: bytes) -> UUID:
    milliseconds = int(moment.timestamp() * 1000)
    raw = bytearray(milliseconds.to_bytes(6, "big") + noise[:10])
    raw[6] = 0x70 | raw[6] & 0x0F
    raw[8] = 0x80 | raw[8] & 0x3F
    return UUID(bytes=bytes(raw))
