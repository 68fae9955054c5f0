"""The commands of `catalog`, a handler per aggregate: load, decide, save."""

from collections.abc import Sequence

from chassis.aggregates import load, save
from chassis.command import Context, Outcome
from chassis.headers import OPERATOR
from services.catalog.commands import (
    DefineCalendar,
    EndAgreement,
    SetExperienceTarget,
    SetServiceLevel,
    SignAgreement,
)
from services.catalog.domain import agreement, calendar, experience, item, norm, partner
from services.catalog.errors import CatalogueManagerRequired
from services.catalog.repository import Work

CATALOGUE_MANAGER = "catalogue-manager"


async def change_partner(command: partner.PartnerCommand, context: Context, work: Work) -> Outcome:
    _admit(context)
    context.require_partner(command.partner)
    state = await load(work.partners, command.partner, context)
    events = partner.decide(state, command, context.now)
    return await save(work.partners, command.partner, state, events, partner.evolve)


async def define_calendar(command: DefineCalendar, context: Context, work: Work) -> Outcome:
    _admit(context)
    state = await load(work.calendars, command.calendar, context)
    events = calendar.decide(state, command, context.now)
    return await save(work.calendars, command.calendar, state, events, calendar.evolve)


async def change_item(command: item.ItemCommand, context: Context, work: Work) -> Outcome:
    _admit(context)
    state = await load(work.items, command.item, context)
    events = item.decide(state, command, context.now)
    return await save(work.items, command.item, state, events, item.evolve)


async def set_service_level(command: SetServiceLevel, context: Context, work: Work) -> Outcome:
    _admit(context)
    key = norm.key_of(command)
    state = await load(work.norms, key, context)
    items = await work.items.referenced(filter(None, [command.item]))
    calendars = await work.calendars.referenced(filter(None, [command.norm.calendar]))
    named = items.get(command.item) if command.item else None
    events = norm.decide(state, command, context.now, named, calendars)
    return await save(work.norms, key, state, events, norm.evolve)


async def set_experience_target(
    command: SetExperienceTarget, context: Context, work: Work
) -> Outcome:
    _admit(context)
    context.require_partner(command.partner)
    key = experience.key_of(command)
    state = await load(work.experiences, key, context)
    partners = await work.partners.referenced([command.partner])
    events = experience.decide(state, command, context.now, partners.get(command.partner))
    return await save(work.experiences, key, state, events, experience.evolve)


async def change_agreement(
    command: agreement.AgreementCommand, context: Context, work: Work
) -> Outcome:
    _admit(context)
    state = await load(work.agreements, command.agreement, context)
    around = await _surroundings(command, state, context, work)
    events = agreement.decide(state, command, context.now, around)
    return await save(work.agreements, command.agreement, state, events, agreement.evolve)


async def _surroundings(
    command: agreement.AgreementCommand,
    state: agreement.Agreement | None,
    context: Context,
    work: Work,
) -> agreement.Surroundings:
    """The lock on the partner keeps two of its agreements from being decided on at once."""
    party = command if isinstance(command, SignAgreement) else state
    if party is None:
        return agreement.Surroundings(partner=None, items={}, calendars={}, others=())
    slug = party.partner
    context.require_partner(slug)
    present = await work.partners.get(slug)
    others = await work.agreements.of_partner(slug)
    codes, calendars = _references(command)
    return agreement.Surroundings(
        partner=present,
        items=await work.items.referenced(codes),
        calendars=await work.calendars.referenced(calendars),
        others=[other for other in others if other.agreement != command.agreement],
    )


def _references(command: agreement.AgreementCommand) -> tuple[Sequence[str], Sequence[str]]:
    """The items and calendars that the command names."""
    if isinstance(command, EndAgreement):
        return (), ()
    named = [deviation.norm.calendar for deviation in command.deviating_norms]
    return command.items, [calendar for calendar in named if calendar is not None]


def _admit(context: Context) -> None:
    """Raises `CatalogueManagerRequired` for callers without a role that may command here."""
    if context.roles.isdisjoint({CATALOGUE_MANAGER, OPERATOR}):
        raise CatalogueManagerRequired
