"""What a service is to the broker: what it answers, hears, sends and asks."""

from dataclasses import dataclass

from contracts.registry import events


@dataclass(frozen=True, slots=True)
class Consumer:
    """A durable consumer with effects: `<service>-<name>` on the domain stream.

    Events of `contexts` are delivered in order, acknowledged after commit; where `events` are
    named, only these.
    """

    name: str
    contexts: tuple[str, ...]
    events: tuple[str, ...] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it is delivered, as filters on the stream."""
        return tuple(
            f"evt.{context}.{event}" for context in self.contexts for event in self.events or ">"
        )


@dataclass(frozen=True, slots=True)
class Service:
    """One service as the broker sees it.

    `commands` and `queries` it answers on `cmd.<service>.<name>` and `qry.<service>.<name>`;
    `sends` and `asks` name the services whose commands and queries it may use; `reads_stream`
    lets it read the whole domain stream from any sequence; `live` lets it announce changes, and
    `watches` lets it hear them; `administers` lets it ask what only the operator may ask
    (`adm.<service>.<request>`); `keeps_persons` says that it keeps personal data, sealed, and the
    keys to it, and logs each processing (`ldv.<service>`).
    """

    name: str
    does: str
    commands: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    consumers: tuple[Consumer, ...] = ()
    sends: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    reads_stream: bool = False
    live: bool = False
    watches: bool = False
    administers: bool = False
    keeps_persons: bool = False

    @property
    def answers(self) -> bool:
        """Whether it has a database and answers requests, the operator's among them."""
        return bool(self.commands or self.queries)

    @property
    def publishes(self) -> bool:
        return any(events(self.name))
