"""A page that stays up to date: server-sent events that say that there is something new."""

from collections.abc import AsyncIterator, Callable, Collection
from typing import cast

from starlette.responses import StreamingResponse

from chassis.clock import Clock
from services.gateway.live import LiveHub
from services.gateway.portal.pacing import paced
from services.gateway.portal.visit import Visit
from services.gateway.settings import GatewaySettings


def live_changes(
    visit: Visit,
    partners: Collection[str] | None,
    after: str,
    *,
    pace: float,
    views: Collection[str] | None = None,
) -> StreamingResponse:
    """`changed`, whenever something of these partners (`None`: of all) has.

    From the last event that the browser heard, else after the sequence `after` that its page
    shows; no more often than once in `pace` seconds, and until the session ends. Only of these
    `views`, where they are named.
    """
    state = visit.request.app.state
    hub = cast(LiveHub, state.live)
    clock = cast(Clock, state.clock)
    heartbeat = cast(GatewaySettings, state.settings).heartbeat_seconds
    heard = visit.request.headers.get("last-event-id", "")
    first = int(heard) if heard.isdecimal() else int(after) + 1 if after.isdecimal() else None
    changes = hub.subscribe(
        partners,
        views=views,
        after=first,
        heartbeat=heartbeat,
    )
    sequences = (change.sequence if change else None async for change in changes)
    ends = visit.session.expires_at
    return StreamingResponse(
        _events(paced(sequences, pace), lambda: clock() >= ends),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
    )


async def _events(
    sequences: AsyncIterator[int | None], expired: Callable[[], bool]
) -> AsyncIterator[bytes]:
    """One event per change; a comment line in silence; the end when the session ends."""
    async for sequence in sequences:
        if expired():
            return
        if sequence is None:
            yield b": alive\n\n"
        else:
            yield b"event: changed\nid: %d\ndata: %d\n\n" % (sequence, sequence)
