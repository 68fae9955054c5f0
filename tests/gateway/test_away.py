"""Nobody behind the door: it stays polite, and says when to come back."""

from typing import Any


async def test_a_command_that_nobody_takes_is_refused_with_when_to_come_back(door: Any) -> None:
    report = {"kind": "incident", "title": "Printer stuk"}
    answer = await door.post("/v1/tickets", "user-alfa", json=report)
    door.problem(answer, 503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0


async def test_a_question_that_nobody_answers_is_refused_likewise(door: Any) -> None:
    answer = await door.get("/v1/partners", "agent")
    door.problem(answer, 503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0
