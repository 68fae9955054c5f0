"""Alembic's entry point for the database of `projection`."""

from sqlalchemy import MetaData

from chassis.migrations import run_environment

run_environment(MetaData())
