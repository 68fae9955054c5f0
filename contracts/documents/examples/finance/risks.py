from datetime import UTC, date, datetime
from decimal import Decimal

from contracts.documents.examples.example import Example
from contracts.finance import risks

_REGISTERED = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
_RISK = risks.Risk(
    name="Cybercriminaliteit",
    category="Informatieveiligheid",
    cause="Aanvallen van buiten",
    measures=("Bewaking dag en nacht", "Oefening van de crisisorganisatie"),
    gross=Decimal("750000.00"),
    net=Decimal("375000.00"),
    net_least=Decimal("100000.00"),
    chance=2,
    insured=True,
    owner="Manager ICT",
    review_on=date(2026, 12, 1),
)

RISKS = (
    Example(
        when="a risk enters the register",
        aggregate="risk/cybercrime",
        version=1,
        event=risks.RiskRegistered(occurred_at=_REGISTERED, risk="cybercrime", content=_RISK),
    ),
    Example(
        when="a risk is judged anew",
        aggregate="risk/cybercrime",
        version=2,
        event=risks.RiskUpdated(
            occurred_at=datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
            risk="cybercrime",
            content=_RISK.model_copy(update={"chance": 3, "review_on": date(2027, 6, 1)}),
        ),
    ),
    Example(
        when="a risk is no risk any more",
        aggregate="risk/cybercrime",
        version=3,
        event=risks.RiskClosed(
            occurred_at=datetime(2027, 6, 1, 9, 0, tzinfo=UTC),
            risk="cybercrime",
            closed_on=date(2027, 6, 1),
            reason="Volledig verzekerd",
        ),
    ),
    Example(
        when="a reserve that counts as capacity is set",
        aggregate="reserve/algemene-reserve",
        version=1,
        event=risks.ReserveSet(
            occurred_at=_REGISTERED,
            reserve="algemene-reserve",
            name="Algemene reserve",
            valid_from=date(2026, 6, 1),
            amount=Decimal("354000.00"),
        ),
    ),
    Example(
        when="resilience is assessed as of a reference date",
        aggregate="resilience/2026-06-01",
        version=1,
        event=risks.ResilienceAssessed(
            occurred_at=_REGISTERED,
            on=date(2026, 6, 1),
            way="percentage",
            percentage=Decimal(50),
            capacity=Decimal("354000.00"),
            total=Decimal("375000.00"),
            needed=Decimal("187500.00"),
            risks=(
                risks.RiskPart(
                    risk="cybercrime", net=Decimal("375000.00"), percentage=Decimal("100.00")
                ),
            ),
            of_total=Decimal("0.9440"),
            ratio=Decimal("1.8880"),
            grade="B",
            ceiling=Decimal("1146750.00"),
            above_ceiling=False,
        ),
    ),
)
