"""A service level: the norm of an item or a whole domain, per ticket kind and priority."""

from collections.abc import Mapping
from datetime import date, datetime

from contracts.catalog import Norm, ServiceLevelCorrected, ServiceLevelSet
from services.catalog.commands import CorrectServiceLevel, SetServiceLevel
from services.catalog.domain.aggregate import Aggregate
from services.catalog.domain.calendar import Calendar
from services.catalog.domain.dating import require_later, require_not_ahead
from services.catalog.domain.item import Item, before_first_version
from services.catalog.errors import (
    CalendarUnknown,
    ItemUnknown,
    NormDomainDiffers,
    NormResolutionShorter,
)


class ServiceLevel(Aggregate):
    """What decisions about a service level rest on: the first days of its versions."""

    key: str
    starts: tuple[date, ...]


def key_of(order: SetServiceLevel | ServiceLevelSet) -> str:
    """`ict/ICT-WP-01/incident/1`; a domain's default has `-` for the item."""
    return f"{order.domain}/{order.item or '-'}/{order.kind}/{order.priority}"


def decide(
    state: ServiceLevel | None,
    command: SetServiceLevel,
    now: datetime,
    item: Item | None,
    calendars: Mapping[str, Calendar],
) -> tuple[ServiceLevelSet, ...]:
    """`item` is the item that the command names, if it names one and there is one."""
    if command.item is not None:
        _require_item(command, item)
    require_sound(command.norm, command.valid_from, calendars, "norm")
    if isinstance(command, CorrectServiceLevel):
        require_not_ahead(command.valid_from, now)
        return (ServiceLevelCorrected(occurred_at=now, **dict(command)),)
    require_later(command.valid_from, state.starts if state else ())
    return (ServiceLevelSet(occurred_at=now, **dict(command)),)


def evolve(state: ServiceLevel | None, event: ServiceLevelSet) -> ServiceLevel:
    starts = (*(state.starts if state else ()), event.valid_from)
    return ServiceLevel(key=key_of(event), version=len(starts), starts=starts)


def _require_item(command: SetServiceLevel, item: Item | None) -> None:
    if item is None:
        raise ItemUnknown("item", item=command.item)
    if item.starts and command.valid_from < item.starts[0]:
        raise before_first_version("valid_from", item.item, item.starts[0])
    item.require_offered(command.valid_from, "item")
    require_domain(item, command.domain, "domain")


def require_domain(item: Item, domain: str, field: str) -> None:
    """Raises `NormDomainDiffers` when a norm for the item names another domain than its own."""
    if item.content.domain != domain:
        raise NormDomainDiffers(field, item=item.item, domain=item.content.domain)


def require_sound(norm: Norm, on: date, calendars: Mapping[str, Calendar], field: str) -> None:
    """Raises `NormResolutionShorter`, or `CalendarUnknown` when its calendar holds not yet."""
    if norm.resolution_minutes < norm.response_minutes:
        raise NormResolutionShorter(
            f"{field}.resolution_minutes",
            response=norm.response_minutes,
            resolution=norm.resolution_minutes,
        )
    if norm.calendar is None:
        return
    calendar = calendars.get(norm.calendar)
    if calendar is None or not calendar.holds(on):
        raise CalendarUnknown(f"{field}.calendar", calendar=norm.calendar, on=on.isoformat())
