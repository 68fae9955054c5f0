"""Who can log in locally, and under which pseudonym the gateway knows them."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from bodemplaat.cases.loader import load_people
from bodemplaat.environment import Door, gateway_environment
from bodemplaat.installation import Installation
from services.gateway.identity import pseudonym
from services.gateway.settings import GatewaySettings


def show_people(case: str, console: Console) -> None:
    """Each role that the development issuer offers. Raises `CaseUnknown`, `CaseInvalid`."""
    table = Table("Log in as", "roles", "acts for", box=None, pad_edge=False)
    for person in load_people(case):
        table.add_row(person.title, ", ".join(person.roles), ", ".join(person.partners))
    console.print(table)


def pseudonyms(installation: Installation, door: Door, case: str) -> Mapping[str, str]:
    """The pseudonyms that the gateway gives the people of a case, by their id."""
    told = gateway_environment(installation, door)
    settings = GatewaySettings.model_validate(
        {
            "public_url": told["BODEMPLAAT_PUBLIC_URL"],
            "pseudonym_secret": told["BODEMPLAAT_PSEUDONYM_SECRET"],
            "session_secret": told["BODEMPLAAT_SESSION_SECRET"],
        }
    )
    return {
        person.id: pseudonym(f"{settings.issuer}\n{person.id}", settings)
        for person in load_people(case)
    }
