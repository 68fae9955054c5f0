"""Rules between the files of a case: what one names, another must define."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bodemplaat.cases.consistency.money import money
from bodemplaat.cases.consistency.naming import known_item, known_partner, twice
from bodemplaat.cases.errors import Problem
from bodemplaat.cases.model import ALWAYS, Case, Mix, ServiceLevel, TicketText
from contracts.values import Domain

EVERY_PARTNER = "*"
WHOLE_KEY = Decimal(100)


def inconsistencies(case: Case) -> Iterator[Problem]:
    """Every rule between files that the case breaks."""
    yield from _repeated(case)
    yield from _statistics(case)
    yield from _norms(case)
    yield from _agreements(case)
    yield from _people(case)
    yield from _tickets(case)
    yield from money(case)


def _repeated(case: Case) -> Iterator[Problem]:
    yield from twice("partners.toml", "partners", (p.slug for p in case.partners.partners))
    yield from twice("catalogue.toml", "items", (i.item for i in case.catalogue.items))
    yield from twice("calendars.toml", "calendars", (c.calendar for c in case.calendars.calendars))
    yield from twice("volumes.toml", "volumes", (v.name for v in case.volumes.volumes))
    yield from twice("people.toml", "people", (p.id for p in case.people.people))
    yield from twice(
        "agreements.toml", "agreements", (a.agreement for a in case.agreements.agreements)
    )
    yield from twice(
        "service-levels.toml",
        "service_levels",
        (
            f"{level.domain}/{level.item or '-'}/{level.kind}/{level.priority}"
            for level in case.levels
        ),
    )


def _statistics(case: Case) -> Iterator[Problem]:
    keys: dict[int, Decimal] = defaultdict(Decimal)
    for index, row in enumerate(case.partners.statistics):
        at = f"statistics.{index}"
        yield from known_partner(case, "partners.toml", f"{at}.partner", row.partner)
        if row.key_percentage is not None:
            keys[row.year] += row.key_percentage
            if row.basis.key_percentage is None:
                yield Problem("partners.toml", f"{at}.basis.key_percentage", "is missing")
    for year, total in sorted(keys.items()):
        if total != WHOLE_KEY:
            rule = f"the key of {year} adds up to {total}, not to 100"
            yield Problem("partners.toml", "statistics.key_percentage", rule)


def _norms(case: Case) -> Iterator[Problem]:
    for index, level in enumerate(case.levels):
        yield from _norm(case, "service-levels.toml", f"service_levels.{index}", level)


def _norm(case: Case, file: str, at: str, level: ServiceLevel) -> Iterator[Problem]:
    calendars = {calendar.calendar for calendar in case.calendars.calendars} | {ALWAYS}
    if level.calendar not in calendars:
        yield Problem(file, f"{at}.calendar", f"no calendar {level.calendar!r} in calendars.toml")
    if level.item is not None:
        yield from known_item(case, file, f"{at}.item", level.item)
    if level.resolution_minutes < level.response_minutes:
        yield Problem(file, f"{at}.resolution_minutes", "is shorter than response_minutes")


def _agreements(case: Case) -> Iterator[Problem]:
    for index, agreement in enumerate(case.agreements.agreements):
        at = f"agreements.{index}"
        yield from known_partner(case, "agreements.toml", f"{at}.partner", agreement.partner)
        for position, item in enumerate(agreement.items):
            yield from known_item(case, "agreements.toml", f"{at}.items.{position}", item)
        for position, level in enumerate(agreement.deviating_norms):
            yield from _norm(case, "agreements.toml", f"{at}.deviating_norms.{position}", level)
        if agreement.ends_on is not None and agreement.ends_on < agreement.starts_on:
            yield Problem("agreements.toml", f"{at}.ends_on", "is before starts_on")


def _people(case: Case) -> Iterator[Problem]:
    for index, person in enumerate(case.people.people):
        for partner in person.partners:
            if partner != EVERY_PARTNER:
                at = f"people.{index}.partners"
                yield from known_partner(case, "people.toml", at, partner)


def _tickets(case: Case) -> Iterator[Problem]:
    plan = case.tickets
    if plan is None:
        if case.volumes.volumes:
            yield Problem("tickets.toml", "", "is missing: volumes.toml asks for its texts")
        return
    for index, text in enumerate(plan.texts):
        if text.item is not None:
            yield from known_item(case, "tickets.toml", f"texts.{index}.item", text.item)
    yield from _mix(case, plan.texts, "tickets.toml", "", plan)
    for index, volume in enumerate(case.volumes.volumes):
        at = f"volumes.{index}."
        yield from _mix(case, plan.texts, "volumes.toml", at, volume, volume.domain)
        if volume.carried_over < 0:
            rule = "closed and cancelled are more than were received"
            yield Problem("volumes.toml", f"{at}received", rule)
        if volume.ratings and volume.ratings.rated > volume.closed:
            yield Problem("volumes.toml", f"{at}ratings.rated", "is more than were closed")


def _mix(
    case: Case,
    texts: Iterable[TicketText],
    file: str,
    at: str,
    mix: Mix,
    domain: Domain | None = None,
) -> Iterator[Problem]:
    for partner in mix.shares:
        yield from known_partner(case, file, f"{at}shares", partner)
    for table in ("shares", "kinds", "impact", "urgency", "channels"):
        if not sum(getattr(mix, table).values()):
            yield Problem(file, f"{at}{table}", "has no weight above 0")
    domains = {item.item: item.domain for item in case.catalogue.items}
    written = {
        (text.item is None, text.kind)
        for text in texts
        if domain in (None, domains.get(text.item or "", text.domain))
    }
    for kind in mix.kinds:
        for outside, what in ((False, "on an item"), (True, "out of catalogue")):
            if (outside, kind) not in written:
                yield Problem("tickets.toml", "texts", f"has no {kind} {what}{_in(domain)}")


def _in(domain: Domain | None) -> str:
    return f" in {domain}" if domain else ""
