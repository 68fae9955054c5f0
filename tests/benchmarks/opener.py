"""Opens tickets over HTTP as fast as the answers come: a process of its own.

Arguments: URL, access token, number of clients, seconds. Writes one line of JSON: for each ticket
its number, and the moments of asking and of the reply, in seconds of this machine's own clock.
"""

import asyncio
import sys
from time import perf_counter

import orjson
import uvloop
from wire import Wire

CREATED = 201
REPORT = {
    "kind": "incident",
    "title": "Laptop start niet op",
    "description": "Zwart scherm na het aanzetten.",
    "item": "ICT-WP-01",
    "impact": 3,
    "urgency": 2,
}

Opened = tuple[str, float, float]


async def open_tickets(url: str, token: str, clients: int, seconds: float) -> list[Opened]:
    until = perf_counter() + seconds
    rounds = await asyncio.gather(*(_client(url, token, until) for _ in range(clients)))
    return [opened for round_ in rounds for opened in round_]


async def _client(url: str, token: str, until: float) -> list[Opened]:
    wire, body = await Wire.open(url), orjson.dumps(REPORT)
    opened: list[Opened] = []
    while (asked := perf_counter()) < until:
        status, answer = await wire.post("/v1/tickets", token, body)
        if status != CREATED:
            raise RuntimeError(f"{status} {answer.decode()}")
        opened.append((orjson.loads(answer)["ticket"], asked, perf_counter()))
    wire.close()
    return opened


def main() -> None:
    url, token, clients, seconds = sys.argv[1:]
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        opened = runner.run(open_tickets(url, token, int(clients), float(seconds)))
    sys.stdout.buffer.write(orjson.dumps(opened))


if __name__ == "__main__":
    main()
