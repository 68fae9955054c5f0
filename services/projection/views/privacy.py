"""What the read models still hold of a person whose tickets were erased: looked up, everywhere."""

from collections.abc import Iterable
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.command import Context
from chassis.errors import PartnerForbidden
from services.projection.models import TICKET
from services.projection.position import Position
from services.projection.views.params import Params

PRIVACY = frozenset({"privacy-officer", "operator"})
_REQUESTER = TICKET.columns.index("requester")

_GENERATIONS = text("SELECT schema FROM generation ORDER BY schema")
_PARKED = text("SELECT count(*) FROM parked WHERE aggregate = ANY(CAST(:tickets AS text[]))")


class PersonalDataParams(Params):
    """The tickets whose personal data was erased."""

    tickets: Annotated[tuple[str, ...], Field(max_length=100_000)]


async def personal_data(
    asked: PersonalDataParams, context: Context, session: AsyncSession, position: Position
) -> dict[str, Any]:
    """Rows of these tickets that name anybody, in every generation, and in memory.

    `remembered` is null when another process follows the stream. `rows` are those found at all.
    """
    if context.roles.isdisjoint(PRIVACY):
        raise PartnerForbidden
    schemas = list(await session.scalars(_GENERATIONS))
    found, naming = 0, 0
    for schema in schemas:
        counted = await _counted(session, schema, asked.tickets)
        found, naming = found + counted[0], naming + counted[1]
    return {
        "generations": len(schemas),
        "rows": found,
        "naming": naming,
        "remembered": _remembered(position, asked.tickets),
        "parked": await session.scalar(_PARKED, {"tickets": list(asked.tickets)}),
    }


async def _counted(session: AsyncSession, schema: str, tickets: Iterable[str]) -> tuple[int, int]:
    query = text(f"""
        SELECT count(*) AS found, count(requester) AS naming FROM {schema}.ticket
        WHERE ticket = ANY(CAST(:tickets AS text[]))
    """)  # noqa: S608  a generation's own name
    row = (await session.execute(query, {"tickets": list(tickets)})).one()
    return row.found, row.naming


def _remembered(position: Position, tickets: Iterable[str]) -> int | None:
    if position.remembered is None:
        return None
    rows = position.remembered(tickets)
    return sum(row[_REQUESTER] is not None for row in rows)
