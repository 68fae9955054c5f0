"""An agreement (DVO): signed → amended → ended; one per partner and item at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import zip_longest

from pydantic import BaseModel, ConfigDict

from contracts.catalog import AgreementAmended, AgreementEnded, AgreementSigned, AgreementTerms
from services.catalog import errors
from services.catalog.commands import AmendAgreement, EndAgreement, SignAgreement
from services.catalog.domain.aggregate import Aggregate
from services.catalog.domain.calendar import Calendar
from services.catalog.domain.dating import Period, require_later, require_order
from services.catalog.domain.item import Item
from services.catalog.domain.norm import require_domain, require_sound
from services.catalog.domain.partner import Partner

AgreementCommand = SignAgreement | AmendAgreement | EndAgreement
AgreementEvent = AgreementSigned | AgreementAmended | AgreementEnded


class Terms(BaseModel):
    """The items taken from a day on, until the next terms'."""

    model_config = ConfigDict(frozen=True)

    valid_from: date
    items: tuple[str, ...]


class Agreement(Aggregate):
    """What decisions about an agreement rest on; `ends_on` is its last day."""

    agreement: str
    partner: str
    ends_on: date | None
    ended: bool = False
    terms: tuple[Terms, ...]

    def coverage(self) -> Iterator[tuple[str, Period]]:
        """Which items it covers when: one period per item and terms."""
        for terms, following in zip_longest(self.terms, self.terms[1:]):
            last = following.valid_from - timedelta(days=1) if following else self.ends_on
            for item in terms.items:
                yield item, Period(terms.valid_from, last)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What else an agreement depends on. `others` are the partner's other agreements."""

    partner: Partner | None
    items: Mapping[str, Item]
    calendars: Mapping[str, Calendar]
    others: Sequence[Agreement]


def decide(
    state: Agreement | None, command: AgreementCommand, now: datetime, around: Surroundings
) -> tuple[AgreementEvent, ...]:
    if isinstance(command, SignAgreement):
        event: AgreementEvent = _sign(state, command, now, around)
    elif state is None:
        raise errors.AgreementUnknown("agreement", agreement=command.agreement)
    elif isinstance(command, AmendAgreement):
        event = _amend(state, command, now, around)
    else:
        event = _end(state, command, now)
    _refuse_overlap(evolve(state, event), around.others)
    return (event,)


def _sign(
    state: Agreement | None, command: SignAgreement, now: datetime, around: Surroundings
) -> AgreementSigned:
    if around.partner is None:
        raise errors.PartnerUnknown("partner", partner=command.partner)
    if state is not None:
        raise errors.AgreementExists("agreement", agreement=command.agreement)
    require_order("ends_on", command.starts_on, command.ends_on)
    around.partner.require_present(command.starts_on)
    _require_sound_terms(command, command.starts_on, around)
    return AgreementSigned(occurred_at=now, **dict(command))


def _amend(
    state: Agreement, command: AmendAgreement, now: datetime, around: Surroundings
) -> AgreementAmended:
    require_later(command.valid_from, (terms.valid_from for terms in state.terms))
    _require_running(state, command.valid_from, "valid_from")
    if around.partner is not None:
        around.partner.require_present(command.valid_from, "valid_from")
    _require_sound_terms(command, command.valid_from, around)
    return AgreementAmended(occurred_at=now, partner=state.partner, **dict(command))


def _end(state: Agreement, command: EndAgreement, now: datetime) -> AgreementEnded:
    require_order("ends_on", state.terms[-1].valid_from, command.ends_on)
    if state.ended:
        raise _ended(state, "agreement")
    _require_running(state, command.ends_on, "ends_on")
    return AgreementEnded(occurred_at=now, partner=state.partner, **dict(command))


def _require_running(state: Agreement, on: date, field: str) -> None:
    if state.ends_on is not None and on > state.ends_on:
        raise _ended(state, field)


def _ended(state: Agreement, field: str) -> errors.AgreementEnded:
    return errors.AgreementEnded(field, agreement=state.agreement, ended=str(state.ends_on))


def _require_sound_terms(terms: AgreementTerms, on: date, around: Surroundings) -> None:
    for position, code in enumerate(terms.items):
        if code not in around.items:
            raise errors.ItemUnknown(f"items.{position}", item=code)
        if code in terms.items[:position]:
            raise errors.ItemRepeated(f"items.{position}", item=code)
        around.items[code].require_offered(on, f"items.{position}")
    _require_sound_norms(terms, on, around)
    _require_sound_prices(terms, around.items)


def _require_sound_norms(terms: AgreementTerms, on: date, around: Surroundings) -> None:
    for position, deviation in enumerate(terms.deviating_norms):
        field = f"deviating_norms.{position}"
        if deviation.item is not None:
            _require_taken(deviation.item, terms, f"{field}.item")
            require_domain(around.items[deviation.item], deviation.domain, f"{field}.domain")
        require_sound(deviation.norm, on, around.calendars, f"{field}.norm")
    keys = Counter((d.item or d.domain, d.kind, d.priority) for d in terms.deviating_norms)
    for (of, kind, priority), count in keys.items():
        if count > 1:
            raise errors.NormRepeated("deviating_norms", of=of, kind=kind, priority=priority)


def _require_sound_prices(terms: AgreementTerms, items: Mapping[str, Item]) -> None:
    for code, prices in terms.deviating_prices.items():
        _require_taken(code, terms, f"deviating_prices.{code}")
        for year in prices:
            items[code].require_existing(year, f"deviating_prices.{code}.{year}")


def _require_taken(item: str, terms: AgreementTerms, field: str) -> None:
    if item not in terms.items:
        raise errors.ItemNotInAgreement(field, item=item)


def _refuse_overlap(agreement: Agreement, others: Iterable[Agreement]) -> None:
    for other in others:
        if item := overlap(agreement, other):
            raise errors.AgreementOverlaps("items", agreement=other.agreement, item=item)


def overlap(one: Agreement, other: Agreement) -> str | None:
    """An item that both cover on some day, if there is one."""
    for item, period in one.coverage():
        for other_item, other_period in other.coverage():
            if item == other_item and period.overlaps(other_period):
                return item
    return None


def evolve(state: Agreement | None, event: AgreementEvent) -> Agreement:
    if isinstance(event, AgreementSigned):
        return Agreement(
            agreement=event.agreement,
            version=1,
            partner=event.partner,
            ends_on=event.ends_on,
            terms=(Terms(valid_from=event.starts_on, items=event.items),),
        )
    if state is None:
        raise errors.AgreementUnknown("agreement", agreement=event.agreement)
    return state.model_copy(update={"version": state.version + 1, **_changed(state, event)})


def _changed(state: Agreement, event: AgreementAmended | AgreementEnded) -> dict[str, object]:
    if isinstance(event, AgreementEnded):
        return {"ends_on": event.ends_on, "ended": True}
    return {"terms": (*state.terms, Terms(valid_from=event.valid_from, items=event.items))}
