"""Aggregates that are kept as one row of JSON, and what every command does with one.

A service whose decisions need no more than the aggregate's own state keeps it so: load it, decide,
save it. The table's name is the aggregate's kind, as in its id: `partner/zevenaar`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Generic, Protocol, Self, TypeVar

from sqlalchemy import Table, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlmodel import SQLModel

from chassis.command import Change, Context, Outcome
from contracts.registry import DomainEvent


class Aggregate(Protocol):
    """A state, as a pydantic model. `version` is the number of its events."""

    @property
    def version(self) -> int: ...

    def model_dump(self, *, mode: str) -> dict[str, Any]: ...

    @classmethod
    def model_validate(cls, obj: Any) -> Self: ...


StateT = TypeVar("StateT", bound=Aggregate)
EventT = TypeVar("EventT", bound=DomainEvent)
Evolve = Callable[[StateT | None, EventT], StateT]


class Repository(Generic[StateT]):
    """The aggregates of one kind; the table has the columns `key`, `version` and `state`."""

    def __init__(self, session: AsyncSession, model: type[SQLModel], state: type[StateT]) -> None:
        self._session = session
        self._table: Table = model.metadata.tables[str(model.__tablename__)]
        self._state = state

    @property
    def kind(self) -> str:
        """What its aggregates are called in their ids and in replies."""
        return str(self._table.name)

    async def get(self, key: str) -> StateT | None:
        """The aggregate, locked until the transaction ends; `None` when there is none."""
        columns = self._table.c
        query = select(columns.state).where(columns.key == key).with_for_update()
        row = await self._session.scalar(query)
        return None if row is None else self._state.model_validate(row)

    async def referenced(self, keys: Iterable[str]) -> dict[str, StateT]:
        """Those of the aggregates that exist; they cannot change until the transaction ends."""
        columns = self._table.c
        wanted = sorted(set(keys))
        if not wanted:
            return {}
        query = (
            select(columns.key, columns.state)
            .where(columns.key.in_(wanted))
            .order_by(columns.key)
            .with_for_update(read=True)
        )
        rows = await self._session.execute(query)
        return {key: self._state.model_validate(state) for key, state in rows}

    async def all(self, prefix: str = "") -> Sequence[StateT]:
        """Those whose keys begin so, in the order of their keys; stable until the end."""
        columns = self._table.c
        query = (
            select(columns.state)
            .where(columns.key.startswith(prefix, autoescape=True))
            .order_by(columns.key)
            .with_for_update(read=True)
        )
        rows = await self._session.scalars(query)
        return [self._state.model_validate(state) for state in rows]

    async def save(self, key: str, state: StateT) -> None:
        """Write the state after its new events.

        Of two commands that create the same aggregate at once, the event log refuses one.
        """
        row = self._row(state)
        statement = insert(self._table).values(key=key, **row)
        await self._session.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_=row)
        )

    def _row(self, state: StateT) -> dict[str, Any]:
        return {"version": state.version, "state": state.model_dump(mode="json")}


async def load(rows: Repository[StateT], key: str, context: Context) -> StateT | None:
    """The aggregate, locked and in the version that the caller expects."""
    state = await rows.get(key)
    if state is not None:
        context.require_version(state.version)
    return state


async def write(
    rows: Repository[StateT],
    key: str,
    before: StateT | None,
    events: Sequence[EventT],
    evolve: Evolve[StateT, EventT],
) -> Change:
    """Save the state after the events; the change that they are."""
    after = before
    for event in events:
        after = evolve(after, event)
    if after is not None:
        await rows.save(key, after)
    return Change(f"{rows.kind}/{key}", before.version if before else 0, events)


async def save(
    rows: Repository[StateT],
    key: str,
    before: StateT | None,
    events: Sequence[EventT],
    evolve: Evolve[StateT, EventT],
) -> Outcome:
    """As `write`, and the outcome that it makes."""
    change = await write(rows, key, before, events, evolve)
    version = change.version + len(change.events)
    return Outcome(changes=[change], reply={rows.kind: key, "version": version})
