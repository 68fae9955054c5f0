"""A key per ticket, the processing log, the register of erasures, and which backups hold keys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from chassis import processing_log, vault

revision = "r0004"
down_revision = "r0003"


def upgrade() -> None:
    vault.give_keys_scopes(op)
    processing_log.create_table(op)
    op.create_table(
        "erasure",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.func.gen_random_uuid()),
        sa.Column("subject", sa.Text, nullable=False, index=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.Text, nullable=False),
        sa.Column("tickets", ARRAY(sa.Text), nullable=False),
    )
    op.create_table(
        "key_backup", sa.Column("taken_at", sa.DateTime(timezone=True), primary_key=True)
    )
