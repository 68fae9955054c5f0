"""The guard that every route stands behind: it asks the table before anything else happens."""

from collections.abc import Callable, Coroutine, Iterable, Mapping
from typing import Annotated, Any, cast

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic.alias_generators import to_camel
from starlette.routing import BaseRoute, Mount

from chassis.errors import PartnerForbidden
from services.gateway.access.rows import Row
from services.gateway.access.table import TABLE
from services.gateway.errors import RoleForbidden, TokenMalformed, TokenMissing
from services.gateway.identity import Person


class AccessUndecided(RuntimeError):
    """Routes stand outside the table or outside the guard: nothing is served."""


class GuardedRoute(APIRoute):
    """A route that lets nobody through before the table has been asked."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            await admit(request)
            return await handle(request)

        return guarded


def guarded_router(*, described: bool = False, **options: Any) -> APIRouter:
    """A router whose routes stand behind the guard. Paths are written whole, without prefix.

    Only routes that are `described` stand in the OpenAPI document.
    """
    return APIRouter(
        route_class=GuardedRoute,
        generate_unique_id_function=operation_id,
        redirect_slashes=False,
        include_in_schema=described,
        **options,
    )


def operation_id(route: APIRoute) -> str:
    """`open_ticket` → `openTicket`: the name that generated clients give the call."""
    return to_camel(route.name)


def add_routes(app: FastAPI, *routers: APIRouter) -> None:
    """Put the routes of routers into the application, all on one level.

    An included router is matched anew at every level, to find a route and to handle the request:
    on this door that was a quarter of what a request cost.
    """
    for router in routers:
        for route in iter_route_contexts(router.routes):
            app.router.routes.append(route.original_route)


async def admit(request: Request) -> None:
    """Recognise the caller, look the route up in the table, count the request.

    Leaves `request.state.person`, who has no more roles than those that open this route,
    `request.state.scope`, and on pages `request.state.session`. Raises an `Unauthenticated`,
    `RoleForbidden`, `RateExceeded`, or `PartnerForbidden` for a partner outside the scope.
    """
    route: APIRoute = request.scope["route"]
    rule = request.app.state.access[request.method, route.path]
    if rule.public:
        await request.app.state.throttle.count(request, _address(request))
        request.state.person = request.state.scope = None
        return
    person = await recognise(request)
    await request.app.state.throttle.count(request, person.pseudonym)
    scope = rule.scope(person.roles)
    if scope is None:
        raise RoleForbidden
    request.state.scope = scope
    request.state.person = person.acting_as(frozenset(rule.cells))
    await _require_reach(request)


async def recognise(request: Request) -> Person:
    """Who asks: by bearer token for the API, by session for the pages of the portal."""
    state = request.app.state
    if request.scope["path"].startswith("/v1/"):
        return cast(Person, await state.oidc.person(_bearer(request)))
    person: Person | None = await state.sessions.person(request)
    if person is None:
        raise TokenMissing
    return person


def _bearer(request: Request) -> str:
    header = request.headers.get("authorization")
    if not header:
        raise TokenMissing
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise TokenMalformed
    return token.strip()


async def _require_reach(request: Request) -> None:
    """What the path names lies within the caller's scope."""
    person: Person = request.state.person
    partner = request.path_params.get("partner")
    if partner is not None and not person.sees(partner):
        raise PartnerForbidden


def _address(request: Request) -> str:
    return f"address:{request.client.host}" if request.client else "address:unknown"


async def acting(request: Request) -> Person:
    """The admitted person."""
    return cast(Person, request.state.person)


Acting = Annotated[Person, Depends(acting)]


def enforce(app: FastAPI, table: Iterable[Row] = TABLE) -> None:
    """Bind the table to the application. Raises `AccessUndecided` for what it leaves open."""
    rules = {(rule.method, rule.path): rule for rule in table}
    routes = iter_route_contexts(app.routes)
    undecided = [problem for route in routes for problem in _open(route, rules)]
    if undecided:
        raise AccessUndecided("; ".join(undecided))
    app.state.access = rules


def _open(route: Any, rules: Mapping[tuple[str, str], Row]) -> Iterable[str]:
    original: BaseRoute = route.original_route
    if isinstance(original, Mount):
        if ("GET", original.path) not in rules or not rules["GET", original.path].public:
            yield f"mount {original.path} has no public row"
        return
    if not isinstance(original, GuardedRoute):
        yield f"{route.path} stands outside the guard"
        return
    if original.path != route.path:
        yield f"{route.path} is included under a prefix"
    for method in sorted(original.methods or ()):
        if (method, original.path) not in rules:
            yield f"{method} {original.path} has no row"
