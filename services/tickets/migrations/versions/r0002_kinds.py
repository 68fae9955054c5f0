"""Maintenance windows and freezes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "r0002"
down_revision = "r0001"


def upgrade() -> None:
    op.create_table(
        "window",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("freezes", sa.Boolean, nullable=False),
        sa.Column("state", JSONB, nullable=False),
    )
