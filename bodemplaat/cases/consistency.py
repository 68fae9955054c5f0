"""Rules between the files of a case: what one names, another must define."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bodemplaat.cases.errors import Problem
from bodemplaat.cases.model import ALWAYS, Case, Mix, ServiceLevel
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


def _repeated(case: Case) -> Iterator[Problem]:
    yield from _twice("partners.toml", "partners", (p.slug for p in case.partners.partners))
    yield from _twice("catalogue.toml", "items", (i.item for i in case.catalogue.items))
    yield from _twice("calendars.toml", "calendars", (c.calendar for c in case.calendars.calendars))
    yield from _twice("volumes.toml", "volumes", (v.name for v in case.volumes.volumes))
    yield from _twice("people.toml", "people", (p.id for p in case.people.people))
    yield from _twice(
        "agreements.toml", "agreements", (a.agreement for a in case.agreements.agreements)
    )
    yield from _twice(
        "service-levels.toml",
        "service_levels",
        (
            f"{level.domain}/{level.item or '-'}/{level.kind}/{level.priority}"
            for level in case.service_levels.service_levels
        ),
    )


def _statistics(case: Case) -> Iterator[Problem]:
    keys: dict[int, Decimal] = defaultdict(Decimal)
    for index, row in enumerate(case.partners.statistics):
        at = f"statistics.{index}"
        yield from _known_partner(case, "partners.toml", f"{at}.partner", row.partner)
        if row.key_percentage is not None:
            keys[row.year] += row.key_percentage
            if row.basis.key_percentage is None:
                yield Problem("partners.toml", f"{at}.basis.key_percentage", "is missing")
    for year, total in sorted(keys.items()):
        if total != WHOLE_KEY:
            rule = f"the key of {year} adds up to {total}, not to 100"
            yield Problem("partners.toml", "statistics.key_percentage", rule)


def _norms(case: Case) -> Iterator[Problem]:
    for index, level in enumerate(case.service_levels.service_levels):
        yield from _norm(case, "service-levels.toml", f"service_levels.{index}", level)


def _norm(case: Case, file: str, at: str, level: ServiceLevel) -> Iterator[Problem]:
    calendars = {calendar.calendar for calendar in case.calendars.calendars} | {ALWAYS}
    if level.calendar not in calendars:
        yield Problem(file, f"{at}.calendar", f"no calendar {level.calendar!r} in calendars.toml")
    if level.item is not None:
        yield from _known_item(case, file, f"{at}.item", level.item)
    if level.resolution_minutes < level.response_minutes:
        yield Problem(file, f"{at}.resolution_minutes", "is shorter than response_minutes")


def _agreements(case: Case) -> Iterator[Problem]:
    for index, agreement in enumerate(case.agreements.agreements):
        at = f"agreements.{index}"
        yield from _known_partner(case, "agreements.toml", f"{at}.partner", agreement.partner)
        for position, item in enumerate(agreement.items):
            yield from _known_item(case, "agreements.toml", f"{at}.items.{position}", item)
        for position, level in enumerate(agreement.deviating_norms):
            yield from _norm(case, "agreements.toml", f"{at}.deviating_norms.{position}", level)
        if agreement.ends_on is not None and agreement.ends_on < agreement.starts_on:
            yield Problem("agreements.toml", f"{at}.ends_on", "is before starts_on")


def _people(case: Case) -> Iterator[Problem]:
    for index, person in enumerate(case.people.people):
        for partner in person.partners:
            if partner != EVERY_PARTNER:
                at = f"people.{index}.partners"
                yield from _known_partner(case, "people.toml", at, partner)


def _tickets(case: Case) -> Iterator[Problem]:
    for index, text in enumerate(case.tickets.texts):
        if text.item is not None:
            yield from _known_item(case, "tickets.toml", f"texts.{index}.item", text.item)
    yield from _mix(case, "tickets.toml", "", case.tickets)
    for index, volume in enumerate(case.volumes.volumes):
        at = f"volumes.{index}."
        yield from _mix(case, "volumes.toml", at, volume, volume.domain)
        if volume.carried_over < 0:
            rule = "closed and cancelled are more than were received"
            yield Problem("volumes.toml", f"{at}received", rule)
        if volume.ratings and volume.ratings.rated > volume.closed:
            yield Problem("volumes.toml", f"{at}ratings.rated", "is more than were closed")


def _mix(
    case: Case, file: str, at: str, mix: Mix, domain: Domain | None = None
) -> Iterator[Problem]:
    for partner in mix.shares:
        yield from _known_partner(case, file, f"{at}shares", partner)
    for table in ("shares", "kinds", "impact", "urgency", "channels"):
        if not sum(getattr(mix, table).values()):
            yield Problem(file, f"{at}{table}", "has no weight above 0")
    domains = {item.item: item.domain for item in case.catalogue.items}
    written = {
        (text.item is None, text.kind)
        for text in case.tickets.texts
        if domain in (None, domains.get(text.item or "", text.domain))
    }
    for kind in mix.kinds:
        for outside, what in ((False, "on an item"), (True, "out of catalogue")):
            if (outside, kind) not in written:
                yield Problem("tickets.toml", "texts", f"has no {kind} {what}{_in(domain)}")


def _in(domain: Domain | None) -> str:
    return f" in {domain}" if domain else ""


def _known_partner(case: Case, file: str, key: str, slug: str) -> Iterator[Problem]:
    if slug not in {partner.slug for partner in case.partners.partners}:
        yield Problem(file, key, f"no partner {slug!r} in partners.toml")


def _known_item(case: Case, file: str, key: str, code: str) -> Iterator[Problem]:
    if code not in {item.item for item in case.catalogue.items}:
        yield Problem(file, key, f"no item {code!r} in catalogue.toml")


def _twice(file: str, key: str, values: Iterable[str]) -> Iterator[Problem]:
    for value, count in Counter(values).items():
        if count > 1:
            yield Problem(file, key, f"{value!r} stands there {count} times")
