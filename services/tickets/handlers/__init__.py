"""What a command does: load, decide, save."""

from services.tickets.handlers.saving import (
    CLOCK,
    PREFIX,
    personal_text,
    save,
)
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
    "PREFIX",
    "change_ticket",
    "change_window",
    "open_ticket",
    "personal_text",
    "plan_window",
    "save",
]
