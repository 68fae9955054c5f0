"""The topology names only what exists, in names that NATS takes."""

import re
from itertools import chain

import pytest

from contracts.registry import events
from contracts.service import Service
from contracts.topology import (
    SERVICES,
    command_subject,
    consumers_of,
    durable,
    live_subject,
    publishers,
    query_subject,
    service,
)

NAMES = {member.name for member in SERVICES}
MAX_SUBJECT = 128
KEBAB = re.compile(r"[a-z]+(-[a-z]+)*")

each_service = pytest.mark.parametrize("member", SERVICES, ids=lambda member: member.name)


def subjects() -> list[str]:
    return [
        *(event.subject() for event in events()),
        *(command_subject(member.name, name) for member in SERVICES for name in member.commands),
        *(query_subject(member.name, name) for member in SERVICES for name in member.queries),
        live_subject("tickets", "a" * 40),
    ]


def test_every_event_is_published_by_a_service() -> None:
    assert {event.context for event in events()} == {member.name for member in publishers()}


def test_every_event_is_heard_by_someone() -> None:
    assert all(list(consumers_of(event.context)) for event in events())


@each_service
def test_what_a_service_consumes_is_published(member: Service) -> None:
    contexts = set(chain.from_iterable(consumer.contexts for consumer in member.consumers))
    assert contexts <= {publisher.name for publisher in publishers()}
    assert member.name not in contexts, "a service does not hear itself"


@each_service
def test_whom_a_service_asks_is_there_to_answer(member: Service) -> None:
    assert set(member.sends) <= {other.name for other in SERVICES if other.commands}
    assert set(member.asks) <= {other.name for other in SERVICES if other.queries}


@each_service
def test_every_command_and_query_has_a_caller(member: Service) -> None:
    if member.commands:
        assert any(member.name in caller.sends for caller in SERVICES)
    if member.queries:
        assert any(member.name in caller.asks for caller in SERVICES)


@each_service
def test_names_are_lower_case_words(member: Service) -> None:
    names = (
        member.name,
        *member.commands,
        *member.queries,
        *(consumer.name for consumer in member.consumers),
    )
    assert all(KEBAB.fullmatch(name) for name in names)


def test_names_are_unique() -> None:
    assert len(NAMES) == len(SERVICES)
    durables = [
        durable(member.name, consumer) for member in SERVICES for consumer in member.consumers
    ]
    assert len(set(durables)) == len(durables)
    assert len(set(subjects())) == len(subjects())


def test_subjects_are_short_and_without_wildcards() -> None:
    for subject in subjects():
        assert len(subject) <= MAX_SUBJECT
        assert not set(" *>").intersection(subject)
        assert all(subject.split("."))


def test_durable_names_hold_nothing_that_nats_refuses() -> None:
    for member in SERVICES:
        for consumer in member.consumers:
            assert not set(" .*>/\\").intersection(durable(member.name, consumer))
            assert len(durable(member.name, consumer)) <= 32


def test_only_the_gateway_hears_live_changes() -> None:
    assert [member.name for member in SERVICES if member.watches] == ["gateway"]


def test_a_service_outside_the_topology_is_told() -> None:
    with pytest.raises(LookupError, match="payroll"):
        service("payroll")
