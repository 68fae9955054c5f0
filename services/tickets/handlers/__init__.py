"""What a command does: load, decide, save."""

from services.tickets.handlers.correcting import go_on
from services.tickets.handlers.corrections import (
    CORRECTION,
    accept_correction,
    drop_correction,
    propose_correction,
    refresh_correction,
)
from services.tickets.handlers.major_incidents import (
    attach_to_major_incident,
    change_major_incident,
    declare_major_incident,
    detach_from_major_incident,
)
from services.tickets.handlers.privacy import (
    ERASURE,
    erase_person,
    erase_requester,
    retain,
)
from services.tickets.handlers.problems import change_problem, link_to_problem
from services.tickets.handlers.saving import (
    CLOCK,
    PREFIX,
    RETENTION,
    personal_text,
    save,
)
from services.tickets.handlers.signals import record_security_signals
from services.tickets.handlers.tickets import (
    change_ticket,
    open_ticket,
)
from services.tickets.handlers.windows import (
    change_window,
    plan_window,
)

__all__ = [
    "CLOCK",
    "CORRECTION",
    "ERASURE",
    "PREFIX",
    "RETENTION",
    "accept_correction",
    "attach_to_major_incident",
    "change_major_incident",
    "change_problem",
    "change_ticket",
    "change_window",
    "declare_major_incident",
    "detach_from_major_incident",
    "drop_correction",
    "erase_person",
    "erase_requester",
    "go_on",
    "link_to_problem",
    "open_ticket",
    "personal_text",
    "plan_window",
    "propose_correction",
    "record_security_signals",
    "refresh_correction",
    "retain",
    "save",
]
