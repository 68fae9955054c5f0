"""Reports that are kept, and those that wait to be made: outside generations, for they stay."""

from alembic import op

revision = "r0002"
down_revision = "r0001"

KEPT = """
CREATE TABLE kept_report (
    id text PRIMARY KEY,
    report text NOT NULL,
    partner text,
    period text NOT NULL,
    as_of bigint,
    on_day date,
    sequence bigint NOT NULL,
    document bytea NOT NULL,
    sha256 text NOT NULL,
    made_at timestamptz NOT NULL,
    scheduled boolean NOT NULL
)
"""
NEWEST = "CREATE INDEX kept_report_newest ON kept_report (made_at DESC, id)"
ONCE = """
CREATE UNIQUE INDEX kept_report_scheduled ON kept_report (report, coalesce(partner, ''), period)
WHERE scheduled
"""
JOB = """
CREATE TABLE report_job (
    id text PRIMARY KEY,
    question text NOT NULL,
    asked_by text NOT NULL,
    behind integer NOT NULL DEFAULT 0,
    as_of bigint,
    on_day date,
    state text NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'running', 'done', 'failed')),
    folded bigint NOT NULL DEFAULT 0,
    of bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 0,
    asked_at timestamptz NOT NULL,
    ended_at timestamptz,
    faults text,
    answer bytea
)
"""
WAITING = "CREATE INDEX report_job_waiting ON report_job (asked_at, id) WHERE state = 'waiting'"


def upgrade() -> None:
    for statement in (KEPT, NEWEST, ONCE, JOB, WAITING):
        op.execute(statement)
