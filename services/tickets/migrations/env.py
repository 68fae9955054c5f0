"""Alembic's entry point for the database of `tickets`."""

from chassis.migrations import run_environment
from services.tickets.models import Row

run_environment(Row.metadata)
