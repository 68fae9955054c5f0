"""Objections, and the details that invoices are made out with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    for kind in ("objection", "billing"):
        op.create_table(
            kind,
            sa.Column("key", sa.Text, primary_key=True),
            sa.Column("version", sa.Integer, nullable=False),
            sa.Column("state", JSONB, nullable=False),
        )
