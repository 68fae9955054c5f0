"""Numbers of new tickets, got in one round trip for all who ask at once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast
from weakref import WeakKeyDictionary

from sqlalchemy import Pool, text
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from chassis.gathering import Gathering

HEARD = "(SELECT coalesce(max(id), 0) FROM catalogue_event) AS heard"
"""The newest event in the copy of the catalogue, asked along with what a command needs anyway."""
_NUMBERS = text(f"""
    SELECT prefix, year, next_numbers(prefix, year, count) AS number, {HEARD}
    FROM unnest(
        CAST(:prefixes AS text[]), CAST(:years AS integer[]), CAST(:counts AS integer[])
    ) AS series(prefix, year, count)
""")  # noqa: S608  names of our own


class Series(NamedTuple):
    """Numbers of a kind and a year are counted by themselves."""

    prefix: str
    year: int


class Number(NamedTuple):
    """A new number, and the newest event of the catalogue that had been heard when it was given."""

    number: str
    heard: int


class Numbers:
    """One per process; it gathers per database. A number that is not used is lost."""

    def __init__(self) -> None:
        self._gatherings: WeakKeyDictionary[Pool, Gathering[Series, Number]] = WeakKeyDictionary()

    async def next(self, session: AsyncSession, series: Series) -> str:
        """Outside any transaction: the connection is not the session's."""
        engine = cast("AsyncEngine", session.bind)
        pool = engine.sync_engine.pool
        if pool not in self._gatherings:
            self._gatherings[pool] = Gathering(_Counter(engine))
        number, session.info["heard"] = await self._gatherings[pool].ask(series)
        return number


class _Counter:
    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def __call__(self, asked: Sequence[Series]) -> list[Number]:
        wanted = Counter(asked)
        parameters = {
            "prefixes": [series.prefix for series in wanted],
            "years": [series.year for series in wanted],
            "counts": list(wanted.values()),
        }
        async with self._engine.connect() as connection:
            rows = (await connection.execute(_NUMBERS, parameters)).all()
        given: dict[Series, list[Number]] = defaultdict(list)
        for row in rows:
            given[Series(row.prefix, row.year)].append(Number(row.number, row.heard))
        each: dict[Series, Iterator[Number]] = {
            series: iter(numbers) for series, numbers in given.items()
        }
        return [next(each[series]) for series in asked]
