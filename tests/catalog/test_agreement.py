"""Agreements: signed, amended, ended; one per partner and item at a time."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.errors import DomainError
from contracts.catalog import AgreementAmended, AgreementEnded, AgreementSigned
from services.catalog import errors
from services.catalog.commands import AmendAgreement, EndAgreement
from services.catalog.domain.agreement import Agreement, Terms, decide, evolve, overlap

ITEM = "ICT-WP-01"


def amend(since: date, **other: Any) -> AmendAgreement:
    return AmendAgreement(**{"agreement": "DVO-1", "valid_from": since, "items": [ITEM]} | other)


def end(on: date) -> EndAgreement:
    return EndAgreement(agreement="DVO-1", ends_on=on)


def deviation(catalogue: Any, **other: Any) -> dict[str, Any]:
    usual = {"item": ITEM, "domain": "ict", "kind": "incident", "priority": 1}
    return {**usual, "norm": catalogue.norm(), **other}


def refused_signing(catalogue: Any, around: Any = None, **other: Any) -> DomainError:
    with pytest.raises(DomainError) as refusal:
        decide(None, catalogue.sign(**other), catalogue.now, around or catalogue.around())
    return refusal.value


def test_signing_an_agreement_tells_all_of_it(catalogue: Any) -> None:
    command = catalogue.sign(
        ends_on=date(2029, 12, 31),
        deviating_norms=[deviation(catalogue)],
        deviating_prices={ITEM: {2026: Decimal("1100.00")}},
        surcharge_percentage=Decimal(5),
    )
    (event,) = decide(None, command, catalogue.now, catalogue.around())
    assert isinstance(event, AgreementSigned)
    assert event.model_dump(exclude={"occurred_at"}) == command.model_dump()


def test_an_agreement_is_signed_once(catalogue: Any) -> None:
    with pytest.raises(errors.AgreementExists):
        decide(catalogue.signed(), catalogue.sign(), catalogue.now, catalogue.around())


def test_the_partner_must_exist(catalogue: Any) -> None:
    refusal = refused_signing(catalogue, catalogue.around(partner=None))
    assert isinstance(refusal, errors.PartnerUnknown)


def test_a_partner_that_has_left_signs_nothing(catalogue: Any) -> None:
    leaving = catalogue.partner().model_copy(update={"leaves_on": date(2025, 12, 31)})
    refusal = refused_signing(catalogue, catalogue.around(partner=leaving))
    assert isinstance(refusal, errors.PartnerLeft)


def test_an_agreement_ends_after_it_starts(catalogue: Any) -> None:
    refusal = refused_signing(catalogue, ends_on=date(2025, 12, 31))
    assert isinstance(refusal, errors.EndBeforeStart)
    assert decide(None, catalogue.sign(ends_on=date(2026, 1, 1)), catalogue.now, catalogue.around())


def test_an_unknown_item_is_pointed_at(catalogue: Any) -> None:
    refusal = refused_signing(catalogue, items=[ITEM, "ICT-WP-99"])
    assert isinstance(refusal, errors.ItemUnknown)
    assert (refusal.field, refusal.params) == ("items.1", {"item": "ICT-WP-99"})


def test_an_item_is_taken_once(catalogue: Any) -> None:
    assert isinstance(refused_signing(catalogue, items=[ITEM, ITEM]), errors.ItemRepeated)


def test_an_item_is_taken_while_it_is_offered(catalogue: Any) -> None:
    early = refused_signing(catalogue, starts_on=date(2025, 12, 31))
    assert isinstance(early, errors.ItemNotPublished)
    retired = catalogue.item().model_copy(update={"retired_from": date(2026, 1, 1)})
    late = refused_signing(catalogue, catalogue.around(items={ITEM: retired}))
    assert isinstance(late, errors.ItemRetired)


@pytest.mark.parametrize(
    ("deviating", "refused"),
    [
        ({"item": "ICT-WP-02"}, errors.ItemNotInAgreement),
        ({"domain": "hr"}, errors.NormDomainDiffers),
    ],
)
def test_a_deviating_norm_belongs_to_an_item_of_the_agreement(
    deviating: dict[str, str], refused: type[DomainError], catalogue: Any
) -> None:
    refusal = refused_signing(catalogue, deviating_norms=[deviation(catalogue, **deviating)])
    assert isinstance(refusal, refused)


def test_a_deviating_norm_is_as_sound_as_any(catalogue: Any) -> None:
    hasty = deviation(catalogue, norm=catalogue.norm(resolution_minutes=10))
    refusal = refused_signing(catalogue, deviating_norms=[hasty])
    assert isinstance(refusal, errors.NormResolutionShorter)
    assert refusal.field == "deviating_norms.0.norm.resolution_minutes"
    lost = deviation(catalogue, norm=catalogue.norm(calendar="weekend"))
    assert isinstance(refused_signing(catalogue, deviating_norms=[lost]), errors.CalendarUnknown)


def test_two_norms_for_the_same_thing_are_refused(catalogue: Any) -> None:
    twice = [deviation(catalogue), deviation(catalogue)]
    assert isinstance(refused_signing(catalogue, deviating_norms=twice), errors.NormRepeated)


def test_a_price_belongs_to_an_item_of_the_agreement_and_its_years(catalogue: Any) -> None:
    foreign = refused_signing(catalogue, deviating_prices={"ICT-WP-02": {2026: Decimal(1)}})
    assert isinstance(foreign, errors.ItemNotInAgreement)
    early = refused_signing(catalogue, deviating_prices={ITEM: {2025: Decimal(1)}})
    assert isinstance(early, errors.BeforeFirstVersion)
    assert early.field == f"deviating_prices.{ITEM}.2025"


def test_an_amendment_holds_from_its_date(catalogue: Any) -> None:
    state = catalogue.signed()
    command = amend(date(2026, 7, 1), reopen_days=5)
    (event,) = decide(state, command, catalogue.now, catalogue.around())
    assert isinstance(event, AgreementAmended)
    assert (event.partner, event.reopen_days) == ("zevenaar", 5)
    assert [terms.valid_from for terms in evolve(state, event).terms] == [
        date(2026, 1, 1),
        date(2026, 7, 1),
    ]


@pytest.mark.parametrize(
    ("since", "refused"),
    [(date(2026, 1, 1), errors.NotLater), (date(2027, 1, 1), errors.AgreementEnded)],
)
def test_an_amendment_lies_within_the_agreement(
    since: date, refused: type[DomainError], catalogue: Any
) -> None:
    state = catalogue.signed(ends_on=date(2026, 12, 31))
    with pytest.raises(refused):
        decide(state, amend(since), catalogue.now, catalogue.around())


def test_a_partner_that_has_left_amends_nothing(catalogue: Any) -> None:
    leaving = catalogue.partner().model_copy(update={"leaves_on": date(2026, 3, 31)})
    around = catalogue.around(partner=leaving)
    with pytest.raises(errors.PartnerLeft):
        decide(catalogue.signed(), amend(date(2026, 4, 1)), catalogue.now, around)


@pytest.mark.parametrize("command", [amend(date(2026, 7, 1)), end(date(2026, 7, 1))])
def test_an_unknown_agreement_is_named(command: Any, catalogue: Any) -> None:
    with pytest.raises(errors.AgreementUnknown):
        decide(None, command, catalogue.now, catalogue.around(partner=None))


def test_an_end_is_final(catalogue: Any) -> None:
    state = catalogue.signed()
    (event,) = decide(state, end(date(2026, 12, 31)), catalogue.now, catalogue.around())
    assert isinstance(event, AgreementEnded)
    ended = evolve(state, event)
    for again in (end(date(2026, 6, 30)), end(date(2027, 6, 30))):
        with pytest.raises(errors.AgreementEnded):
            decide(ended, again, catalogue.now, catalogue.around())


def test_an_agreement_ends_within_its_period(catalogue: Any) -> None:
    state = catalogue.signed(ends_on=date(2026, 12, 31))
    with pytest.raises(errors.EndBeforeStart):
        decide(state, end(date(2025, 12, 31)), catalogue.now, catalogue.around())
    with pytest.raises(errors.AgreementEnded):
        decide(state, end(date(2027, 1, 1)), catalogue.now, catalogue.around())


def test_a_second_agreement_for_the_item_is_refused(catalogue: Any) -> None:
    around = catalogue.around(others=[catalogue.signed("DVO-0", ends_on=date(2026, 12, 31))])
    refusal = refused_signing(catalogue, around, starts_on=date(2026, 12, 31))
    assert isinstance(refusal, errors.AgreementOverlaps)
    assert refusal.params == {"agreement": "DVO-0", "item": ITEM}
    next_year = catalogue.sign(starts_on=date(2027, 1, 1))
    assert decide(None, next_year, catalogue.now, around)


def test_an_amendment_may_not_take_what_another_agreement_covers(catalogue: Any) -> None:
    items = {ITEM: catalogue.item(), "ICT-WP-02": catalogue.item("ICT-WP-02")}
    other = catalogue.signed("DVO-2").model_copy(
        update={"terms": (Terms(valid_from=date(2027, 1, 1), items=("ICT-WP-02",)),)}
    )
    around = catalogue.around(items=items, others=[other])
    both = amend(date(2026, 7, 1), items=[ITEM, "ICT-WP-02"])
    with pytest.raises(errors.AgreementOverlaps):
        decide(catalogue.signed(), both, catalogue.now, around)


DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(30)]


@st.composite
def agreements(draw: st.DrawFn) -> Agreement:
    """An agreement of some terms within thirty days, perhaps without an end."""
    starts = sorted(draw(st.sets(st.sampled_from(DAYS), min_size=1, max_size=3)))
    possible_ends = [None, *(day for day in DAYS if day >= starts[-1])]
    items = st.sets(st.sampled_from("ABC"), min_size=1)
    return Agreement(
        agreement="DVO",
        version=1,
        partner="zevenaar",
        ends_on=draw(st.sampled_from(possible_ends)),
        terms=tuple(Terms(valid_from=start, items=tuple(sorted(draw(items)))) for start in starts),
    )


def covered(agreement: Agreement) -> Sequence[tuple[date, str]]:
    """The reference: day by day, what the terms of that day take."""
    return [
        (day, item)
        for day in DAYS
        if agreement.ends_on is None or day <= agreement.ends_on
        for terms in [t for t in agreement.terms if t.valid_from <= day][-1:]
        for item in terms.items
    ]


@given(agreements(), agreements())
def test_agreements_overlap_exactly_when_a_day_has_an_item_twice(
    one: Agreement, other: Agreement
) -> None:
    twice = {item for _, item in set(covered(one)) & set(covered(other))}
    found = overlap(one, other)
    assert found in twice if twice else found is None
