"""Examples of what `catalog` publishes, about partner Zevenaar and a workplace."""

from datetime import UTC, date, datetime, time
from decimal import Decimal

from contracts import catalog
from contracts.documents.examples.example import Example

_DECIDED = datetime(2025, 12, 1, 9, 0, tzinfo=UTC)
_START = date(2026, 1, 1)
_FOUND_OUT = datetime(2026, 4, 28, 9, 0, tzinfo=UTC)

_OFFICE_HOURS = tuple(
    catalog.ServiceHours(weekday=weekday, opens=time(8), closes=time(17)) for weekday in range(1, 6)
)
_NORM = catalog.Norm(
    response_minutes=60,
    resolution_minutes=480,
    calendar="office-hours",
    target_percentage=Decimal("90.00"),
)
_QUICKER = catalog.DeviatingNorm(
    item="ICT-WP-01",
    domain="ict",
    kind="incident",
    priority=1,
    norm=_NORM.model_copy(update={"response_minutes": 15, "resolution_minutes": 120}),
)
_WORKPLACE = catalog.ItemVersion(
    name="Digitale werkplek",
    description="Laptop met kantoorsoftware, beheerd en beveiligd.",
    domain="ict",
    tier="basic",
    included=("Laptop", "Kantoorsoftware", "Beheer op afstand"),
    excluded=("Mobiele telefoon",),
    preconditions=("De medewerker staat in de personeelsadministratie",),
    unit="workplace",
    tariffs={2026: Decimal("1250.00")},
    steps=(
        catalog.FulfilmentStep(
            team="werkplekbeheer", what="Laptop inrichten en uitreiken", lead_minutes=960
        ),
    ),
    owner="Teamleider werkplekbeheer",
)
_DEARER = _WORKPLACE.model_copy(
    update={"tariffs": {2026: Decimal("1250.00"), 2027: Decimal("1295.00")}}
)

CATALOG = (
    Example(
        when="a partner joins the cooperation",
        aggregate="partner/zevenaar",
        version=1,
        event=catalog.PartnerJoined(
            occurred_at=_DECIDED,
            partner="zevenaar",
            name="Gemeente Zevenaar",
            kind="municipality",
            oin="00000001001234567000",
            joined_on=_START,
            theme="neutraal",
        ),
    ),
    Example(
        when="the counts of a year become known that cost and reports are divided by",
        aggregate="partner/zevenaar",
        version=2,
        event=catalog.PartnerStatisticsUpdated(
            occurred_at=_DECIDED,
            partner="zevenaar",
            year=2026,
            residents=44_300,
            workplaces=410,
            key_percentage=Decimal(52),
        ),
    ),
    Example(
        when="a partner tells that it leaves; nothing new can be ordered for it after that day",
        aggregate="partner/zevenaar",
        version=3,
        event=catalog.PartnerWithdrawalAnnounced(
            occurred_at=_DECIDED, partner="zevenaar", leaves_on=date(2027, 12, 31)
        ),
    ),
    Example(
        when="a service calendar gets its first or a next version",
        aggregate="calendar/office-hours",
        version=1,
        event=catalog.CalendarDefined(
            occurred_at=_DECIDED,
            calendar="office-hours",
            calendar_version=1,
            name="Kantooruren",
            valid_from=_START,
            hours=_OFFICE_HOURS,
            closing_days=(date(2026, 5, 15),),
        ),
    ),
    Example(
        when="the hours that a clock should have run in turn out to have been others",
        aggregate="calendar/office-hours",
        version=2,
        event=catalog.CalendarCorrected(
            occurred_at=_FOUND_OUT,
            calendar="office-hours",
            calendar_version=2,
            name="Kantooruren",
            valid_from=_START,
            hours=_OFFICE_HOURS,
            closing_days=(date(2026, 4, 27), date(2026, 5, 15)),
            reason="Koningsdag ontbrak als sluitingsdag",
        ),
    ),
    Example(
        when="a catalogue item is drafted; it cannot be asked for yet",
        aggregate="item/ICT-WP-01",
        version=1,
        event=catalog.CatalogueItemDrafted(
            occurred_at=_DECIDED, item="ICT-WP-01", content=_WORKPLACE
        ),
    ),
    Example(
        when="a drafted item is offered to the partners",
        aggregate="item/ICT-WP-01",
        version=2,
        event=catalog.CatalogueItemPublished(
            occurred_at=_DECIDED,
            item="ICT-WP-01",
            item_version=1,
            valid_from=_START,
            content=_WORKPLACE,
        ),
    ),
    Example(
        when="a published item gets a new version from a date on",
        aggregate="item/ICT-WP-01",
        version=3,
        event=catalog.CatalogueItemRevised(
            occurred_at=datetime(2026, 10, 1, 9, 0, tzinfo=UTC),
            item="ICT-WP-01",
            item_version=2,
            valid_from=date(2027, 1, 1),
            content=_DEARER,
        ),
    ),
    Example(
        when="an item is taken out of the catalogue",
        aggregate="item/ICT-WP-01",
        version=4,
        event=catalog.CatalogueItemRetired(
            occurred_at=datetime(2027, 10, 1, 9, 0, tzinfo=UTC),
            item="ICT-WP-01",
            retired_from=date(2028, 1, 1),
        ),
    ),
    Example(
        when="a service level is promised for an item or a domain",
        aggregate="norm/ict/ICT-WP-01/incident/3",
        version=1,
        event=catalog.ServiceLevelSet(
            occurred_at=_DECIDED,
            domain="ict",
            item="ICT-WP-01",
            kind="incident",
            priority=3,
            norm=_NORM,
            valid_from=_START,
        ),
    ),
    Example(
        when="a norm turns out to have been another than was told, with effect in the past",
        aggregate="norm/ict/ICT-WP-01/incident/3",
        version=2,
        event=catalog.ServiceLevelCorrected(
            occurred_at=_FOUND_OUT,
            domain="ict",
            item="ICT-WP-01",
            kind="incident",
            priority=3,
            norm=_NORM.model_copy(update={"resolution_minutes": 960}),
            valid_from=_START,
            reason="Ingevoerd als acht uur, afgesproken is zestien uur",
        ),
    ),
    Example(
        when="it is settled how satisfied a partner's people should be with a field of work",
        aggregate="experience/zevenaar/ict",
        version=1,
        event=catalog.ExperienceTargetSet(
            occurred_at=_DECIDED,
            partner="zevenaar",
            domain="ict",
            target=catalog.Experience(
                quality=Decimal("7.5"), speed=Decimal("7.5"), communication=Decimal("7.7")
            ),
            valid_from=_START,
        ),
    ),
    Example(
        when="a partner and the shared service centre sign an agreement",
        aggregate="agreement/DVO-2026-ZEVENAAR",
        version=1,
        event=catalog.AgreementSigned(
            occurred_at=_DECIDED,
            agreement="DVO-2026-ZEVENAAR",
            partner="zevenaar",
            starts_on=_START,
            items=("ICT-WP-01",),
        ),
    ),
    Example(
        when="the terms of an agreement change from a date on",
        aggregate="agreement/DVO-2026-ZEVENAAR",
        version=2,
        event=catalog.AgreementAmended(
            occurred_at=datetime(2026, 6, 1, 9, 0, tzinfo=UTC),
            agreement="DVO-2026-ZEVENAAR",
            partner="zevenaar",
            valid_from=date(2026, 7, 1),
            items=("ICT-WP-01",),
            deviating_norms=(_QUICKER,),
            deviating_prices={"ICT-WP-01": {2026: Decimal("1310.00")}},
            surcharge_percentage=Decimal("5.00"),
        ),
    ),
    Example(
        when="the end of an agreement is settled",
        aggregate="agreement/DVO-2026-ZEVENAAR",
        version=3,
        event=catalog.AgreementEnded(
            occurred_at=datetime(2027, 1, 4, 9, 0, tzinfo=UTC),
            agreement="DVO-2026-ZEVENAAR",
            partner="zevenaar",
            ends_on=date(2027, 12, 31),
        ),
    ),
)
