"""How moments, durations, numbers and money read, per language: on pages and in documents."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_compact_decimal, format_currency, format_decimal

from services.gateway.language import Language

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

_HOUR = {"nl": "u", "en": "h"}
_WHOLE_EURO = {"nl": "¤\u00a0#,##0;¤\u00a0-#,##0", "en": "¤#,##0;-¤#,##0"}


@dataclass(frozen=True, slots=True)
class Formats:
    """Formats of one language. Moments are told in Dutch local time, whatever the language."""

    language: Language

    def moment(self, value: str | datetime) -> str:
        """`vr 5 jun 2026, 14:03`"""
        return format_datetime(_local(value), "EEE d MMM y, HH:mm", locale=self.language)

    def clock_time(self, value: str | datetime) -> str:
        """`14:03:22`"""
        return format_datetime(_local(value), "HH:mm:ss", locale=self.language)

    def day(self, value: str | date) -> str:
        """`vr 5 jun 2026`"""
        return format_date(_date(value), "EEE d MMM y", locale=self.language)

    def month(self, value: str) -> str:
        """`2026-03` → `maart 2026`"""
        return format_date(_date(f"{value}-01"), "MMMM y", locale=self.language)

    def quarter(self, value: date) -> str:
        """`3e kwartaal 2026`"""
        return format_date(value, "QQQQ y", locale=self.language)

    def weekday(self, value: str | date) -> str:
        """`vr 5 jun`"""
        return format_date(_date(value), "EEE d MMM", locale=self.language)

    def short_day(self, value: str | date) -> str:
        """`5 jun`"""
        return format_date(_date(value), "d MMM", locale=self.language).rstrip(".")

    def duration(self, seconds: float) -> str:
        """Business time in hours and minutes, rounded down: `3 u 20 min`.

        Never in days: how long a working day is differs per service window.
        """
        hours, minutes = divmod(int(seconds) // 60, 60)
        told = [f"{self.number(hours)} {_HOUR[self.language]}"] if hours else []
        if minutes or not hours:
            told.append(f"{minutes} min")
        return " ".join(told)

    def number(self, value: float | Decimal) -> str:
        """`1.234`"""
        return format_decimal(value, locale=self.language)

    def decimal(self, value: str | Decimal) -> str:
        """`1.234,5`, with as many decimals as it has, up to four."""
        return format_decimal(Decimal(value), format="#,##0.####", locale=self.language)

    def given(self, value: str | Decimal) -> str:
        """`1.234,50`, with the very decimals that it was given with."""
        decimals = max(0, -int(Decimal(value).as_tuple().exponent))
        pattern = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
        return format_decimal(Decimal(value), format=pattern, locale=self.language)

    def compact(self, value: Decimal) -> str:
        """`1,5 mln.`: beside the lines of a chart."""
        return format_compact_decimal(value, locale=self.language, fraction_digits=1)

    def plain(self, value: str | Decimal) -> str:
        """`2018,50`: two decimals and nothing between thousands, as of a moment in years."""
        return format_decimal(Decimal(value), format="0.00", locale=self.language)

    def percentage(self, value: str | Decimal) -> str:
        """`93,4 %`"""
        figure = format_decimal(Decimal(value), format="#,##0.#", locale=self.language)
        return f"{figure} %"

    def euro(self, value: str | Decimal) -> str:
        """`€ 1.234,50`"""
        return format_currency(Decimal(value), "EUR", locale=self.language)

    def whole_euro(self, value: str | Decimal) -> str:
        """`€ 1.235`: rounded half up, as amounts of a report are told."""
        rounded = Decimal(value).quantize(Decimal(1), ROUND_HALF_UP)
        return format_currency(
            rounded, "EUR", _WHOLE_EURO[self.language], self.language, currency_digits=False
        )

    def round_euro(self, value: Decimal) -> str:
        """`€ 1,5 mln.`: beside the lines of a chart."""
        return f"€\u00a0{self.compact(value)}"

    @staticmethod
    def machine(value: str | datetime) -> str:
        """For the `datetime` attribute of `<time>`: RFC 3339."""
        return _local(value).isoformat(timespec="seconds")


def as_moment(value: str | datetime) -> datetime:
    """A moment as the services give it (RFC 3339); one without offset is UTC."""
    moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _local(value: str | datetime) -> datetime:
    return as_moment(value).astimezone(AMSTERDAM)


def _date(value: str | date) -> date:
    return value if isinstance(value, date) else date.fromisoformat(value)
