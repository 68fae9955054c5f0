"""Names and house styles of the partners that a visitor acts for, remembered for a short while."""

from dataclasses import dataclass
from typing import Any

from chassis.clock import Clock
from services.gateway.backend import Backend
from services.gateway.identity import Person

FRESH_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Partner:
    slug: str
    name: str
    theme: str


@dataclass(frozen=True, slots=True)
class _Kept:
    partners: tuple[Partner, ...]
    at: float


class Directory:
    """Partners per scope."""

    def __init__(self, backend: Backend, clock: Clock) -> None:
        self._backend = backend
        self._clock = clock
        self._kept: dict[frozenset[str] | None, _Kept] = {}

    async def partners(self, person: Person) -> tuple[Partner, ...]:
        """The partners within the person's scope, by name. Raises as `Backend.view` does."""
        now = self._clock().timestamp()
        kept = self._kept.get(person.partners)
        if kept is None or now - kept.at >= FRESH_SECONDS:
            reply = await self._backend.view("partners", person)
            kept = _Kept(_named(reply["partners"]), now)
            self._kept[person.partners] = kept
        return kept.partners

    def forget(self) -> None:
        """Ask anew from now on: a partner has just changed."""
        self._kept.clear()

    def remembered(self, person: Person) -> tuple[Partner, ...]:
        """What was known last, for a page that must not ask anything."""
        kept = self._kept.get(person.partners)
        return kept.partners if kept else ()


def _named(rows: list[dict[str, Any]]) -> tuple[Partner, ...]:
    found = (Partner(row["slug"], row["name"], row.get("theme") or "") for row in rows)
    return tuple(sorted(found, key=lambda partner: partner.name))


def house_style(partners: tuple[Partner, ...]) -> str | None:
    """The theme that all of them share; `None` when there is no such one."""
    themes = {partner.theme for partner in partners}
    return themes.pop() if len(themes) == 1 else None
