"""The commands that set a case up, in phases: those of one phase do not need one another."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pydantic import BaseModel

from bodemplaat.cases.model import Case


@dataclass(frozen=True, slots=True)
class Order:
    """One command to `catalog`, at its business moment; `key` is unique within the case."""

    case: str
    key: str
    command: str
    body: dict[str, Any]
    now: datetime

    @property
    def command_id(self) -> str:
        """The same for the same order of the same case, so that a second play changes nothing."""
        return str(uuid5(NAMESPACE_URL, f"bodemplaat:case:{self.case}:{self.key}"))


def phases(case: Case) -> Iterator[Sequence[Order]]:
    """Everything `catalog` must be told, phase by phase."""
    last = last_heard(case)
    yield [*_partners(case), *_calendars(case), *_drafts(case)]
    yield [*_statistics(case), *(_publication(case, code) for code in _codes(case) if code != last)]
    yield list(_service_levels(case))
    yield list(_agreements(case))
    yield [_publication(case, last)] if last else []


def last_heard(case: Case) -> str | None:
    """An item that no agreement takes, published last: who knows it knows the rest of the case.

    For events arrive in the order in which they were committed. `None` where every item is taken.
    """
    agreements, levels = case.agreements.agreements, case.service_levels.service_levels
    needed = {code for agreement in agreements for code in agreement.items}
    needed |= {level.item for level in levels if level.item is not None}
    return next((code for code in reversed(_codes(case)) if code not in needed), None)


def _codes(case: Case) -> list[str]:
    return [item.item for item in case.catalogue.items]


def _partners(case: Case) -> Iterator[Order]:
    for partner in case.partners.partners:
        body = {"partner": partner.slug, **_plain(partner, "slug", "basis")}
        yield _order(case, f"partner/{partner.slug}", "register-partner", body)


def _statistics(case: Case) -> Iterator[Order]:
    for row in case.partners.statistics:
        key = f"statistics/{row.partner}/{row.year}"
        moment = max(case.set_up_at, datetime(row.year, 1, 1, 9, tzinfo=UTC))
        body = _plain(row, "basis")
        yield Order(case.name, key, "update-partner-statistics", body, moment)


def _calendars(case: Case) -> Iterator[Order]:
    for calendar in case.calendars.calendars:
        key = f"calendar/{calendar.calendar}"
        yield _order(case, key, "define-calendar", _plain(calendar))


def _drafts(case: Case) -> Iterator[Order]:
    for item in case.catalogue.items:
        body = {"item": item.item, "content": _plain(item.content)}
        yield _order(case, f"draft/{item.item}", "draft-catalogue-item", body)


def _publication(case: Case, code: str) -> Order:
    body = {"item": code, "valid_from": case.catalogue.valid_from.isoformat()}
    return _order(case, f"publication/{code}", "publish-catalogue-item", body)


def _service_levels(case: Case) -> Iterator[Order]:
    valid_from = case.service_levels.valid_from.isoformat()
    for level in case.service_levels.service_levels:
        body = {**_plain(level.deviation), "valid_from": valid_from}
        key = f"norm/{level.domain}/{level.item or '-'}/{level.kind}/{level.priority}"
        yield _order(case, key, "set-service-level", body)


def _agreements(case: Case) -> Iterator[Order]:
    for agreement in case.agreements.agreements:
        deviations = [_plain(level.deviation) for level in agreement.deviating_norms]
        body = {**_plain(agreement), "deviating_norms": deviations}
        yield _order(case, f"agreement/{agreement.agreement}", "sign-agreement", body)


def _order(case: Case, key: str, command: str, body: dict[str, Any]) -> Order:
    return Order(case.name, key, command, body, case.set_up_at)


def _plain(row: BaseModel, *left_out: str) -> dict[str, Any]:
    return row.model_dump(mode="json", exclude=set(left_out))
