"""Generated tickets: always the same, never in the future, and as busy as the plan says."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bodemplaat.cases.asking import MARK
from bodemplaat.cases.generator import generate
from bodemplaat.cases.model import Case
from bodemplaat.cases.opening import AMSTERDAM

moments = st.datetimes(
    min_value=datetime(2023, 1, 1),  # noqa: DTZ001  Hypothesis adds the zone
    max_value=datetime(2031, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
MONDAY = datetime(2026, 11, 23, 10, 17, tzinfo=UTC)
SUNDAY = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def small(case: Case, seed: int) -> Case:
    plan = case.tickets.model_copy(update={"tickets": 60, "seed": seed})
    return case.model_copy(update={"tickets": plan})


@given(moment=moments, seed=st.integers(0, 10_000))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_same_seed_and_moment_give_the_same_histories(
    case: Case, moment: datetime, seed: int
) -> None:
    assert generate(small(case, seed), moment) == generate(small(case, seed), moment)


@given(moment=moments, seed=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_steps_follow_one_another_and_none_lies_in_the_future(
    case: Case, moment: datetime, seed: int
) -> None:
    histories = generate(small(case, seed), moment)
    assert len(histories) == 60
    for history in histories:
        moments = [step.at for step in history.steps]
        assert moments == sorted(moments)
        assert moments[-1] <= moment
        assert history.steps[0].do == "open"
        assert all(step.do != "open" for step in history.steps[1:])
        assert history.generated
    opened = [history.steps[0].at for history in histories]
    assert opened == sorted(opened)


def test_tickets_divide_by_the_key(case: Case) -> None:
    by_partner = Counter(each.steps[0].fields["partner"] for each in generate(case, MONDAY))
    assert by_partner == {"zevenaar": 520, "1stroom": 480}


def test_an_item_is_one_that_the_partner_has_agreed(case: Case) -> None:
    agreed = {each.partner: set(each.items) for each in case.agreements.agreements}
    for history in generate(case, MONDAY):
        for step in history.steps:
            if item := step.fields.get("item"):
                assert item in agreed[history.steps[0].fields["partner"]]


def test_every_ticket_says_that_it_is_generated(case: Case) -> None:
    for history in generate(case, MONDAY):
        assert history.steps[0].fields["description"].endswith(MARK)


def test_most_tickets_fall_in_the_last_eight_weeks(case: Case) -> None:
    begin = MONDAY - timedelta(weeks=case.tickets.weeks)
    opened = [history.steps[0].at for history in generate(case, MONDAY)]
    assert sum(moment >= begin for moment in opened) >= 990


def test_users_who_can_log_in_have_tickets_of_their_own(case: Case) -> None:
    pseudonyms = {"gebruiker-zevenaar": "a" * 32, "gebruiker-1stroom": "b" * 32}
    asked = Counter(
        each.steps[0].fields["requester"]["id"] for each in generate(case, MONDAY, pseudonyms)
    )
    assert 5 <= asked["a" * 32] <= 60
    assert 5 <= asked["b" * 32] <= 60


def test_nobody_opens_at_night_but_a_few(case: Case) -> None:
    hours = [history.steps[0].at.astimezone(AMSTERDAM).hour for history in generate(case, MONDAY)]
    assert sum(hour < 8 or hour >= 18 for hour in hours) < 60
