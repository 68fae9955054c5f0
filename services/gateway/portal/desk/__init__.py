"""The service desk's pages: its queue, its board, searching, and doing one thing to many tickets.

`frame.py` holds what the pages
share: the views with their figures, and the agent's own team. A board's step and an action on many
tickets are moves of `portal/moves.py`; the service decides about each ticket by itself.
"""

from fastapi import APIRouter

from services.gateway.access import guarded_router
from services.gateway.portal.desk import board, bulk, frame, queue, search

__all__ = ["router"]


def router() -> APIRouter:
    routes = guarded_router()
    for page in (queue, board, search, bulk, frame):
        page.add_to(routes)
    return routes
