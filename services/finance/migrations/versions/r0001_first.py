"""The aggregates of finance, and the copies of what catalog and tickets told."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.migrations import create_tables

revision = "r0001"
down_revision = None

KINDS = (
    "pool",
    "method",
    "users",
    "run",
    "year",
    "risk",
    "reserve",
    "resilience",
    "loan",
    "cash",
    "interest-risk",
    "balance",
    "indicator",
    "case",
    "quote",
)


def upgrade() -> None:
    create_tables(op)
    for kind in KINDS:
        op.create_table(kind, *_state())
    op.create_table(
        "invoice",
        *_state(),
        sa.Column("run", sa.Text, nullable=True, index=True),
        sa.Column("partner", sa.Text, nullable=False),
    )
    op.create_table(
        "booking",
        sa.Column("pool", sa.Text, primary_key=True),
        sa.Column("booking", sa.Text, primary_key=True),
    )
    op.create_table(
        "invoice_number",
        sa.Column("year", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last", sa.Integer, nullable=False),
    )
    _create_copies()


def _create_copies() -> None:
    op.create_table(
        "catalogue_event",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("event_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("aggregate", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("stream_sequence", sa.BigInteger, nullable=False),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("data", JSONB, nullable=False),
    )
    op.create_table(
        "logged_time",
        sa.Column("event_id", sa.Uuid, primary_key=True),
        sa.Column("stream_sequence", sa.BigInteger, nullable=False),
        sa.Column("ticket", sa.Text, nullable=False),
        sa.Column("partner", sa.Text, nullable=False),
        sa.Column("team", sa.Text, nullable=False),
        sa.Column("minutes", sa.Integer, nullable=False),
        sa.Column("worked_on", sa.Date, nullable=False, index=True),
    )
    op.create_table(
        "ticket_scope",
        sa.Column("ticket", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("out_of_catalogue", sa.Boolean, nullable=False),
    )


def _state() -> list[sa.Column[object]]:
    return [
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", JSONB, nullable=False),
    ]
