"""Major incidents, with numbers of their own, and counts of security signals come here."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "r0003"
down_revision = "r0002"

NEXT_NUMBERS = """
CREATE OR REPLACE FUNCTION next_numbers(prefix text, year integer, count integer)
RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    sequence text := format('number_%s_%s', lower(prefix), year);
BEGIN
    IF prefix NOT IN ('INC', 'REQ', 'CHG', 'PRB', 'SEC', 'CMP', 'QST', 'MNT', 'FRZ', 'MAJ')
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
    op.execute(NEXT_NUMBERS)
    op.create_table(
        "major_incident",
        sa.Column("number", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", JSONB, nullable=False),
    )
    op.create_table(
        "signals",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("state", JSONB, nullable=False),
    )
