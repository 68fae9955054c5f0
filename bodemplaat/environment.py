"""What each service is told through its environment when it runs under the supervisor."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bodemplaat.installation import Addresses, Installation
from chassis.databases import DatabaseUrls

ADMINISTRATIVE = ("NATS_URL", "DATABASE_URL")
"""Variables of ours that a service must not inherit: they may be an administrator's."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where the gateway listens, whose roles its development issuer lists, and what it wears."""

    port: int
    case: Path
    theme: str = "neutraal"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def service_environment(
    installation: Installation,
    name: str,
    addresses: Addresses,
    *,
    health_port: int,
    database: DatabaseUrls | None,
) -> dict[str, str]:
    """The environment of one service; variables set outside for all of them go along."""
    inherited = {key: value for key, value in os.environ.items() if key not in ADMINISTRATIVE}
    return {
        **inherited,
        "NATS_URL": addresses.nats_url,
        **({"DATABASE_URL": database.runtime} if database else {}),
        "BODEMPLAAT_NATS_SEED_FILE": str(installation.credentials.seed_file(name)),
        "BODEMPLAAT_HEALTH_PORT": str(health_port),
        "PYTHONUNBUFFERED": "1",
    }


def gateway_environment(installation: Installation, door: Door) -> Mapping[str, str]:
    """What the gateway is told beside that; an issuer set outside takes the place of ours."""
    issuer = "false" if os.environ.get("BODEMPLAAT_OIDC_ISSUER") else "true"
    return {
        "BODEMPLAAT_GATEWAY_HOST": "127.0.0.1",
        "BODEMPLAAT_GATEWAY_PORT": str(door.port),
        "BODEMPLAAT_PUBLIC_URL": os.environ.get("BODEMPLAAT_PUBLIC_URL", door.url),
        "BODEMPLAAT_PSEUDONYM_SECRET": installation.state.secret("pseudonyms"),
        "BODEMPLAAT_SESSION_SECRET": installation.state.secret("sessions"),
        "BODEMPLAAT_CENTRE_THEME": os.environ.get("BODEMPLAAT_CENTRE_THEME", door.theme),
        "BODEMPLAAT_DEV_ISSUER": issuer,
        "BODEMPLAAT_DEV_ISSUER_CASE": str(door.case),
        "BODEMPLAAT_DEV_ISSUER_KEYS": str(installation.folder / "devissuer"),
    }
