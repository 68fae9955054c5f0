"""Partners, items, calendars, norms and agreements."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis.migrations import create_tables

revision = "r0001"
down_revision = None


def upgrade() -> None:
    create_tables(op)
    for kind in ("partner", "item", "calendar", "norm"):
        op.create_table(kind, *_columns())
    op.create_table("agreement", *_columns(), sa.Column("partner", sa.Text, nullable=False))
    op.create_index("ix_agreement_partner", "agreement", ["partner"])


def _columns() -> list[sa.Column[object]]:
    return [
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", JSONB, nullable=False),
    ]
