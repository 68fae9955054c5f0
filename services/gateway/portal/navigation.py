"""Where a role can go: the entries of the menu, in their order."""

from collections.abc import Collection
from dataclasses import dataclass

from services.gateway.access.reports import READERS

SEES_DASHBOARD = frozenset(
    {"functional-administrator", "contract-manager", "client", "owner", "agent", "controller"}
)
SEES_PARTNER_TICKETS = frozenset({"functional-administrator", "contract-manager", "client"})
SEES_QUEUE = frozenset({"agent", "controller"})
READS_TICKETS = frozenset({"user"}) | SEES_PARTNER_TICKETS | SEES_QUEUE
SEES_PARTNERS = frozenset({"agent", "catalogue-manager", "controller"})
KEEPS = frozenset({"catalogue-manager"})
ERASES = frozenset({"privacy-officer"})
SEES_CORRECTIONS = SEES_PARTNER_TICKETS | SEES_PARTNERS
READS_AGREEMENTS = frozenset(
    {"functional-administrator", "contract-manager", "client", "owner"} | SEES_PARTNERS
)
SEES_FINANCE = frozenset({"contract-manager", "client", "owner", "controller"})
REPORTS = frozenset({"user", "functional-administrator", "agent"})
EXPORTS = SEES_PARTNER_TICKETS | {"controller"}
READS_TEXTS = frozenset({"functional-administrator", "agent"})
"""Roles that work on tickets of others, and so read what people wrote."""


@dataclass(frozen=True, slots=True)
class Entry:
    """`text` is the id of its text; `roles` empty is everyone."""

    text: str
    address: str
    roles: frozenset[str] = frozenset()


ENTRIES: tuple[Entry, ...] = (
    Entry("nav-home", "/"),
    Entry("nav-report", "/melden", REPORTS),
    Entry("nav-my-tickets", "/meldingen", frozenset({"user"}) | SEES_PARTNER_TICKETS),
    Entry("nav-queue", "/werkvoorraad", SEES_QUEUE),
    Entry("nav-known-errors", "/bekende-fouten"),
    Entry("nav-major-incidents", "/grote-storingen"),
    Entry("nav-maintenance", "/onderhoud"),
    Entry("nav-dashboard", "/dashboard", SEES_DASHBOARD),
    Entry("nav-reports", "/rapporten", READERS),
    Entry("nav-catalogue", "/catalogus"),
    Entry("nav-agreements", "/overeenkomsten", READS_AGREEMENTS),
    Entry("nav-keeping", "/beheer", KEEPS),
    Entry("nav-corrections", "/correcties", SEES_CORRECTIONS),
    Entry("nav-finance", "/financien", SEES_FINANCE),
    Entry("nav-partners", "/deelnemers", SEES_PARTNERS),
    Entry("nav-privacy", "/persoonsgegevens", ERASES),
    Entry("nav-processing-log", "/verwerkingenlogboek", ERASES),
)


def entries_for(roles: Collection[str]) -> tuple[Entry, ...]:
    """The menu of someone with these roles."""
    return tuple(entry for entry in ENTRIES if not entry.roles or not entry.roles.isdisjoint(roles))


def is_current(entry: Entry, path: str) -> bool:
    """Whether the page at `path` belongs to this entry."""
    if entry.address == "/":
        return path == "/"
    return path == entry.address or path.startswith(f"{entry.address}/")
