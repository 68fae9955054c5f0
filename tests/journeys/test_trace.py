"""One trace runs from the HTTP request through command, event log and stream to projection."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from bodemplaat.cases.loader import FOLDER, load
from bodemplaat.cases.player import set_up
from bodemplaat.cases.telling import until_heard
from bodemplaat.environment import Door
from bodemplaat.installation import Installation
from bodemplaat.operator import operator_client
from bodemplaat.system import running_system
from chassis.health import Server
from chassis.testing.stream import eventually

CASE = "de-liemers"
TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
CALLER = "00f067aa0ba902b7"


@dataclass(frozen=True, slots=True)
class Span:
    service: str
    name: str
    id: str
    parent: str


@dataclass(slots=True)
class Receiver:
    """Takes in traces over OTLP/HTTP, as Jaeger does."""

    spans: list[Span] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        body = b""
        while (message := await receive())["type"] == "http.request":
            body += message["body"]
            if not message["more_body"]:
                break
        self._take(ExportTraceServiceRequest.FromString(body))
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def _take(self, request: ExportTraceServiceRequest) -> None:
        for resource in request.resource_spans:
            names = {each.key: each.value.string_value for each in resource.resource.attributes}
            for scope in resource.scope_spans:
                self.spans += [
                    Span(
                        names["service.name"],
                        each.name,
                        each.span_id.hex(),
                        each.parent_span_id.hex(),
                    )
                    for each in scope.spans
                    if each.trace_id.hex() == TRACE
                ]

    def lineage(self, span: Span) -> list[str]:
        """The services from the caller's span down to this one, each once."""
        by_id = {each.id: each for each in self.spans}
        path = [span.service]
        while span.parent in by_id:
            span = by_id[span.parent]
            if path[0] != span.service:
                path.insert(0, span.service)
        return [*path] if span.parent == CALLER else ["lost", *path]


@asynccontextmanager
async def receiving() -> AsyncIterator[tuple[Receiver, str]]:
    receiver = Receiver()
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(receiver, log_config=None, lifespan="off", access_log=False)
    server = Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    yield receiver, f"http://127.0.0.1:{listener.getsockname()[1]}"
    server.should_exit = True
    await serving


async def test_a_trace_runs_from_the_request_to_the_read_model(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with receiving() as (receiver, endpoint):
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint)
        monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "100")
        installation = Installation(tmp_path)
        door = Door(port=installation.state.port("gateway"), case=FOLDER / CASE)
        async with running_system(installation, door):
            async with operator_client(installation) as client:
                await set_up(load(CASE), client)
                await until_heard(client, "catalog", ["tickets"])
            await report(door.url)

            async def complete() -> Span | None:
                return next(
                    (span for span in receiver.spans if span.service == "bodemplaat-projection"),
                    None,
                )

            folded = await eventually(complete)
            await eventually(lambda: _arrived(receiver, folded))
        assert receiver.lineage(folded) == [
            "bodemplaat-gateway",
            "bodemplaat-tickets",
            "bodemplaat-projection",
        ]
        names = {span.name for span in receiver.spans if span.service == "bodemplaat-tickets"}
        assert {"tickets open-ticket", "relay"} <= names


async def _arrived(receiver: Receiver, span: Span) -> bool:
    return receiver.lineage(span)[0] != "lost"


async def report(url: str) -> None:
    """Report an incident, as a caller that has a trace of its own."""
    async with httpx.AsyncClient(base_url=url) as http:
        form = {"grant_type": "person", "person": "gebruiker-zevenaar"}
        token = (await http.post("/dev-issuer/token", data=form)).json()["access_token"]
        answer = await http.post(
            "/v1/tickets",
            json={"kind": "incident", "title": "Traag netwerk"},
            headers={
                "Authorization": f"Bearer {token}",
                "traceparent": f"00-{TRACE}-{CALLER}-01",
            },
        )
        answer.raise_for_status()
