"""Corrections of clocks with numbers of their own, and what they do ticket by ticket."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "r0005"
down_revision = "r0004"

NEXT_NUMBERS = """
CREATE OR REPLACE FUNCTION next_numbers(prefix text, year integer, count integer)
RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sequence text := format('number_%s_%s', lower(prefix), year);
BEGIN
    IF prefix NOT IN ('INC', 'REQ', 'CHG', 'PRB', 'SEC', 'CMP', 'QST', 'MNT', 'FRZ', 'MAJ', 'COR')
        OR year NOT BETWEEN 1990 AND 2200
    THEN
        RAISE EXCEPTION 'no numbers are given for % %', prefix, year;
    END IF;
    IF to_regclass(sequence) IS NULL THEN
        PERFORM pg_advisory_xact_lock(hashtext(sequence));
        EXECUTE format('CREATE SEQUENCE IF NOT EXISTS %I', sequence);
    END IF;
    RETURN QUERY
        SELECT format('%s-%s-%s', prefix, year, lpad(n::text, greatest(6, length(n::text)), '0'))
        FROM (SELECT nextval(sequence::regclass) AS n FROM generate_series(1, count)) AS numbers;
END
$$
"""
_FLAGS = ("response_before", "response_after", "resolution_before", "resolution_after")


def upgrade() -> None:
    op.execute(NEXT_NUMBERS)
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
