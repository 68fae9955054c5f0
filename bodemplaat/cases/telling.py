"""Telling services the orders of a case, and waiting until others have heard of them."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bodemplaat.cases.errors import CaseRefused
from bodemplaat.cases.orders import Order
from bodemplaat.imports.patience import attempts
from bodemplaat.imports.sending import in_words, is_unavailable
from bodemplaat.operator import OPERATOR
from chassis.client import Client
from chassis.errors import Fault, KeyReused, Refused, Unavailable

AT_ONCE = 8


class Teller:
    """Sends orders, each until it is answered, and keeps the replies for later orders.

    `changed` are the keys of those that a former play sent with other content: what was told then
    stays, and so do the orders that need their replies.
    """

    def __init__(self, client: Client, told: Callable[[int], None] = lambda _: None) -> None:
        self._client = client
        self._told = told
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._replies: dict[str, Mapping[str, Any]] = {}
        self.changed: list[str] = []

    async def at_once(self, orders: Iterable[Order]) -> None:
        """Orders that do not need one another. Raises `CaseRefused`, `Refused`."""
        await asyncio.gather(*(self._tell(order) for order in orders))

    async def in_order(self, orders: Iterable[Order]) -> None:
        """One after another. Raises `CaseRefused`, `Refused`."""
        for order in orders:
            await self._tell(order)

    async def _tell(self, order: Order) -> None:
        try:
            self._replies[order.key] = await self._send(order, order.filled(self._replies))
        except (_Changed, KeyError):
            self.changed.append(order.key)
        self._told(1)

    async def _send(self, order: Order, body: Mapping[str, Any]) -> Mapping[str, Any]:
        async for refusal in attempts():
            async with self._gate:
                try:
                    return await self._client.command(
                        order.service,
                        order.command,
                        body,
                        OPERATOR,
                        command_id=order.command_id,
                        now=order.now,
                    )
                except Refused as refused:
                    if any(fault.slug == KeyReused.slug for fault in refused.faults):
                        raise _Changed from None
                    if not is_unavailable(refused):
                        raise CaseRefused(order.key, in_words(refused.faults)) from refused
                    refusal(refused)
        raise AssertionError  # pragma: no cover  patience raises at its end


class _Changed(Exception):
    """A former play sent this order with other content."""


async def until_heard(client: Client, speaker: str, hearers: Sequence[str]) -> None:
    """Wait until `hearers` have taken in all that `speaker` has committed.

    Raises `Refused` when half a minute was not enough.
    """
    await _until_none_left(client, speaker, "unpublished")
    for hearer in hearers:
        await _until_none_left(client, hearer, "waiting")


async def _until_none_left(client: Client, service: str, what: str) -> None:
    async for refusal in attempts():
        try:
            backlog = await client.administer(service, "backlog", {}, OPERATOR)
        except Refused as refused:
            if not is_unavailable(refused):
                raise
            refusal(refused)
        else:
            if not backlog[what]:
                return
            refusal(Refused([Fault.of(Unavailable(service=service, **{what: backlog[what]}))]))
