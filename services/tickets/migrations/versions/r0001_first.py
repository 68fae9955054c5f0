"""Tickets, their numbers, the keys of personal text, and the copy of the catalogue."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from chassis import vault
from chassis.migrations import create_tables

revision = "r0001"
down_revision = None

NEXT_NUMBERS = """
CREATE FUNCTION next_numbers(prefix text, year integer, count integer) RETURNS SETOF text
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


def upgrade() -> None:
    create_tables(op)
    vault.create_table(op)
    op.execute(NEXT_NUMBERS)
    op.create_table(
        "ticket",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("partner", sa.Text, nullable=False),
        sa.Column("requester", sa.Text, nullable=False, index=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", JSONB, nullable=False),
        sa.Column("personal", JSONB, nullable=False),
    )
    op.create_table(
        "imported",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("external", sa.Text, primary_key=True),
        sa.Column("ticket", sa.Text, nullable=False),
    )
    op.create_table(
        "catalogue_event",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("event_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("data", JSONB, nullable=False),
    )
