"""How far the read models are."""

from typing import Any

from services.projection.position import Position
from services.projection.views.snapshot import Snapshot


async def status(held: Snapshot, position: Position) -> dict[str, Any]:
    """`lag` is how many events of the stream are not folded; null when the stream is not told."""
    last = await position.last()
    return {
        "generation": held.generation,
        "sequence": held.sequence,
        "stream_sequence": last,
        "lag": None if last is None else max(0, last - held.sequence),
    }
