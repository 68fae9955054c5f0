"""The table of generations, and a first one, empty and live.

A generation's tables are those of the release that makes it: another shape comes by a rebuild,
never by a migration.
"""

from alembic import op
from sqlalchemy import text

from chassis.migrations import create_tables
from services.projection.generations import FIRST, TABLE, creation, indexing
from services.projection.models import SHAPE

revision = "r0001"
down_revision = None


def upgrade() -> None:
    create_tables(op)
    op.execute(TABLE)
    for statement in (*creation(FIRST), *indexing(FIRST)):
        op.execute(statement)
    added = text("INSERT INTO generation (schema, shape, live) VALUES (:schema, :shape, true)")
    op.execute(added.bindparams(schema=FIRST, shape=SHAPE))
