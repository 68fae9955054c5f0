"""Histories that are written down as data: what happened to which aggregate on which day."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from uuid import uuid4

from contracts.envelope import Envelope, wrap
from contracts.registry import TYPE_PREFIX, parse

Told = tuple[str, str, str, Mapping[str, Any]]
"""The aggregate, the event's name with its context, the day, what the event tells."""


def envelopes(told: Iterable[Told], source: str) -> Iterator[Envelope]:
    """In the order in which it was told; each event is its aggregate's next."""
    versions: Counter[str] = Counter()
    for aggregate, name, day, data in told:
        versions[aggregate] += 1
        event = parse(f"{TYPE_PREFIX}.{name}.v1", {"occurred_at": f"{day}T10:00:00+01:00", **data})
        yield wrap(
            event,
            id=uuid4(),
            source=source,
            aggregate=aggregate,
            version=versions[aggregate],
            recorded_at=event.occurred_at,
        )
