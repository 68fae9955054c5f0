"""The year of SSC Ons: made one ticket at a time, and its published totals come out exactly."""

import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from itertools import islice

import pytest

from bodemplaat.cases.asking import MARK
from bodemplaat.cases.model import Case, Volume, Volumes
from bodemplaat.cases.opening import AMSTERDAM
from bodemplaat.cases.yearly import yearly, yearly_total
from bodemplaat.imports.history import History
from contracts.tickets import TicketClosed, TicketEvent, TicketOpened

Decided = Callable[[Iterable[History]], dict[str, list[TicketEvent]]]

YEAR = 2022
NAMES = ("2022-ict", "2022-hr", "2022-changes")


def year(moment: datetime) -> int:
    return moment.astimezone(AMSTERDAM).year


def month(moment: datetime) -> int:
    return moment.astimezone(AMSTERDAM).month


def of(history: History) -> str:
    """The name of its volume."""
    return history.external.removeprefix("ons-").rpartition("-")[0]


def volume(case: Case, name: str) -> Volume:
    (found,) = (each for each in case.volumes.volumes if each.name == name)
    return found


def only(case: Case, name: str, **changes: object) -> Case:
    """The case with the year of one field of work."""
    left = volume(case, name).model_copy(update=changes)
    return case.model_copy(update={"volumes": Volumes(volumes=(left,))})


@pytest.fixture(scope="module")
def made(ons: Case) -> list[History]:
    return list(yearly(ons))


def test_the_published_totals_come_out_exactly(made: list[History], ons: Case) -> None:
    received = Counter(of(each) for each in made if year(each.steps[0].at) == YEAR)
    closed = Counter(
        of(each)
        for each in made
        for step in each.steps
        if step.do == "close" and year(step.at) == YEAR
    )
    assert (received["2022-ict"], received["2022-hr"]) == (51_000, 19_321)
    assert (closed["2022-hr"], closed["2022-changes"]) == (19_093, 3_917)
    assert closed["2022-ict"] == volume(ons, "2022-ict").closed
    assert yearly_total(ons) == len(made) == received.total()


def test_what_the_year_leaves_open_is_closed_in_the_next(made: list[History]) -> None:
    left = Counter(of(each) for each in made if year(each.steps[-1].at) > YEAR)
    assert left == {"2022-ict": 300, "2022-hr": 228, "2022-changes": 33}
    assert {each.steps[-1].do for each in made} == {"close", "cancel", "rate"}


def test_by_the_end_of_the_year_more_tickets_of_ict_go_out_than_come_in(
    made: list[History],
) -> None:
    came, went = Counter[int](), Counter[int]()
    for each in made:
        if of(each) == "2022-ict":
            came[month(each.steps[0].at)] += 1
            went.update(
                month(step.at)
                for step in each.steps
                if step.do in {"close", "cancel"} and year(step.at) == YEAR
            )
    assert went[11] > came[11]
    assert went[12] > came[12]


def test_the_published_ratings_come_out_exactly(made: list[History], ons: Case) -> None:
    rated = [step for each in made for step in each.steps if step.do == "rate"]
    ratings = volume(ons, "2022-hr").ratings
    assert ratings is not None
    assert len(rated) == ratings.rated
    assert {year(step.at) for step in rated} == {YEAR}
    means = {
        mark: f"{sum(step.fields[mark] for step in rated) / len(rated):.1f}"
        for mark in ("quality", "speed", "communication")
    }
    assert means == {"quality": "7.5", "speed": "7.5", "communication": "7.7"}


def test_changes_are_changes(made: list[History]) -> None:
    kinds = {each.steps[0].fields["kind"] for each in made if of(each) == "2022-changes"}
    assert kinds == {"change"}


def test_tickets_come_in_order_each_with_steps_in_order(made: list[History]) -> None:
    opened = [each.steps[0].at for each in made]
    assert opened == sorted(opened)
    for each in made:
        moments = [step.at for step in each.steps]
        assert moments == sorted(moments)
    assert len({each.external for each in made}) == len(made)


def test_every_ticket_is_marked_as_generated(made: list[History]) -> None:
    for each in made:
        assert each.generated
        assert each.steps[0].fields["description"].endswith(MARK)


def test_the_environment_agency_asks_hr_only(made: list[History]) -> None:
    asked = Counter(
        of(each) for each in made if each.steps[0].fields["partner"] == "omgevingsdienst"
    )
    assert set(asked) == {"2022-hr"}


@pytest.mark.slow
def test_the_share_within_the_norm_is_what_was_published(
    ons: Case, decided_at_ons: Decided
) -> None:
    kept: Counter[bool | None] = Counter()
    for history in yearly(only(ons, "2022-hr")):
        (events,) = decided_at_ons([history]).values()
        kept.update(verdicts(events))
    assert kept.total() == 19_093
    assert None not in kept
    assert f"{100 * kept[True] / 19_093:.1f}" == "81.9"


def verdicts(events: list[TicketEvent]) -> list[bool | None]:
    """Whether the norm of resolution was kept, of a ticket that was closed within the year."""
    return [
        event.within_resolution
        for event in events
        if isinstance(event, TicketClosed) and year(event.occurred_at) == YEAR
    ]


@pytest.mark.parametrize("name", NAMES)
def test_whatever_the_seed_the_totals_of_a_small_year_come_out(
    ons: Case, decided_at_ons: Decided, name: str
) -> None:
    for seed in range(12):
        small = only(ons, name, seed=seed, received=400, closed=380, cancelled=6, ratings=None)
        happened = decided_at_ons(yearly(small))
        kept = Counter(verdict for events in happened.values() for verdict in verdicts(events))
        assert len(happened) == 400
        assert (kept.total(), kept[True]) == (380, volume(small, name).within)
        openings = [events[0] for events in happened.values()]
        assert all(isinstance(each, TicketOpened) and each.norm for each in openings)


def test_the_same_seed_gives_the_same_year(ons: Case) -> None:
    small = only(ons, "2022-hr", received=300, closed=290, ratings=None)
    assert list(yearly(small)) == list(yearly(small))


def test_a_year_is_made_a_ticket_at_a_time(ons: Case) -> None:
    tracemalloc.start()
    first = list(islice(yearly(ons), 1000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(first) == 1000
    assert peak < 64 * 1024 * 1024
