"""What `catalog` is told, in phases: the orders of one phase do not need one another."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from bodemplaat.cases.model import Basis, Case
from bodemplaat.cases.orders.order import Order, plain, plain_all


def phases(case: Case) -> Iterator[Sequence[Order]]:
    """Everything, phase by phase."""
    yield [*_partners(case), *_calendars(case), *_drafts(case)]
    yield [*_statistics(case), *_publications(case)]
    yield list(_service_levels(case))
    yield list(_agreements(case))


def _partners(case: Case) -> Iterator[Order]:
    for partner in case.partners.partners:
        body = {"partner": partner.slug, **plain(partner, "slug", "basis")}
        basis = partner.basis.name
        yield _order(case, f"partner/{partner.slug}", "register-partner", body, basis)


def _statistics(case: Case) -> Iterator[Order]:
    for row in case.partners.statistics:
        key = f"statistics/{row.partner}/{row.year}"
        moment = max(case.set_up_at, datetime(row.year, 1, 1, 9, tzinfo=UTC))
        body, basis = plain(row, "basis"), row.basis.workplaces
        yield Order(case.name, "catalog", key, "update-partner-statistics", body, moment, basis)


def _calendars(case: Case) -> Iterator[Order]:
    for calendar in case.calendars.calendars:
        key = f"calendar/{calendar.calendar}"
        yield _order(case, key, "define-calendar", plain(calendar), case.calendars.basis)


def _drafts(case: Case) -> Iterator[Order]:
    for item in case.catalogue.items:
        body = {"item": item.item, "content": plain(item.content)}
        key = f"draft/{item.item}"
        yield _order(case, key, "draft-catalogue-item", body, case.catalogue.basis)


def _publications(case: Case) -> Iterator[Order]:
    for item in case.catalogue.items:
        body = {"item": item.item, "valid_from": case.catalogue.valid_from.isoformat()}
        key = f"publication/{item.item}"
        yield _order(case, key, "publish-catalogue-item", body, case.catalogue.basis)


def _service_levels(case: Case) -> Iterator[Order]:
    levels = case.service_levels
    if levels is None:
        return
    for level in levels.service_levels:
        body = {**plain(level.deviation), "valid_from": levels.valid_from.isoformat()}
        key = f"norm/{level.domain}/{level.item or '-'}/{level.kind}/{level.priority}"
        yield _order(case, key, "set-service-level", body, levels.basis)


def _agreements(case: Case) -> Iterator[Order]:
    for agreement in case.agreements.agreements:
        deviations = plain_all([level.deviation for level in agreement.deviating_norms])
        body = {**plain(agreement), "deviating_norms": deviations}
        key = f"agreement/{agreement.agreement}"
        yield _order(case, key, "sign-agreement", body, case.agreements.basis)


def _order(case: Case, key: str, command: str, body: dict[str, Any], basis: Basis) -> Order:
    return Order(case.name, "catalog", key, command, body, case.set_up_at, basis)
