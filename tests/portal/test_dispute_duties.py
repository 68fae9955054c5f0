"""Answers to objections stand in the controller's year on the days on which they are due."""

from datetime import date

from services.gateway.portal.finance.duties import Held, duties

TODAY = date(2026, 2, 20)


def test_answers_are_due_on_their_days() -> None:
    held = Held(answers_due=[date(2026, 3, 1), date(2026, 2, 19), date(2026, 3, 1)])
    found = [duty for duty in duties(2026, TODAY, held) if duty.name == "answers"]
    assert [(duty.due, duty.standing, duty.count) for duty in found] == [
        (date(2026, 2, 19), "overdue", 1),
        (date(2026, 3, 1), "open", 2),
    ]


def test_answers_of_another_year_are_due_there() -> None:
    held = Held(answers_due=[date(2027, 1, 4)])
    assert not [duty for duty in duties(2026, TODAY, held) if duty.name == "answers"]
    assert [duty for duty in duties(2027, TODAY, held) if duty.name == "answers"]
