"""`/v1/quotes`: what joining would cost a partner, and what leaving would cost the others."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query
from pydantic import Field

from contracts.finance import quotes
from contracts.finance.plans import Code
from contracts.values import PartnerSlug, ShortText, Year
from services.gateway.access import guarded_router
from services.gateway.api.finance.books import At, Origin, Reading
from services.gateway.api.paging import Page, Paging
from services.gateway.api.sending import Ordering, Receipt
from services.gateway.wire import Body, Shape

QUOTES = "/v1/quotes"
QuotePath = Annotated[Code, Path(description="Code of the quote")]


class EntryAssumed(quotes.EntryAssumptions, Body):
    """What is assumed of a partner that would join."""


class ExitAssumed(quotes.ExitAssumptions, Body):
    """What is assumed of a partner that would leave."""


class EntryQuoteBody(Body):
    quote: Code
    name: ShortText
    assumptions: EntryAssumed


class ExitQuoteBody(Body):
    quote: Code
    partner: PartnerSlug
    assumptions: ExitAssumed


class QuoteLine(Shape):
    what: str
    year: Year | None = None
    amount: Decimal


class Quote(Origin):
    quote: Code
    kind: Literal["entry", "exit"]
    name: str | None = Field(description="Who would join")
    partner: str | None = Field(description="Who would leave")
    assumptions: dict[str, Any] = Field(description="Everything that was assumed")
    lines: list[QuoteLine]
    total: Decimal
    quoted_at: datetime


class OneQuote(Quote, At):
    pass


class Quotes(Page[Quote]):
    """As they were given, the newest first."""


class QuoteFilter(Paging):
    kind: Literal["entry", "exit"] | None = None
    partner: PartnerSlug | None = None


class Assumption(Shape):
    name: str
    values: list[Any]
    differs: bool


class LineBeside(Shape):
    what: str
    year: Year | None
    amounts: list[Decimal | None]


class Comparison(At):
    """Quotes side by side, in the order asked."""

    quotes: list[Quote]
    assumptions: list[Assumption]
    lines: list[LineBeside]
    totals: list[Decimal]


class ComparisonFilter(Body):
    quote: list[Code] = Field(min_length=2, max_length=6)


def router() -> APIRouter:
    routes = guarded_router(tags=["Entry and exit"], described=True)
    routes.get(QUOTES, summary="Quotes for joining and leaving")(list_quotes)
    routes.get(f"{QUOTES}/{{quote}}", summary="One quote")(show_quote)
    routes.post("/v1/entry-quotes", status_code=201, summary="Quote joining")(quote_entry)
    routes.post("/v1/exit-quotes", status_code=201, summary="Quote leaving")(quote_exit)
    routes.get("/v1/quote-comparisons", summary="Quotes side by side")(compare_quotes)
    return routes


async def list_quotes(reading: Reading, wanted: Annotated[QuoteFilter, Query()]) -> Quotes:
    return await reading.page("quotes", Quotes, wanted)


async def show_quote(quote: QuotePath, reading: Reading) -> OneQuote:
    return await reading.one("quotes", OneQuote, quote=quote)


async def quote_entry(body: EntryQuoteBody, order: Ordering) -> Receipt:
    return await order.created("finance", "quote-entry", body.command(), f"{QUOTES}/{body.quote}")


async def quote_exit(body: ExitQuoteBody, order: Ordering) -> Receipt:
    return await order.created("finance", "quote-exit", body.command(), f"{QUOTES}/{body.quote}")


async def compare_quotes(
    reading: Reading, wanted: Annotated[ComparisonFilter, Query()]
) -> Comparison:
    return await reading.whole("quote-comparison", Comparison, quotes=wanted.quote)
