"""Tickets for a case, made from its plan: the same seed and moment give the same histories."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from bodemplaat.cases.asking import Asking
from bodemplaat.cases.draws import divided, marked, weighted
from bodemplaat.cases.journey import Fate, Subject, journey
from bodemplaat.cases.model import ALWAYS, Case, ServiceLevel, TicketPlan, TicketText
from bodemplaat.cases.opening import AMSTERDAM, AlwaysOpen, Axis, OpenHours
from bodemplaat.cases.promises import Promises
from bodemplaat.imports.history import Do, History, Step
from contracts.values import Domain

OUTSIDE_OFFICE_HOURS = 0.05
LOCAL_USER_SHARE = 0.04
_MARGIN = timedelta(days=90)


def generate(
    case: Case, moment: datetime, pseudonyms: Mapping[str, str] | None = None
) -> tuple[History, ...]:
    """The histories of the weeks before `moment`, in order of opening; nothing lies after it.

    None for a case without tickets.toml. `pseudonyms` are those of the people in people.toml who
    can log in, by their id, so that a few of the tickets are their own.
    """
    if case.tickets is None:
        return ()
    return tuple(_Generator(case, case.tickets, moment, pseudonyms or {}).histories())


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is drawn of a ticket before its moments are known."""

    partner: str
    outside: bool
    fate: Fate
    due: bool = False
    overdue: bool = False


class _Generator:
    def __init__(
        self, case: Case, plan: TicketPlan, moment: datetime, pseudonyms: Mapping[str, str]
    ) -> None:
        self._case = case
        self._plan = plan
        self._moment = moment
        self._begin = moment - timedelta(weeks=self._plan.weeks)
        self._pseudonyms = pseudonyms
        self._promises = Promises(case)
        self._axes = axes(case, self._begin - _MARGIN, moment + _MARGIN)
        self._office = next(iter(self._axes.values()))
        people = self._plan.tickets * self._plan.requesters // 1000
        slugs = (partner.slug for partner in case.partners.partners)
        self._asking = Asking(case, plan, plan.texts, dict.fromkeys(slugs, people))
        self._owners = {item.item: item.owner for item in case.catalogue.items}

    def histories(self) -> Iterator[History]:
        made = sorted(self._all_steps(), key=lambda steps: steps[0].at)
        for number, steps in enumerate(made, start=1):
            external = f"{self._case.name}-{number:06d}"
            yield History(external, number, tuple(steps), generated=True)

    def _all_steps(self) -> Iterator[Sequence[Step]]:
        for index, draft in enumerate(self._drafts()):
            chance = Random(f"{self._plan.seed}-{index}")  # noqa: S311  must be repeatable
            subject = self._subject(draft, chance)
            steps = journey(subject, self._plan.flow, self._plan.reasons, chance)
            yield [step for step in steps if step.at <= self._moment]

    def _drafts(self) -> Iterator[_Draft]:
        plan, count = self._plan, self._plan.tickets
        chance = Random(plan.seed)  # noqa: S311  must be repeatable
        partners = divided(chance, count, plan.shares)
        outside = marked(chance, count, plan.out_of_catalogue)
        fates = [
            Fate(**dict(zip(_SHARES, row, strict=True)))
            for row in zip(
                *(marked(chance, count, getattr(plan.flow, name)) for name in _SHARES), strict=True
            )
        ]
        due, overdue = plan.flow.due_today, plan.flow.due_today + plan.flow.overdue
        for index in range(count):
            draft = _Draft(partners[index], outside[index], fates[index])
            if index < overdue:
                fate = Fate(stays_open=True)
                draft = replace(draft, fate=fate, due=index < due, overdue=index >= due)
            yield draft

    def _subject(self, draft: _Draft, chance: Random) -> Subject:
        plan = self._plan
        kind = weighted(chance, plan.kinds)
        impact = int(weighted(chance, plan.impact))
        urgency = int(weighted(chance, plan.urgency))
        text = self._asking.text(draft.partner, kind, chance, outside=draft.outside)
        if draft.due and (always := self._always_promised(draft, chance)):
            text, impact, urgency = always
        level = self._promises.norm(draft.partner, text, impact + urgency - 1)
        turned_out = {"item": text.item, "impact": impact, "urgency": urgency}
        at_first = self._at_first(draft, turned_out, text.kind, chance)
        return Subject(
            opened=self._opened(draft, level, chance),
            opening=self._opening(draft.partner, text, chance) | at_first,
            corrections=tuple(corrections(at_first, turned_out, self._asking.domain_of(text))),
            desk=plan.teams.desk,
            team=self._owners.get(text.item or "", plan.teams.second_line),
            norm=level,
            clock=self._axes[level.calendar],
            office=self._office,
            fate=draft.fate,
        )

    def _always_promised(self, draft: _Draft, chance: Random) -> tuple[TicketText, int, int] | None:
        """Outside office hours only what is promised round the clock can be due the same day."""
        if not isinstance(self._office, OpenHours) or self._office.is_open(self._moment):
            return None
        choices = [
            (text, 1, urgency)
            for text in self._asking.agreed(draft.partner)
            for urgency in (1, 2)
            if self._promises.norm(draft.partner, text, urgency).calendar == ALWAYS
        ]
        return chance.choice(choices) if choices else None

    def _opened(self, draft: _Draft, level: ServiceLevel, chance: Random) -> datetime:
        axis = self._axes[level.calendar]
        if draft.due:
            left = self._left_today(axis, chance)
            used = max(level.resolution_minutes - left, level.resolution_minutes * 0.1)
            return axis.moment(axis.position(self._moment) - used)
        if draft.overdue:
            used = level.resolution_minutes * chance.uniform(1.1, 1.6)
            return axis.moment(axis.position(self._moment) - used)
        if chance.random() < OUTSIDE_OFFICE_HOURS:
            return self._begin + (self._moment - self._begin) * chance.random()
        first, last = self._office.position(self._begin), self._office.position(self._moment)
        return self._office.moment(chance.uniform(first, last))

    def _left_today(self, axis: Axis, chance: Random) -> float:
        """Minutes until due: later today while the clock runs today, else early on the next day."""
        local = self._moment.astimezone(AMSTERDAM)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        left = axis.position(midnight) - axis.position(self._moment)
        return chance.uniform(0.2, 1) * left if left else chance.uniform(5, 90)

    def _at_first(
        self, draft: _Draft, turned_out: Mapping[str, Any], kind: str, chance: Random
    ) -> dict[str, Any]:
        """How it was opened: as it turned out, unless it was corrected afterwards."""
        at_first = dict(turned_out)
        if draft.fate.reprioritised:
            at_first["urgency"] = other_urgency(turned_out["urgency"])
        if draft.fate.reclassified:
            other = self._asking.text(draft.partner, kind, chance, outside=False)
            at_first["item"] = other.item
        return at_first

    def _opening(self, partner: str, text: TicketText, chance: Random) -> dict[str, Any]:
        """A few are asked by somebody who can log in."""
        users = [
            person
            for person in self._case.people.people
            if person.roles == ("user",) and person.partners == (partner,)
        ]
        requester = None
        if users and chance.random() < LOCAL_USER_SHARE:
            user = chance.choice(users)
            requester = {"id": self._pseudonyms.get(user.id, user.id), "name": user.title}
        return self._asking.opening(partner, text, chance, requester)


_NO_SHARE = {"stays_open"}
_SHARES = tuple(each.name for each in fields(Fate) if each.name not in _NO_SHARE)


def other_urgency(urgency: int) -> int:
    """What somebody may have said at first who meant this."""
    return 3 if urgency < 3 else 2  # noqa: PLR2004  levels


def corrections(
    at_first: Mapping[str, Any], turned_out: Mapping[str, Any], domain: Domain
) -> Iterator[tuple[Do, Mapping[str, Any]]]:
    """The commands that make of what was said at first what it turned out to be."""
    if at_first["item"] != turned_out["item"]:
        yield "reclassify", {"item": turned_out["item"], "domain": domain}
    if at_first["urgency"] != turned_out["urgency"]:
        yield "prioritise", {"impact": turned_out["impact"], "urgency": turned_out["urgency"]}


def axes(case: Case, first: datetime, last: datetime) -> dict[str, Axis]:
    """The axis of each calendar by name, the one that most people work by first."""
    axes: dict[str, Axis] = {
        calendar.calendar: OpenHours(calendar, first.date(), last.date())
        for calendar in case.calendars.calendars
    }
    return axes | {ALWAYS: AlwaysOpen(first)}
