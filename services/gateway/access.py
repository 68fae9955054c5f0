"""Who may do what: one table of role × route, and the guard that every route stands behind.

A cell is the scope in which the role may use the route: `own` (tickets that the person asked
for), `partner` (the partners that the person acts for), `all`. No cell is no access. A route
without a row, or outside the guard, keeps the gateway from starting. The services check the
scope again.
"""

from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Any, Literal, cast

from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute, Mount

from chassis.errors import PartnerForbidden
from services.gateway.errors import RoleForbidden, TokenMalformed, TokenMissing
from services.gateway.identity import CENTRE_ROLES, PARTNER_ROLES, ROLES, Person

Scope = Literal["own", "partner", "all"]
WIDEST: tuple[Scope, ...] = ("all", "partner", "own")


@dataclass(frozen=True, slots=True)
class Row:
    """One route. `cells` gives each role its scope; a public route is open to anybody."""

    method: str
    path: str
    cells: Mapping[str, Scope] = field(default_factory=lambda: MappingProxyType({}))
    public: bool = False

    def scope(self, roles: Iterable[str]) -> Scope | None:
        """The widest scope that one of the roles gives; `None` when none gives any."""
        given = {self.cells[role] for role in roles if role in self.cells}
        return next((scope for scope in WIDEST if scope in given), None)


def row(
    route: str,
    *,
    own: Iterable[str] = (),
    partner: Iterable[str] = (),
    all: Iterable[str] = (),  # noqa: A002  the scope's own name
) -> Row:
    """A row of the table. `route` is `"METHOD /path/{template}"`."""
    method, path = route.split()
    cells: dict[str, Scope] = {
        **dict.fromkeys(own, "own"),
        **dict.fromkeys(partner, "partner"),
        **dict.fromkeys(all, "all"),
    }
    unknown = cells.keys() - ROLES
    if unknown:
        raise ValueError(f"{route}: no such role: {', '.join(sorted(unknown))}")
    return Row(method, path, MappingProxyType(cells))


def public(route: str) -> Row:
    method, path = route.split()
    return Row(method, path, public=True)


USER = ("user",)
ADMINISTRATOR = ("functional-administrator",)
STEERING = ("contract-manager", "client", "owner")
"""Partner roles that see figures."""
TICKET_READERS = ("functional-administrator", "contract-manager", "client")
AGENT = ("agent",)
CATALOGUE_MANAGER = ("catalogue-manager",)
CENTRE_READERS = ("agent", "controller")

TABLE: tuple[Row, ...] = (
    # What anybody may read
    public("GET /v1/openapi.json"),
    public("GET /problems"),
    public("GET /problems/{slug}"),
    public("GET /schemas/{context}/{schema}"),
    # Partners
    row("GET /v1/partners", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /v1/partners/{partner}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("POST /v1/partners", all=CATALOGUE_MANAGER),
    row("POST /v1/partners/{partner}/statistics", all=CATALOGUE_MANAGER),
    row("POST /v1/partners/{partner}/_withdraw", all=CATALOGUE_MANAGER),
    # Catalogue
    row("GET /v1/catalogue-items", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /v1/catalogue-items/{item}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("POST /v1/catalogue-items", all=CATALOGUE_MANAGER),
    row("POST /v1/catalogue-items/{item}/_publish", all=CATALOGUE_MANAGER),
    row("POST /v1/catalogue-items/{item}/_revise", all=CATALOGUE_MANAGER),
    row("POST /v1/catalogue-items/{item}/_retire", all=CATALOGUE_MANAGER),
    row("POST /v1/calendars", all=CATALOGUE_MANAGER),
    row("POST /v1/service-levels", all=CATALOGUE_MANAGER),
    row("POST /v1/agreements", all=CATALOGUE_MANAGER),
    row("POST /v1/agreements/{agreement}/_amend", all=CATALOGUE_MANAGER),
    row("POST /v1/agreements/{agreement}/_end", all=CATALOGUE_MANAGER),
    # Tickets
    row("POST /v1/tickets", own=USER, partner=ADMINISTRATOR, all=AGENT),
    row("GET /v1/tickets", own=USER, partner=TICKET_READERS, all=CENTRE_READERS),
    row("GET /v1/tickets/{ticket}", own=USER, partner=TICKET_READERS, all=CENTRE_READERS),
    row("GET /v1/tickets/{ticket}/timeline", own=USER, partner=TICKET_READERS, all=CENTRE_READERS),
    row("POST /v1/tickets/{ticket}/_assign", all=AGENT),
    row("POST /v1/tickets/{ticket}/_start", all=AGENT),
    row("POST /v1/tickets/{ticket}/_pause", all=AGENT),
    row("POST /v1/tickets/{ticket}/_resume", all=AGENT),
    row("POST /v1/tickets/{ticket}/_prioritise", all=AGENT),
    row("POST /v1/tickets/{ticket}/_reclassify", all=AGENT),
    row("POST /v1/tickets/{ticket}/_resolve", all=AGENT),
    row("POST /v1/tickets/{ticket}/_close", own=USER, partner=ADMINISTRATOR, all=AGENT),
    row("POST /v1/tickets/{ticket}/_reopen", own=USER, partner=ADMINISTRATOR, all=AGENT),
    row("POST /v1/tickets/{ticket}/_cancel", own=USER, partner=ADMINISTRATOR, all=AGENT),
    # Figures
    row("GET /v1/dashboards/{partner}", partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_READERS),
    row("GET /v1/ticket-exports/{partner}", partner=TICKET_READERS, all=("controller",)),
    row(
        "GET /v1/events",
        own=USER,
        partner=(*ADMINISTRATOR, *STEERING),
        all=CENTRE_READERS,
    ),
    # Pages of the portal
    public("GET /static"),
    public("GET /inloggen"),
    public("GET /inloggen/terug"),
    public("POST /uitloggen"),
    public("GET /uitgelogd"),
    public("GET /taal/{language}"),
    row("GET /", own=USER, partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_ROLES),
    row("GET /melden", own=USER, partner=ADMINISTRATOR),
    row("POST /melden", own=USER, partner=ADMINISTRATOR),
    row("POST /melden/zoek", own=USER, partner=ADMINISTRATOR),
    row("GET /melden/producten", partner=(*USER, *ADMINISTRATOR)),
    row("GET /melden/prioriteit", own=USER, partner=ADMINISTRATOR),
    row("GET /meldingen", own=USER, partner=TICKET_READERS),
    row("GET /meldingen/{ticket}", own=USER, partner=TICKET_READERS, all=CENTRE_READERS),
    row("POST /meldingen/{ticket}/assign", all=AGENT),
    row("POST /meldingen/{ticket}/start", all=AGENT),
    row("POST /meldingen/{ticket}/wait", all=AGENT),
    row("POST /meldingen/{ticket}/resume", all=AGENT),
    row("POST /meldingen/{ticket}/prioritise", all=AGENT),
    row("POST /meldingen/{ticket}/resolve", all=AGENT),
    row("POST /meldingen/{ticket}/close", own=USER, partner=ADMINISTRATOR, all=AGENT),
    row("POST /meldingen/{ticket}/reopen", own=USER, partner=ADMINISTRATOR, all=AGENT),
    row("POST /meldingen/{ticket}/cancel", own=USER, partner=ADMINISTRATOR, all=AGENT),
    row("GET /werkvoorraad", all=CENTRE_READERS),
    row("GET /dashboard", partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_READERS),
    row("GET /dashboard/{partner}", partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_READERS),
    row(
        "GET /dashboard/{partner}/cijfers",
        partner=(*ADMINISTRATOR, *STEERING),
        all=CENTRE_READERS,
    ),
    row("GET /dashboard/{partner}/live", partner=(*ADMINISTRATOR, *STEERING), all=CENTRE_READERS),
    row("GET /dashboard/{partner}/meldingen.csv", partner=TICKET_READERS, all=("controller",)),
    row("GET /catalogus", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /catalogus/{item}", partner=PARTNER_ROLES, all=CENTRE_ROLES),
    row("GET /deelnemers", all=CENTRE_ROLES),
    # The development issuer, where it runs, is its own door
    public("GET /dev-issuer/login.css"),
    public("GET /dev-issuer/.well-known/openid-configuration"),
    public("GET /dev-issuer/jwks"),
    public("GET /dev-issuer/authorize"),
    public("POST /dev-issuer/authorize"),
    public("POST /dev-issuer/token"),
    public("GET /dev-issuer/logout"),
)


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
        redirect_slashes=False,
        include_in_schema=described,
        **options,
    )


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
    if request.url.path.startswith("/v1/"):
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
