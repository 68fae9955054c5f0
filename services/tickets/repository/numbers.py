"""Numbers of new tickets, got in one round trip for all who ask at once."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.database import Database, Line
from chassis.gathering import Gathering

HEARD = "(SELECT coalesce(max(id), 0) FROM catalogue_event) AS heard"
"""The newest event in the copy of the catalogue, asked along with what a command needs anyway."""
_NUMBERS = f"""
    SELECT prefix, year, next_numbers(prefix, year, count) AS number, {HEARD}
    FROM unnest($1::text[], $2::integer[], $3::integer[]) AS series(prefix, year, count)
"""  # noqa: S608  names of our own


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
        self._gatherings: WeakKeyDictionary[Database, Gathering[Series, Number]]
        self._gatherings = WeakKeyDictionary()

    async def next(self, session: AsyncSession, series: Series) -> str:
        """Outside any transaction: the connection is not the session's."""
        database = Database.of(session)
        if database not in self._gatherings:
            self._gatherings[database] = Gathering(_Counter(database.line()))
        number, session.info["heard"] = await self._gatherings[database].ask(series)
        return number


class _Counter:
    def __init__(self, line: Line) -> None:
        self._line = line

    async def __call__(self, asked: Sequence[Series]) -> list[Number]:
        wanted = Counter(asked)
        rows = await self._line.fetch(
            _NUMBERS,
            [series.prefix for series in wanted],
            [series.year for series in wanted],
            list(wanted.values()),
        )
        given: dict[Series, list[Number]] = defaultdict(list)
        for prefix, year, number, heard in rows:
            given[Series(prefix, year)].append(Number(number, heard))
        each: dict[Series, Iterator[Number]] = {
            series: iter(numbers) for series, numbers in given.items()
        }
        return [next(each[series]) for series in asked]
