"""What may be ordered about people's personal data."""

from chassis.command import Command
from services.tickets.commands.fields import Pseudonym


class EraseRequester(Command):
    """Erase a person who asks for it: every ticket that has ended, and the others once they have.

    Reserved for the roles `privacy-officer` and `operator`.
    """

    requester: Pseudonym
