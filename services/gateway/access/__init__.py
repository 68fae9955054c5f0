"""Who may do what: one table of role × route, and the guard that every route stands behind.

A cell is the scope in which the role may use the route: `own` (tickets that the person asked
for), `partner` (the partners that the person acts for), `all`. No cell is no access. A route
without a row, or outside the guard, keeps the gateway from starting. The services check the
scope again.
"""

from services.gateway.access.guard import (
    AccessUndecided,
    Acting,
    GuardedRoute,
    acting,
    add_routes,
    admit,
    enforce,
    guarded_router,
    recognise,
)
from services.gateway.access.rows import Row, Scope, public, row
from services.gateway.access.table import TABLE

__all__ = [
    "TABLE",
    "AccessUndecided",
    "Acting",
    "GuardedRoute",
    "Row",
    "Scope",
    "acting",
    "add_routes",
    "admit",
    "enforce",
    "guarded_router",
    "public",
    "recognise",
    "row",
]
