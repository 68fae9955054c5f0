"""What a form is, what it is about, and one that somebody is filling in."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.responses import Response

from services.gateway.portal.forms.parts import Part
from services.gateway.portal.forms.sheet import Sheet
from services.gateway.portal.visit import Visit

Ids = Mapping[str, Any]
"""What a form is about: `{"item": "ICT-WP-01"}`."""


@dataclass(frozen=True, slots=True)
class Area:
    """Forms that belong together: whose commands they become, and where they stand.

    Their texts begin with `texts`; `title` is the text of the place `home` that leads to them.
    """

    service: str
    texts: str
    home: str
    title: str


@dataclass(frozen=True, slots=True)
class Present:
    """What a form is about, as it is now: its `version` (0: not there yet), and the form's body."""

    version: int = 0
    name: str = ""
    body: Mapping[str, Any] = field(default_factory=dict)


Subject = Callable[[Visit, Ids], Awaitable[Present]]


@dataclass(frozen=True, slots=True)
class Form:
    """One form. `subject` reads what it is about; without `new` that must be there already.

    `done` is the address that it leads to, filled in with the command and its reply; `back` the
    one that leads away without sending. `usual` is what a new form opens with; `fixed` are fields
    whose variant the form is for. With `preview`, what it would do is shown before it is sent.
    """

    name: str
    path: str
    area: Area
    command: str
    done: str
    parts: tuple[Part, ...]
    subject: Subject | None = None
    new: bool = False
    back: str = ""
    preview: "Preview | None" = None
    usual: Mapping[str, Any] = field(default_factory=dict)
    fixed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The id of its title: `keep-form-sign`."""
        return f"{self.area.texts}-form-{self.name}"

    @property
    def done_text(self) -> str:
        """The id of what is told when it has been sent: `keep-done-sign`."""
        return f"{self.area.texts}-done-{self.name}"

    async def present(self, visit: Visit, ids: Ids) -> Present:
        """What it is about; nothing yet when it makes something new."""
        if self.new or self.subject is None:
            return Present()
        return await self.subject(visit, ids)

    def way_back(self, ids: Ids) -> str:
        """The page that it was opened from."""
        if self.back:
            return self.back.format(**ids)
        return _above(self.done) if self.new else self.done.format(**ids)


@dataclass(frozen=True, slots=True)
class Filling:
    """A form that someone is filling in; `key` makes sending it twice one command."""

    form: Form
    ids: Ids
    sheet: Sheet
    version: str
    key: str

    def body(self) -> dict[str, Any]:
        """The body of the command, with what the address says and what is always so."""
        filled = self.sheet.body()
        for name, always in self.form.fixed.items():
            filled[name] = {**always, **filled.get(name, {})}
        return {**filled, **self.ids}


Preview = Callable[[Visit, Filling], Awaitable[Response]]


def _above(done: str) -> str:
    """The list that a new thing will stand in."""
    return done.rpartition("/{")[0] or done
