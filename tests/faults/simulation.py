"""Everything that a network and a crash can do to decisions, event log, relay and projection.

The decisions and the folds are the real ones; event log, relay and stream are models that follow
the same rules. Time is told.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from chassis.errors import DomainError
from chassis.testing import invariants
from chassis.testing.simulation import FATES, Network, Relay, Stream, Unknown
from tests.faults.simulated import (
    MOVES,
    NUMBERS,
    START,
    Owner,
    Projection,
    Request,
    promised,
    streamed,
)

ORDERS = st.lists(
    st.tuples(st.integers(0, len(NUMBERS) - 1), st.integers(0, len(MOVES) - 1)),
    min_size=1,
    max_size=5,
)


class Simulation(RuleBasedStateMachine):
    """`flaw` names the rule that is taken away; there is none in the real thing."""

    flaw: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self.now = START
        self.owner = Owner()
        self.stream = Stream()
        self.network = Network()
        self.relays = [Relay(self.owner.log, self.stream, self.network) for _ in range(2)]
        self.projection = Projection()
        self.believed = [(0, 0), (0, 0)]
        self.requests: list[Request] = []
        self.sent: dict[str, Request] = {}
        self.acknowledged: dict[str, int] = {}
        self.refused: set[str] = set()
        self.highest = (0, 0)
        self.lossless = True

    @rule(minutes=st.integers(1, 600))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)

    @initialize(orders=ORDERS)
    def there_is_work(self, orders: Sequence[tuple[int, int]]) -> None:
        """Tickets that are there, and in the read model, before anything goes wrong."""
        for ticket in NUMBERS:
            self._handle(self._send(Request(f"opening of {ticket}", ticket, None)))
            self.owner.commit(0)
        self._relay_all()
        self.somebody_orders(orders)

    @rule(orders=ORDERS)
    def somebody_orders(self, orders: Sequence[tuple[int, int]]) -> None:
        for number, move in orders:
            ticket = NUMBERS[number]
            name = f"command-{len(self.sent)}"
            self.requests.append(self._send(Request(name, ticket, MOVES[move](ticket))))

    @precondition(lambda self: self.sent)
    @rule(data=st.data())
    def somebody_repeats(self, data: st.DataObject) -> None:
        """Also what was refused: then it counts as a new attempt."""
        again = self.sent[data.draw(st.sampled_from(sorted(self.sent)))]
        self.refused.discard(again.command_id)
        self.requests.append(self._send(again))

    def _send(self, request: Request) -> Request:
        self.sent[request.command_id] = request
        return request

    @precondition(lambda self: self.requests)
    @rule(data=st.data(), count=st.integers(1, 4))
    def requests_come_in(self, data: st.DataObject, count: int) -> None:
        """In any order; one that finds its ticket held waits."""
        for _ in range(min(count, len(self.requests))):
            request = self.requests.pop(data.draw(st.integers(0, len(self.requests) - 1)))
            fate = data.draw(st.sampled_from(("comes in", "comes in", "is doubled", "is lost")))
            if fate == "is doubled":
                self.requests.append(request)
            if fate != "is lost":
                self._handle(request)

    def _handle(self, request: Request) -> None:
        if request.command_id in self.owner.kept and self.flaw != "kept replies":
            self._acknowledge(request.command_id)
        elif self.owner.locked(request.ticket):
            self.requests.append(request)
        elif (request.command is None) != (request.ticket in self.owner.tickets):
            try:
                self.owner.begin(request, self.now)
            except DomainError:
                self._refuse(request)

    def _refuse(self, request: Request) -> None:
        """A refusal is final for this copy: another that is still under way may yet succeed."""
        if request not in self.requests:
            self.refused.add(request.command_id)

    def _acknowledge(self, command_id: str) -> None:
        self.acknowledged[command_id] = self.owner.kept[command_id]

    @precondition(lambda self: self.owner.open)
    @rule(data=st.data(), count=st.integers(1, 4))
    def transactions_commit(self, data: st.DataObject, count: int) -> None:
        """In another order than that in which they wrote; not every answer gets back."""
        for _ in range(min(count, len(self.owner.open))):
            index = data.draw(st.integers(0, len(self.owner.open) - 1))
            command_id = self.owner.open[index].command_id
            self.owner.commit(index)
            if data.draw(st.booleans()) and command_id in self.sent:
                self._acknowledge(command_id)

    @rule(rarely=st.integers(0, 3))
    def the_owner_crashes(self, rarely: int) -> None:
        if rarely == 0:
            self.owner.open.clear()

    @rule()
    def due_timers_fire(self) -> None:
        for ticket, moment in sorted(self.owner.timers.items()):
            if moment <= self.now and not self.owner.locked(ticket):
                self.owner.fire(ticket, self.now)

    @rule(relay=st.integers(0, 1), limit=st.integers(1, 6), data=st.data())
    def a_relay_works(self, relay: int, limit: int, data: st.DataObject) -> None:
        """Without anybody coming between; below, step by step."""
        self.a_relay_reads(relay, limit)
        self.a_relay_publishes(relay, data)
        self.a_relay_marks(relay)

    @rule(relay=st.integers(0, 1), limit=st.integers(1, 6))
    def a_relay_reads(self, relay: int, limit: int) -> None:
        self._read(self.relays[relay], limit)

    def _read(self, relay: Relay, limit: int) -> None:
        relay.read(limit)
        if self.flaw == "an id is no cursor":
            done = max((row.id for row in self.owner.log.rows if row.published), default=0)
            relay.messages = [each for each in relay.messages if each[0].id > done]

    @rule(relay=st.integers(0, 1), data=st.data())
    def a_relay_publishes(self, relay: int, data: st.DataObject) -> None:
        self.network.fate = lambda: data.draw(st.sampled_from(FATES))
        if self.flaw == "the stream knows ids":
            self.stream.seen.clear()
        try:
            self.relays[relay].publish()
        except Unknown:
            if self.flaw == "unknown is not success":
                self.relays[relay].published = True
            else:
                self.relays[relay].crash()

    @rule(relay=st.integers(0, 1))
    def a_relay_marks(self, relay: int) -> None:
        self.relays[relay].mark()

    @rule(relay=st.integers(0, 1))
    def a_relay_crashes(self, relay: int) -> None:
        self.relays[relay].crash()

    @precondition(lambda self: self.network.delayed)
    @rule(data=st.data())
    def what_was_delayed_arrives(self, data: st.DataObject) -> None:
        self.network.arrive(data.draw(st.integers(0, len(self.network.delayed) - 1)))

    @precondition(lambda self: self.stream.messages)
    @rule(data=st.data(), rarely=st.integers(0, 5))
    def a_message_disappears(self, data: st.DataObject, rarely: int) -> None:
        if rarely == 0:
            self.lossless = False
            del self.stream.messages[data.draw(st.sampled_from(sorted(self.stream.messages)))]

    @rule(rarely=st.integers(0, 19))
    def the_stream_is_lost(self, rarely: int) -> None:
        if rarely == 0:
            self.lossless = False
            self.stream.lose_all()

    @rule()
    def it_is_reconciled(self) -> None:
        if self.flaw != "reconciliation":
            self.owner.log.reconcile(set(self.stream.events()))

    @rule(process=st.integers(0, 1), count=st.integers(1, 8), crashed=st.booleans())
    def a_projection_folds(self, process: int, count: int, *, crashed: bool) -> None:
        """Compare and set: who is not where the checkpoint is begins again from there."""
        here = (self.projection.created, self.projection.sequence)
        stale = self.believed[process] != here
        if stale and self.flaw != "compare and set":
            self.believed[process] = here
            return
        created, sequence = self.believed[process]
        if created != self.stream.created:
            self.projection = Projection(self.stream.created)
        elif (batch := self.stream.after(sequence, count)) and not crashed:
            self.projection.fold(batch)
        self.believed[process] = (self.projection.created, self.projection.sequence)

    @invariant()
    def versions_are_contiguous(self) -> None:
        for ticket, state in self.owner.tickets.items():
            versions = [row.version for row in self.owner.log.rows if row.aggregate == ticket]
            assert versions == list(range(1, state.version + 1))

    @invariant()
    def what_was_acknowledged_is_kept(self) -> None:
        for command_id, version in self.acknowledged.items():
            assert self.owner.kept[command_id] == version
        assert not self.refused & self.acknowledged.keys()

    @invariant()
    def the_stream_doubles_nothing_and_keeps_order(self) -> None:
        if self.lossless:
            assert max(Counter(self.stream.events()).values(), default=1) == 1
            assert invariants.in_order(streamed(self.stream)) == []

    @invariant()
    def what_is_marked_is_in_the_stream(self) -> None:
        if self.lossless:
            marked = {row.event_id for row in self.owner.log.rows if row.published}
            assert marked <= set(self.stream.events())

    @invariant()
    def the_checkpoint_never_goes_back(self) -> None:
        here = (self.projection.created, self.projection.sequence)
        assert here >= self.highest
        self.highest = here

    def teardown(self) -> None:
        """All is healed; then everything must be everywhere."""
        self.owner.open.clear()
        while self.network.delayed:
            self.network.arrive(0)
        self.network.fate = lambda: "arrives"
        self.requests.extend(self.sent[one] for one in self.sent.keys() - self.refused)
        for request in list(self.requests):
            self._handle(request)
            while self.owner.open:
                self.owner.commit(0)
        self._relay_all()
        self.versions_are_contiguous()
        self.what_was_acknowledged_is_kept()
        promised(self.owner, self.stream, self.projection, self.refused)

    def _relay_all(self) -> None:
        while True:
            relay = self.relays[0]
            self._read(relay, 3)
            if not relay.messages:
                if self.flaw == "reconciliation" or not self.owner.log.reconcile(
                    set(self.stream.events())
                ):
                    return
                continue
            relay.publish()
            relay.mark()
