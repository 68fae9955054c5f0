"""One row, understood: how a ticket stood after a change."""

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from bodemplaat.imports.mapping import Level, Mapping, Meaning, Text
from chassis.tables import Reason, Row

NUMBER_CHARACTERS = 200
WAITING: frozenset[Meaning] = frozenset(
    {"waiting-on-user", "waiting-on-supplier", "waiting-on-change-window"}
)
UNSET = frozenset({"false", "0", "no", "nee", "onwaar"})
"""What a flag's column says when it is not set; any other word, or a moment, sets it."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Moments are in UTC; `None` is what the row leaves out."""

    row: Row
    number: str
    order: Decimal
    changed_at: datetime
    opened_at: datetime
    resolved_at: datetime | None
    closed_at: datetime | None
    meaning: Meaning
    team: str | None
    impact: Level | None
    urgency: Level | None
    item: str | None
    responded_at: datetime | None = None

    @property
    def line(self) -> int:
        return self.row.line


class Unusable(Exception):
    """The row breaks a rule."""

    def __init__(self, slug: str, text: str) -> None:
        super().__init__(text)
        self.reason = Reason(slug, text)


class Reader:
    """Understands rows by a mapping."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._columns = mapping.columns
        self._zone = ZoneInfo(mapping.time_zone)
        self._absent = frozenset(mapping.absent)

    def number(self, row: Row) -> str | None:
        return self.text(row, self._columns.number)

    def text(self, row: Row, column: str | None) -> str | None:
        """The content of a column without blanks around it; `None` when it is absent."""
        if column is None:
            return None
        text = row.values.get(column, "").strip()
        return None if text in self._absent else text

    def snapshot(self, row: Row) -> Snapshot:
        """The row understood. Raises `Unusable`."""
        if row.fault is not None:
            raise Unusable(row.fault.slug, row.fault.text)
        columns, number = self._columns, self.number(row)
        if number is None:
            raise Unusable("number-absent", f"{columns.number} is absent")
        if len(number) > NUMBER_CHARACTERS:
            rule = f"{columns.number} has more than {NUMBER_CHARACTERS} characters"
            raise Unusable("number-too-long", rule)
        if any("\0" in value for value in row.values.values()):
            raise Unusable("row-unreadable", "the row holds a null character")
        meaning = self._meaning(row)
        opened_at = self._moment(row, columns.opened_at)
        if opened_at is None:
            raise Unusable("moment-absent", f"{columns.opened_at} is absent")
        resolved_at = self._moment(row, *columns.resolved_at)
        closed_at = self._moment(row, *columns.closed_at)
        responded_at = self._moment(row, *columns.responded_at)
        told_at = {
            "in-progress": responded_at,
            "resolved": resolved_at,
            "closed": closed_at or resolved_at,
            "cancelled": self._moment(row, *columns.cancelled_at) or closed_at or resolved_at,
            **dict.fromkeys(WAITING, self._moment(row, *columns.waiting_since)),
        }.get(meaning)
        return Snapshot(
            row=row,
            number=number,
            order=self._order(row),
            changed_at=self._changed_at(row) or told_at or opened_at,
            opened_at=opened_at,
            resolved_at=resolved_at,
            closed_at=closed_at,
            meaning=meaning,
            team=self.text(row, columns.team),
            impact=self._level(row, columns.impact, self._mapping.impact),
            urgency=self._level(row, columns.urgency, self._mapping.urgency),
            item=self._mapping.items.values.get(self.text(row, self._mapping.items.column) or ""),
            responded_at=responded_at,
        )

    def rendered(self, row: Row, templates: tuple[str, ...]) -> str | None:
        """The first template of which the row has every column, filled in."""
        for template in map(Text, templates):
            columns = {name: self.text(row, name) for name in template.get_identifiers()}
            if all(columns.values()):
                return template.substitute(columns)
        return None

    def _changed_at(self, row: Row) -> datetime | None:
        if self._columns.changed_at is None:
            return None
        moment = self._moment(row, self._columns.changed_at)
        if moment is None:
            raise Unusable("moment-absent", f"{self._columns.changed_at} is absent")
        return moment

    def _meaning(self, row: Row) -> Meaning:
        """By the first flag that is set, else by the word for the state.

        A flag that says waiting leaves it to the word to say on whom, where it does.
        """
        state = self.text(row, self._columns.state)
        worded = self._mapping.states.get(state or "", "unknown")
        for column, flagged in self._mapping.flags.items():
            if (self.text(row, column) or "false").lower() not in UNSET:
                return worded if {flagged, worded} <= WAITING else flagged
        if worded == "unknown":
            raise Unusable("state-unknown", f"{self._columns.state} {state!r} means nothing to us")
        return worded

    def _moment(self, row: Row, *columns: str) -> datetime | None:
        """What the first of the columns tells that is not absent."""
        told = ((column, self.text(row, column)) for column in columns)
        column, text = next((each for each in told if each[1] is not None), ("", None))
        if text is None:
            return None
        try:
            return _moment_of(text, self._mapping.time_format, self._zone)
        except (ValueError, OverflowError):
            rule = f"{column} {text!r} is no moment of the form {self._mapping.time_format}"
            raise Unusable("moment-unreadable", rule) from None

    def _order(self, row: Row) -> Decimal:
        """Rows without a number of their own stand in the order of the file."""
        text = self.text(row, self._columns.order)
        if self._columns.order is None:
            return Decimal(row.line)
        try:
            order = Decimal(text or "")
        except InvalidOperation:
            order = Decimal("nan")
        if not order.is_finite():
            raise Unusable("order-unreadable", f"{self._columns.order} {text!r} is no number")
        return order

    def _level(self, row: Row, column: str | None, levels: dict[str, Level]) -> Level | None:
        text = self.text(row, column)
        if text is None:
            return None
        if text not in levels:
            raise Unusable("level-unknown", f"{column} {text!r} is not in the mapping")
        return levels[text]


@lru_cache(maxsize=4096)
def _moment_of(text: str, form: str, zone: ZoneInfo) -> datetime:
    """A format may hold an offset of its own; without one the moment is in `zone`."""
    moment = datetime.strptime(text, form)  # noqa: DTZ007  the zone follows
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
