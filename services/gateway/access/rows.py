"""A row of the table of role × route: who may use a route, in which scope."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from services.gateway.identity import ROLES

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
