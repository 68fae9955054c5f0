"""`/v1/events`: what changes, as server-sent events."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse

from contracts.values import PartnerSlug
from services.gateway.access import Acting, guarded_router
from services.gateway.errors import HeaderUnreadable
from services.gateway.live import LiveHub, server_sent

TAGS = ["Live"]
EXAMPLE = 'event: tickets\nid: 4711\ndata: {"sequence":4711,"partner":"zevenaar","tickets":[]}\n\n'


def router() -> APIRouter:
    routes = guarded_router(tags=TAGS, described=True)
    routes.get(
        "/v1/events",
        summary="Changes of tickets and major incidents, live",
        response_class=StreamingResponse,
        responses={
            200: {
                "content": {"text/event-stream": {"schema": {"type": "string"}, "example": EXAMPLE}}
            }
        },
    )(follow)
    return routes


async def follow(
    request: Request,
    person: Acting,
    partner: Annotated[PartnerSlug | None, Query(description="Only this partner")] = None,
    last_event_id: Annotated[
        str | None,
        Header(description="Id of the last event that was seen; what came since is told first"),
    ] = None,
) -> StreamingResponse:
    """Events `tickets` and `major-incidents` (these changed), `reset` (fetch everything anew)."""
    if partner is not None:
        person.require_partner(partner)
    live: LiveHub = request.app.state.live
    changes = live.subscribe(
        {partner} if partner else person.partners,
        after=_sequence(last_event_id),
        heartbeat=request.app.state.settings.heartbeat_seconds,
    )
    with_tickets = request.state.scope != "own"

    async def stream() -> AsyncIterator[bytes]:
        yield b"retry: 2000\n\n"
        async for change in changes:
            yield server_sent(change, with_tickets=with_tickets)

    return StreamingResponse(
        stream(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


def _sequence(last_event_id: str | None) -> int | None:
    if not last_event_id:
        return None
    if not last_event_id.isdecimal() or len(last_event_id) > MAX_DIGITS:
        raise HeaderUnreadable(header="Last-Event-ID")
    return int(last_event_id)


MAX_DIGITS = 19
