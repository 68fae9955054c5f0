"""Personal text of tickets: sealed per ticket, so that one is erased without the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from chassis import vault
from chassis.command import Write
from chassis.vault import Key, Scope
from contracts.tickets import Sealed


@dataclass(frozen=True, slots=True)
class Pen:
    """Seals what is written about one person in one ticket."""

    key: Key

    @property
    def requester(self) -> str:
        return self.key.scope.subject

    @property
    def ticket(self) -> str:
        return self.key.scope.name

    def seal(self, plain: str) -> Sealed:
        return Sealed(subject=self.requester, text=self.key.seal(plain))


class Texts:
    """Sealing, unsealing and erasing personal text."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    @staticmethod
    def pen(requester: str, ticket: str) -> Pen:
        """For a ticket that is new; what it seals is readable once it is kept."""
        return Pen(vault.new_key(Scope(requester, ticket)))

    @staticmethod
    def kept(pens: Iterable[Pen]) -> Write:
        """The keys of new tickets."""
        return vault.kept([pen.key for pen in pens])

    async def seal(self, requester: str, ticket: str, plain: str) -> Sealed:
        """Text that is added to a ticket that is there."""
        return Pen(await vault.key_of(self._session, Scope(requester, ticket))).seal(plain)

    async def open_all(self, sealed: Sequence[tuple[str, Sealed]]) -> list[str | None]:
        """The plain texts of `(ticket, sealed)` pairs; `None` for what was erased."""
        scoped = [(Scope(text.subject, ticket), text.text) for ticket, text in sealed]
        return await vault.open_all(self._session, scoped)

    async def erase(self, requester: str, tickets: Iterable[str]) -> None:
        """Make all that was written about this person in these tickets unreadable for good."""
        await vault.erase(self._session, [Scope(requester, ticket) for ticket in tickets])
