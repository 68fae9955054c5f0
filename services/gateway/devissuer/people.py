"""Who can log in locally: the people of a case, and one demonstration system."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from joserfc.jwk import RSAKey

SYSTEM = "demo-systeem"
EVERY_PARTNER = "*"


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody (or some system) that the development issuer knows."""

    id: str
    title: str
    description: str
    roles: tuple[str, ...]
    partners: tuple[str, ...]

    def claims(self) -> dict[str, Any]:
        """What a token says of them."""
        return {
            "sub": self.id,
            "name": self.title,
            "email": f"{self.id}@bodemplaat.example",
            "roles": list(self.roles),
            "partners": [slug for slug in self.partners if slug != EVERY_PARTNER],
            "locale": "nl",
        }


@dataclass(frozen=True, slots=True)
class System:
    """A system that logs in with a key of its own (`private_key_jwt`)."""

    listed: Listed
    key: RSAKey


def read_people(case: Path) -> Mapping[str, Listed]:
    """The people of `people.toml`, by id, in the order of the file."""
    content = tomllib.loads((case / "people.toml").read_text(encoding="utf-8"))
    return {
        entry["id"]: Listed(
            id=entry["id"],
            title=entry["title"],
            description=entry["description"],
            roles=tuple(entry["roles"]),
            partners=tuple(entry["partners"]),
        )
        for entry in content["people"]
    }


def demonstration_system(people: Mapping[str, Listed], key: RSAKey) -> System:
    """A system of the first partner, with the rights of its functional administrator."""
    partners = (
        partner
        for person in people.values()
        for partner in person.partners
        if partner != EVERY_PARTNER
    )
    listed = Listed(
        id=SYSTEM,
        title="Demonstratiesysteem",
        description="koppeling met een systeem van de deelnemer",
        roles=("functional-administrator",),
        partners=(next(partners),),
    )
    return System(listed, key)
