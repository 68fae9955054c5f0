"""Alembic's entry point for the database of `catalog`."""

from chassis.migrations import run_environment
from services.catalog.models import Row

run_environment(Row.metadata)
