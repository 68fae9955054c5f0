"""Major incidents: declared, shared, told of, ended; on any path."""

from datetime import UTC, datetime
from functools import reduce
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.tickets.commands import (
    CancelTicket,
    DeclareMajorIncident,
    EndMajorIncident,
    MajorIncidentCommand,
    PostMajorIncidentUpdate,
    ResolveTicket,
    ShareMajorIncident,
)
from services.tickets.domain import major_incidents
from services.tickets.domain.major_incidents import MajorIncident
from services.tickets.domain.rules import Rules
from services.tickets.errors import (
    MajorIncidentNotShared,
    MajorIncidentOver,
    MajorIncidentParent,
    NotAnIncident,
    PartnerUnknown,
    TicketNotOpen,
)

NOW = datetime(2026, 2, 5, 10, tzinfo=UTC)
NUMBER = "MAJ-2026-000001"
DECLARE = {"ticket": "INC-2026-000001", "title": "E-mail ligt eruit", "message": "Wij zoeken"}
ORDERS: tuple[MajorIncidentCommand, ...] = (
    ShareMajorIncident(major_incident=NUMBER, partners=("1stroom",)),
    ShareMajorIncident(major_incident=NUMBER, partners=("zevenaar", "1stroom")),
    PostMajorIncidentUpdate(major_incident=NUMBER, message="Bijna"),
    PostMajorIncidentUpdate(major_incident=NUMBER, message="Bijna", partners=("1stroom",)),
    EndMajorIncident(major_incident=NUMBER, message="Voorbij"),
)


def declared(desk: Any, rules: Rules, **changes: Any) -> Any:
    order = DeclareMajorIncident.model_validate({**DECLARE, **changes})
    return major_incidents.declare(order, NUMBER, desk.ticket, NOW, rules.catalogue)


def test_it_is_declared_with_its_first_message_for_the_incident_s_partner(
    desk: Any, rules: Rules
) -> None:
    desk.open("2026-02-05T09:00")
    events = declared(desk, rules)
    assert [event.event_name for event in events] == [
        "major-incident-declared",
        "major-incident-update-posted",
    ]
    assert events[0].partners == ("zevenaar",)
    more = declared(desk, rules, partners=("1stroom", "zevenaar"))
    assert more[0].partners == ("1stroom", "zevenaar")


def test_it_grows_from_an_open_incident(desk: Any, rules: Rules) -> None:
    desk.open("2026-02-05T09:00")
    desk.do("2026-02-05T09:30", ResolveTicket)
    with pytest.raises(TicketNotOpen):
        declared(desk, rules)
    desk.do("2026-02-05T09:40", CancelTicket, reason="Dubbel")
    with pytest.raises(TicketNotOpen):
        declared(desk, rules)


def test_it_grows_from_no_other_kind(desk: Any, rules: Rules) -> None:
    desk.open("2026-02-05T09:00", kind="question")
    with pytest.raises(NotAnIncident):
        declared(desk, rules)


def test_it_is_shared_with_partners_that_are_there(desk: Any, rules: Rules) -> None:
    desk.open("2026-02-05T09:00")
    with pytest.raises(PartnerUnknown):
        declared(desk, rules, partners=("elders",))
    major = major_incidents.fold(declared(desk, rules))
    unknown = ShareMajorIncident(major_incident=NUMBER, partners=("elders",))
    with pytest.raises(PartnerUnknown):
        major_incidents.decide(major, unknown, NOW, rules.catalogue)


def test_an_update_is_for_whom_it_is_shared_with(desk: Any, rules: Rules) -> None:
    desk.open("2026-02-05T09:00")
    major = major_incidents.fold(declared(desk, rules))
    with pytest.raises(MajorIncidentNotShared) as refusal:
        major_incidents.decide(major, ORDERS[3], NOW, rules.catalogue)
    assert refusal.value.params == {"partner": "1stroom"}


def test_the_incident_that_it_grew_from_stays(desk: Any, rules: Rules) -> None:
    desk.open("2026-02-05T09:00")
    major = major_incidents.fold(declared(desk, rules))
    with pytest.raises(MajorIncidentParent):
        major_incidents.require_detachable(major, DECLARE["ticket"])
    major_incidents.require_detachable(major, "INC-2026-000002")


@given(st.lists(st.sampled_from(ORDERS), max_size=12))
def test_any_path_tells_only_whom_it_is_shared_with_and_ends_once(
    rules: Rules, path: list[MajorIncidentCommand]
) -> None:
    first = major_incidents.MajorIncidentDeclared(
        occurred_at=NOW,
        major_incident=NUMBER,
        incident=DECLARE["ticket"],
        title="E-mail ligt eruit",
        partners=("zevenaar",),
    )
    events: list[Any] = [first]
    major = major_incidents.fold(events)
    for command in path:
        try:
            decided = major_incidents.decide(major, command, NOW, rules.catalogue)
        except MajorIncidentOver:
            assert major.ended
            continue
        except MajorIncidentNotShared:
            assert "1stroom" not in major.partners
            continue
        assert not major.ended, "what is over changes no more"
        before, major = major, reduce(major_incidents.evolve, decided, major)
        events += decided
        assert before.partners <= major.partners, "who was told stays told"
        assert all(set(getattr(each, "partners", ())) <= major.partners for each in decided)
        assert major_incidents.fold(events) == major
        assert MajorIncident.model_validate_json(major.model_dump_json()) == major
    assert major.version == len(events)
    assert major.ended == any(isinstance(each, EndMajorIncident) for each in path)
