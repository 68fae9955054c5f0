"""What a cooperation costs, how that is charged, and what joining and leaving would cost."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field, StringConstraints, ValidatorFunctionWrapHandler, field_validator

from bodemplaat.cases.model.row import STRICT, Basis, Dated, Row
from contracts.finance.charging import Amount, Method, PoolCode
from contracts.finance.costs import BookingId, BudgetLine
from contracts.finance.plans import Code
from contracts.finance.quotes import EntryAssumptions, ExitAssumptions
from contracts.tickets import WorkedMinutes
from contracts.values import Domain, ItemCode, LongText, PartnerSlug, ShortText, TicketKind, Year

WorkName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]


class Line(BudgetLine):
    """`basis` where it differs from its row's."""

    model_config = STRICT

    basis: Basis | None = None


Lines = Annotated[tuple[Line, ...], Field(min_length=1)]


class Budget(Dated):
    year: Year
    pool: PoolCode
    name: ShortText
    lines: Lines


class Amendment(Dated):
    year: Year
    pool: PoolCode
    description: ShortText
    lines: Lines


class Booking(Dated):
    """In the year of its day; with a partner, that partner pays it itself."""

    pool: PoolCode
    booking: BookingId
    description: ShortText
    amount: Amount
    partner: PartnerSlug | None = None
    structural: bool = True


class Budgets(Row):
    """budgets.toml, which a case may leave out."""

    budgets: tuple[Budget, ...] = ()
    amendments: tuple[Amendment, ...] = ()
    bookings: tuple[Booking, ...] = ()


class ChargingMethod(Dated):
    """`on` is the day from which it holds as well."""

    pool: PoolCode
    method: Method

    @field_validator("method", mode="wrap")
    @classmethod
    def _known_keys_only(cls, value: Any, read: ValidatorFunctionWrapHandler) -> Any:
        method = read(value)
        if isinstance(value, dict) and (unknown := value.keys() - type(method).model_fields.keys()):
            raise ValueError(f"{method.method} has no {', '.join(sorted(unknown))}")
        return method


class UserCount(Dated):
    partner: PartnerSlug
    year: Year
    users: int = Field(ge=0)


class Hours(Row):
    """Billable work on one day."""

    on: date
    minutes: WorkedMinutes


class Work(Row):
    """A ticket on which time was logged: opened on its first day, resolved and closed on its last.

    Without an item it is out of catalogue, in `domain`.
    """

    name: WorkName
    partner: PartnerSlug
    team: ShortText
    kind: TicketKind = "service-request"
    title: ShortText
    description: LongText = ""
    item: ItemCode | None = None
    domain: Domain = "ict"
    hours: tuple[Hours, ...] = Field(min_length=1)
    basis: Basis
    note: LongText = ""


class Run(Dated):
    """The advance of a quarter, with the invoices that are issued of it on the same day."""

    year: Year
    quarter: int = Field(ge=1, le=4)
    invoices: tuple[PartnerSlug, ...] = ()


class Settlement(Dated):
    """The settlement of a year, which closes it, with its invoices of the same day."""

    year: Year
    invoices: tuple[PartnerSlug, ...] = ()


class Charging(Row):
    """charging.toml, which a case may leave out."""

    methods: tuple[ChargingMethod, ...] = ()
    users: tuple[UserCount, ...] = ()
    work: tuple[Work, ...] = ()
    runs: tuple[Run, ...] = ()
    settlements: tuple[Settlement, ...] = ()


class Entry(EntryAssumptions):
    model_config = STRICT


class Exit(ExitAssumptions):
    model_config = STRICT


class EntryQuote(Dated):
    quote: Code
    name: ShortText
    assumptions: Entry


class ExitQuote(Dated):
    quote: Code
    partner: PartnerSlug
    assumptions: Exit


class Quotes(Row):
    """quotes.toml, which a case may leave out."""

    entries: tuple[EntryQuote, ...] = ()
    exits: tuple[ExitQuote, ...] = ()
