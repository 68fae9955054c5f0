"""Why a line comes to what it does, in the reader's words."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from services.gateway.invoicing.document import InvoiceDocument, Line, Source
from services.gateway.language import Language, Texts


class Explanation:
    """Words about invoices in one language."""

    def __init__(self, texts: Texts, language: Language) -> None:
        self.say = texts.say(language)
        self.language = language

    def method(self, line: Line) -> str:
        return self.say("bill-method", method=line.method)

    def reckoned(self, line: Line) -> str:
        """`€ 101.095,89 × 52 ÷ 100 procent`, with the days where they are not all."""
        return ", ".join(filter(None, (self._share(line), self._days(line))))

    def _share(self, line: Line) -> str:
        if line.count is None:
            return self.say("bill-line-whole", method=line.method)
        driver = self.say("bill-driver", driver=line.driver or line.method)
        count = self._count(line.count)
        if line.of_amount is not None and line.of_count is not None:
            return self.say(
                "bill-line-divided",
                amount=self.euro(line.of_amount),
                count=count,
                total=self._count(line.of_count),
                driver=driver,
            )
        if line.price is not None:
            price = self.euro(line.price)
            return self.say("bill-line-priced", price=price, count=count, driver=driver)
        return self.say("bill-line-counted", count=count, driver=driver)

    def _days(self, line: Line) -> str:
        """Told when the price or amount is for more days than the line."""
        if line.days == line.of_days:
            return ""
        return self.say("bill-line-days", days=line.days, total=line.of_days)

    def sources(self, line: Line) -> list[str]:
        """The events that the figures come from: `pool/2026-ict 1-2`."""
        return [self._source(source) for source in line.sources]

    def _source(self, source: Source) -> str:
        first, last = source.first_version, source.last_version
        versions = f"{first}" if first == last else f"{first}–{last}"
        return f"{source.aggregate} #{versions}"

    def properties(self, line: Line) -> Iterator[tuple[str, str]]:
        """What explains the line, as names and values for another system."""
        known = {
            "method": line.method,
            "driver": line.driver,
            "count": line.count,
            "of-count": line.of_count,
            "sources": "; ".join(self.sources(line)),
        }
        for name, value in known.items():
            if value is not None and value != "":
                yield self.say(f"bill-property-{name}"), str(value)

    def run(self, document: InvoiceDocument) -> str:
        """Which run the lines follow from, and what it had heard."""
        run = document.run
        if run is None:
            return self.say("bill-run", run=document.invoice.run)
        return self.say(
            "bill-run-frozen",
            run=run.run,
            catalogue=str(run.catalogue_sequence),
            time=str(run.time_sequence),
        )

    def period(self, document: InvoiceDocument) -> str:
        return self.days(document.first, document.last)

    def days(self, first: date, last: date) -> str:
        """`1 januari 2026 tot en met 31 maart 2026`"""
        return self.say("bill-period", first=self.day(first), last=self.day(last))

    def day(self, day: date) -> str:
        """`5 januari 2026`"""
        return format_date(day, "long", locale=self.language)

    def subject(self, document: InvoiceDocument) -> str:
        """`Voorschot 2026, kwartaal 1`"""
        year, _, part = document.invoice.run.partition("-")
        if part.startswith("q"):
            return self.say("bill-advance", year=year, quarter=part[1:])
        return self.say("bill-settlement", year=year)

    def title(self, document: InvoiceDocument) -> str:
        invoice = document.invoice
        kind = "corrected" if invoice.replaces else invoice.kind
        return self.say("bill-title", kind=kind, invoice=invoice.invoice)

    def euro(self, amount: Decimal) -> str:
        return format_currency(amount, "EUR", locale=self.language)

    def _count(self, count: Decimal) -> str:
        return format_decimal(count, locale=self.language)
