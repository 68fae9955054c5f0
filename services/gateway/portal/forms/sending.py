"""Opening and sending a form: refusals stand beside their fields, and nothing typed is lost."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast
from uuid import uuid4

from starlette.requests import Request
from starlette.responses import Response

from chassis.clock import Clock
from chassis.errors import Fault, PartnerForbidden, Refused
from services.gateway.errors import GatewayError
from services.gateway.portal.directory import Directory
from services.gateway.portal.forms.choices import choices
from services.gateway.portal.forms.form import Filling, Form, Ids, Subject
from services.gateway.portal.forms.sheet import Sheet
from services.gateway.portal.visit import Visit, Visiting, see
from services.gateway.problems import STATUS, problem_of_error, rule_text

SEEN_WITHIN = 2.0
"""Seconds that a form waits for the read model, so that the next page shows what was done."""
_POLL = 0.05
_STALE = "version-stale"
_NUMBERS = frozenset({"priority", "year"})
"""Parts of an address that are numbers in a command."""

Route = Callable[[Visiting, Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Faults:
    """What is wrong, in words: by input, and about the whole."""

    fields: Mapping[str, str] = field(default_factory=dict)
    whole: tuple[str, ...] = ()


def opened(form: Form) -> Route:
    async def show(visit: Visiting, request: Request) -> Response:
        ids = _ids(request)
        present = await form.present(visit, ids)
        given = {**form.usual, **request.query_params, **present.body}
        version = str(present.version) if present.version else ""
        sheet = Sheet.of_body(form.parts, given)
        return await _page(visit, Filling(form, ids, sheet, version, str(uuid4())))

    return show


def sent(form: Form) -> Route:
    async def send(visit: Visiting, request: Request) -> Response:
        posted = await visit.form()
        texts = {name: value for name, value in posted.items() if isinstance(value, str)}
        filling = Filling(
            form,
            _ids(request),
            Sheet.of_form(form.parts, posted),
            texts.get("version", ""),
            texts.get("key") or str(uuid4()),
        )
        step = texts.get("step", "")
        if step == "edit":
            return await _page(visit, filling)
        try:
            if form.preview is not None and step != "send":
                return await form.preview(visit, filling)
            return await _ordered(visit, filling)
        except Refused as refused:
            faults = _told(visit, filling, refused.faults)
            known = replace(filling, version=_actual(refused.faults) or filling.version)
            return await _page(visit, known, faults, STATUS[refused.faults[0].kind])
        except GatewayError as error:
            problem = problem_of_error(error, visit.request.app.state.texts, visit.language)
            return await _page(visit, filling, Faults(whole=(problem.detail,)), problem.status)

    return send


async def _ordered(visit: Visit, filling: Filling) -> Response:
    form, body = filling.form, filling.body()
    reply = await visit.backend.command(
        form.area.service,
        form.command,
        body,
        visit.person,
        key=filling.key,
        expected_version=int(filling.version) if filling.version.isdecimal() else None,
    )
    about = {**reply, **body}
    await _seen(visit, form, about, reply["version"])
    cast(Directory, visit.request.app.state.directory).forget()
    return see(f"{form.done.format(**about)}?gedaan={form.name}")


async def _seen(visit: Visit, form: Form, about: Ids, version: int) -> None:
    """Wait until the read model holds what was done, but not for ever."""
    for _ in range(round(SEEN_WITHIN / _POLL)):
        if form.subject is None or await _version(visit, form.subject, about) >= version:
            return
        await asyncio.sleep(_POLL)


async def _version(visit: Visit, subject: Subject, about: Ids) -> int:
    try:
        return (await subject(visit, about)).version
    except (PartnerForbidden, Refused):
        return 0


async def _page(
    visit: Visit, filling: Filling, faults: Faults | None = None, status: int = 200
) -> Response:
    form = filling.form
    clock = cast(Clock, visit.request.app.state.clock)
    return await visit.page(
        "form.html",
        status=status,
        filling=filling,
        form=form,
        sheet=filling.sheet,
        faults=faults or Faults(),
        choices=await choices(visit, form.parts),
        name=(await form.present(visit, filling.ids)).name,
        this_year=clock().year,
        back=form.way_back(filling.ids),
    )


def _told(visit: Visit, filling: Filling, faults: tuple[Fault, ...]) -> Faults:
    """A service's faults: beside the input that they are about, the others about the whole."""
    texts = visit.request.app.state.texts
    fields: dict[str, str] = {}
    whole: list[str] = []
    for fault in _telling(faults):
        stale = fault.slug == _STALE
        words = visit.say("keep-stale") if stale else rule_text(fault, texts, visit.language)
        place = filling.sheet.located(_untagged(fault.field, filling.form.fixed))
        if place is None:
            whole.append(words)
        else:
            fields.setdefault(place, words)
    return Faults(fields, tuple(whole))


def _telling(faults: tuple[Fault, ...]) -> list[Fault]:
    """Without those that only follow from others: a list is too short because a row is wrong."""
    wrong = [fault.field or "" for fault in faults]
    return [
        fault
        for fault in faults
        if fault.params.get("rule") != "too_short"
        or not any(field.startswith(f"{fault.field}.") for field in wrong)
    ]


def _untagged(path: str | None, fixed: Mapping[str, Mapping[str, str]]) -> str | None:
    """A fault's path without the name of the variant: `method.fixed-key.shares` → `method.shares`.

    A form for one variant of a field has that variant's name among what is `fixed`.
    """
    for name, variant in fixed.items():
        for tag in variant.values():
            if path is not None and path.startswith(f"{name}.{tag}"):
                return name + path.removeprefix(f"{name}.{tag}")
    return path


def _actual(faults: tuple[Fault, ...]) -> str:
    """The version that it has got meanwhile, when that is why it was refused."""
    found = (str(fault.params.get("actual", "")) for fault in faults if fault.slug == _STALE)
    return next(found, "")


def _ids(request: Request) -> dict[str, Any]:
    """What the address names; `-` in the place of an item is no item."""
    return {
        name: int(value) if name in _NUMBERS and value.isdecimal() else value
        for name, value in request.path_params.items()
        if value != "-"
    }
