"""Runs `tickets` as this process."""

from chassis.service import run
from services.tickets.service import define
from services.tickets.settings import TicketSettings

if __name__ == "__main__":
    settings = TicketSettings()
    run(define(settings.policy(), settings.activities()), settings)
