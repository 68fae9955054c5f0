from datetime import UTC, date, datetime
from decimal import Decimal

from contracts.documents.examples.example import Example
from contracts.finance import bills
from contracts.finance.charging import Line, Source

_RUN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
LINE = Line(
    partner="zevenaar",
    pool="werkplekken",
    method="fixed-key",
    first=date(2026, 1, 1),
    last=date(2026, 3, 31),
    amount=Decimal("52569.86"),
    of_amount=Decimal("101095.89"),
    driver="key",
    count=Decimal(52),
    of_count=Decimal(100),
    days=90,
    of_days=90,
    sources=(
        Source(aggregate="pool/2026-werkplekken", first_version=1, last_version=1),
        Source(aggregate="method/werkplekken", first_version=1, last_version=1),
    ),
)

BILLS = (
    Example(
        when="a period is charged",
        aggregate="run/2026-q1",
        version=1,
        event=bills.ChargingRunCompleted(
            occurred_at=_RUN,
            run="2026-q1",
            kind="advance",
            first=date(2026, 1, 1),
            last=date(2026, 3, 31),
            catalogue_sequence=41,
            time_sequence=0,
            pools=(bills.PoolInput(pool="werkplekken", version=1, amount=Decimal("101095.89")),),
            cost=Decimal("101095.89"),
            charged=Decimal("101095.89"),
            borne=Decimal("0.00"),
        ),
    ),
    Example(
        when="a partner's part of a run is known",
        aggregate="run/2026-q1",
        version=2,
        event=bills.CostsAllocated(
            occurred_at=_RUN,
            run="2026-q1",
            partner="zevenaar",
            lines=(LINE,),
            total=Decimal("52569.86"),
            advanced=Decimal("0.00"),
            due=Decimal("52569.86"),
        ),
    ),
    Example(
        when="a year is settled, which closes it",
        aggregate="year/2026",
        version=1,
        event=bills.YearSettled(
            occurred_at=datetime(2027, 3, 1, 9, 0, tzinfo=UTC),
            year=2026,
            run="2026-settlement",
            cost=Decimal("418230.15"),
            charged=Decimal("418230.15"),
        ),
    ),
    Example(
        when="an invoice or credit note goes out",
        aggregate="invoice/F2026-00001",
        version=1,
        event=bills.InvoiceIssued(
            occurred_at=_RUN,
            invoice="F2026-00001",
            kind="invoice",
            partner="zevenaar",
            run="2026-q1",
            issued_on=date(2026, 1, 5),
            due_on=date(2026, 2, 4),
            lines=(LINE,),
            advanced=Decimal("0.00"),
            total=Decimal("52569.86"),
        ),
    ),
    Example(
        when="an invoice is taken back by a credit note",
        aggregate="invoice/F2026-00001",
        version=2,
        event=bills.InvoiceCredited(
            occurred_at=datetime(2026, 1, 12, 9, 0, tzinfo=UTC),
            invoice="F2026-00001",
            partner="zevenaar",
            credit_note="F2026-00002",
        ),
    ),
)
