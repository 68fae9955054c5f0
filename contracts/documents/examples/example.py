from dataclasses import dataclass

from contracts.registry import DomainEvent


@dataclass(frozen=True, slots=True)
class Example:
    """An event as it could have happened to `aggregate`, making it `version`.

    `when` completes the sentence "It is published when …".
    """

    when: str
    aggregate: str
    version: int
    event: DomainEvent
