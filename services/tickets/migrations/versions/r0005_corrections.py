"""Corrections of clocks, and what they do ticket by ticket."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "r0005"
down_revision = "r0004"

_FLAGS = ("response_before", "response_after", "resolution_before", "resolution_after")


def upgrade() -> None:
    op.create_table(
        "correction",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("progress", JSONB, nullable=False),
    )
    op.create_table(
        "corrected_ticket",
        sa.Column("correction", sa.Text, primary_key=True),
        sa.Column("ticket", sa.Text, primary_key=True),
        sa.Column("partner", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("domain", sa.Text, nullable=False),
        sa.Column("item", sa.Text),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changes", sa.Boolean, nullable=False),
        sa.Column("applied", sa.Boolean, nullable=False),
        sa.Column("before", JSONB, nullable=False),
        sa.Column("after", JSONB, nullable=False),
        *(sa.Column(name, sa.Boolean) for name in _FLAGS),
    )
    op.create_index("corrected_ticket_partner", "corrected_ticket", ["partner", "correction"])
    op.create_index(
        "corrected_ticket_waiting",
        "corrected_ticket",
        ["correction", "ticket"],
        postgresql_where=sa.text("NOT applied"),
    )
