"""Alembic's entry point for the database of `finance`."""

from chassis.migrations import run_environment
from services.finance.models import Row

run_environment(Row.metadata)
