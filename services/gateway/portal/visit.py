"""One request of someone who is logged in: who, in which language, and what pages need of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, cast
from zoneinfo import ZoneInfo

from fastapi import Depends
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from chassis.clock import Clock
from services.gateway.backend import Backend
from services.gateway.errors import RoleForbidden
from services.gateway.identity import CENTRE_ROLES, Person
from services.gateway.language import COOKIE, DEFAULT, LANGUAGES, Language, Say
from services.gateway.portal.directory import Directory, Partner, house_style
from services.gateway.portal.navigation import entries_for, is_current
from services.gateway.portal.rendering import Pages
from services.gateway.portal.session import Session

SEE_OTHER = 303
AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@dataclass(frozen=True, slots=True)
class Visit:
    """`person` has the roles that opened this route; `session.person` has all."""

    request: Request
    session: Session
    person: Person
    language: Language

    @property
    def roles(self) -> frozenset[str]:
        return self.session.person.roles

    @property
    def backend(self) -> Backend:
        return cast(Backend, self.request.app.state.backend)

    @property
    def say(self) -> Say:
        return cast(Say, self.request.app.state.texts.say(self.language))

    def today(self) -> date:
        """The Dutch date."""
        clock = cast(Clock, self.request.app.state.clock)
        return clock().astimezone(AMSTERDAM).date()

    async def view(self, name: str, **params: Any) -> dict[str, Any]:
        """A read model, within the person's scope."""
        return await self.backend.view(name, self.person, **params)

    async def partners(self) -> tuple[Partner, ...]:
        """The partners that the person acts for."""
        directory = cast(Directory, self.request.app.state.directory)
        return await directory.partners(self.session.person)

    async def page(self, template: str, *, status: int = 200, **facts: Any) -> HTMLResponse:
        """The page within the frame of the portal."""
        pages = cast(Pages, self.request.app.state.pages)
        partners = await self.partners()
        frame = frame_of(self.request, self.session, partners, pages)
        return pages.response(template, self.language, {**frame, **facts}, status=status)

    def part(self, template: str, **facts: Any) -> HTMLResponse:
        """A fragment that htmx puts into a page that is already there."""
        pages = cast(Pages, self.request.app.state.pages)
        return pages.response(template, self.language, facts)

    async def form(self) -> FormData:
        """What was posted. Raises `RoleForbidden` when it does not come from our own page."""
        form = await self.request.form()
        require_own_form(form, self.session)
        return form


def require_own_form(form: FormData, session: Session) -> None:
    """Raises `RoleForbidden` for a form without the session's token (cross-site forgery)."""
    if form.get("csrf") != session.csrf:
        raise RoleForbidden


def frame_of(
    request: Request, session: Session | None, partners: tuple[Partner, ...], pages: Pages
) -> Mapping[str, Any]:
    """What the frame around every page shows."""
    roles = session.person.roles if session else frozenset()
    centre = bool(roles & CENTRE_ROLES)
    path = request.url.path
    return {
        "theme": pages.theme(None if centre else house_style(partners)),
        "organisation": ", ".join(p.name for p in partners) if partners and not centre else None,
        "session": session,
        "roles": sorted(roles),
        "menu": [(entry, is_current(entry, path)) for entry in entries_for(roles)],
        "here": return_address(request),
    }


def return_address(request: Request) -> str:
    """Where a language switch or a log-in leads back to."""
    if request.method != "GET":
        return "/"
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path


def chosen_language(request: Request, session: Session | None) -> Language:
    """The choice of this browser, else the person's own, else Dutch."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    return session.person.language if session else DEFAULT


async def current_visit(request: Request) -> Visit:
    """The visit behind a guarded route."""
    session = cast(Session, request.state.session)
    return Visit(request, session, request.state.person, chosen_language(request, session))


Visiting = Annotated[Visit, Depends(current_visit)]


def see(address: str) -> Response:
    """After a form: on to the page that shows what has become of it."""
    return RedirectResponse(address, SEE_OTHER)
