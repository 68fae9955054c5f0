"""A command has one effect and one answer; whatever is wrong with it changes nothing."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest

from chassis.client import Caller

KEPT = "SELECT count(*) FROM command_reply"


async def nothing_changed(counter: Any) -> bool:
    kept: list[tuple[int]] = await counter.rows(KEPT)
    return await counter.written() == [] and kept == [(0,)]


async def test_the_same_command_again_gives_the_same_answer_and_no_effect(counter: Any) -> None:
    first = await counter.count(by=3, key="again")
    await counter.count(by=4)
    assert await counter.count(by=3, key="again") == first
    assert await counter.written() == [("partner/one", 1), ("partner/one", 2)]


async def test_how_the_same_command_is_written_makes_no_difference(counter: Any) -> None:
    first = await counter.send(b'{"counter": "one", "by": 3}', command_id="again")
    assert await counter.send(b'{"by":3,"counter":"one"}', command_id="again") == first


async def test_the_same_key_with_another_body_is_refused(counter: Any, refusal: Any) -> None:
    await counter.count(by=3, key="again")
    (fault,) = await refusal(counter.count(by=4, key="again"))
    assert (fault.slug, fault.kind) == ("idempotency-key-reused", "conflict")
    assert await counter.written() == [("partner/one", 1)]


async def test_the_same_key_for_another_command_is_refused(counter: Any, refusal: Any) -> None:
    body = {"counter": "one", "by": 3}
    await counter.send(body, command_id="again")
    (fault,) = await refusal(counter.send(body, "define-calendar", command_id="again"))
    assert fault.slug == "idempotency-key-reused"


async def test_keys_of_different_callers_do_not_meet(counter: Any) -> None:
    other = Caller("other", frozenset(), None)
    await counter.count(by=3, key="again")
    await counter.count(by=4, key="again", caller=other)
    assert len(await counter.written()) == 2


async def test_the_same_command_many_times_at_once_has_one_effect(counter: Any) -> None:
    replies = await asyncio.gather(*(counter.count(by=3, key="again") for _ in range(8)))
    assert replies == [{"counter": "one", "version": 1}] * 8
    assert await counter.written() == [("partner/one", 1)]


async def test_a_repeat_while_the_first_is_still_at_work_gets_its_answer(counter: Any) -> None:
    """The repeat sees no kept reply yet, and then the version that the first one made."""
    counter.pace.go_on.clear()
    twice = [asyncio.ensure_future(counter.count(by=3, key="again", expected=0)) for _ in range(2)]
    await counter.pace.until(2)
    counter.pace.go_on.set()
    assert await asyncio.gather(*twice) == [{"counter": "one", "version": 1}] * 2


async def test_a_refusal_is_not_kept(counter: Any, refusal: Any) -> None:
    await refusal(counter.count(by=3, key="again", expected=1))
    await counter.count(by=1)
    assert await counter.count(by=3, key="again", expected=1) == {"counter": "one", "version": 2}


async def test_a_stale_version_is_refused_with_both_versions(counter: Any, refusal: Any) -> None:
    await counter.count()
    await counter.count(expected=1)
    (fault,) = await refusal(counter.count(expected=1))
    assert (fault.slug, fault.kind) == ("version-stale", "stale")
    assert fault.params == {"expected": 1, "actual": 2}


async def test_of_many_who_expect_the_same_version_one_wins(counter: Any) -> None:
    results = await asyncio.gather(
        *(counter.count(expected=0) for _ in range(8)), return_exceptions=True
    )
    assert sum(isinstance(result, dict) for result in results) == 1
    assert await counter.written() == [("partner/one", 1)]


async def test_many_commands_at_once_are_all_counted(counter: Any) -> None:
    await asyncio.gather(*(counter.count(by=2) for _ in range(40)))
    assert await counter.written() == [("partner/one", version) for version in range(1, 41)]


async def test_a_broken_rule_changes_nothing(counter: Any, refusal: Any) -> None:
    (fault,) = await refusal(counter.count(by=13, remind_after=60))
    assert (fault.slug, fault.kind, fault.field) == ("unlucky", "conflict", "by")
    assert fault.params == {"limit": 12}
    assert await nothing_changed(counter)
    assert await counter.rows("SELECT count(*) FROM timer") == [(0,)]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"{'by': 1}", b'{"by": NaN}'])
async def test_a_body_that_is_no_json_is_refused(body: bytes, counter: Any, refusal: Any) -> None:
    (fault,) = await refusal(counter.send(body))
    assert (fault.slug, fault.kind) == ("body-not-json", "invalid")
    assert await nothing_changed(counter)


async def test_all_wrong_fields_are_told_at_once(counter: Any, refusal: Any) -> None:
    body = {"counter": "NO SLUG", "by": -1, "times": "often", "colour": "red"}
    faults = await refusal(counter.send(body))
    assert {fault.slug for fault in faults} == {"field-invalid"}
    assert {fault.field: fault.params["rule"] for fault in faults} == {
        "counter": "string_pattern_mismatch",
        "by": "greater_than_equal",
        "times": "int_parsing",
        "colour": "extra_forbidden",
    }
    assert await nothing_changed(counter)


@pytest.mark.parametrize("body", [[], "text", 3, None])
async def test_a_body_that_is_no_object_is_refused(body: Any, counter: Any, refusal: Any) -> None:
    (fault,) = await refusal(counter.send(body))
    assert fault.slug == "field-invalid"


async def test_an_unknown_field_is_refused_however_deep(counter: Any, refusal: Any) -> None:
    body = {"counter": "one", "by": 1, "reasons": [{"text": "because", "txet": "typo"}]}
    (fault,) = await refusal(counter.send(body))
    assert (fault.field, fault.params["rule"]) == ("reasons.0.txet", "extra_forbidden")


async def test_text_that_postgresql_cannot_hold_is_refused(counter: Any, refusal: Any) -> None:
    body = {"counter": "one", "by": 1, "reasons": [{"text": "\0"}]}
    (fault,) = await refusal(counter.send(body))
    assert (fault.slug, fault.kind) == ("field-invalid", "invalid")
    fine = {"counter": "one", "by": 1, "reasons": [{"text": r"\u0000"}]}
    assert await counter.send(fine)


async def test_an_unknown_command_is_named(counter: Any, refusal: Any) -> None:
    (fault,) = await refusal(counter.send({}, "sign-agreement"))
    assert (fault.slug, fault.params) == ("command-unknown", {"name": "sign-agreement"})


async def test_another_partners_aggregate_does_not_exist(counter: Any, refusal: Any) -> None:
    scoped = Caller("someone", frozenset(), frozenset({"two"}))
    (fault,) = await refusal(counter.count("one", caller=scoped))
    assert (fault.slug, fault.kind) == ("not-found", "unknown")
    assert await counter.count("two", caller=scoped)


async def test_an_unforeseen_error_is_told_as_such_and_changes_nothing(
    counter: Any, refusal: Any
) -> None:
    (fault,) = await refusal(counter.send({"counter": "one", "by": 1}, "define-calendar"))
    assert fault.slug == "internal"
    assert await nothing_changed(counter)


async def test_only_the_operator_brings_its_own_time(counter: Any) -> None:
    then = datetime(2020, 1, 1, 9, 0, tzinfo=UTC)
    operator = Caller("operator", frozenset({"operator"}), None)
    await counter.count("one", now=then, caller=operator)
    await counter.count("two", now=then)
    happened = "SELECT (envelope->'data'->>'occurred_at')::timestamptz FROM event_log ORDER BY id"
    (first,), (second,) = await counter.rows(happened)
    assert first == then
    assert second.year > 2020


async def test_an_event_that_the_stream_would_not_take_is_refused(
    counter: Any, refusal: Any
) -> None:
    assert await counter.count(times=500)
    (fault,) = await refusal(counter.count("large", padding=70_000))
    assert (fault.slug, fault.kind) == ("event-too-large", "invalid")
    assert {aggregate for aggregate, _ in await counter.written()} == {"partner/one"}
