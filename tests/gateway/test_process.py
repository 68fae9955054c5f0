"""The gateway as a process: ready when it serves, and gone without cutting anybody off."""

import asyncio
import signal
from pathlib import Path
from typing import Any

import httpx

from chassis.credentials import Credentials
from chassis.ports import free_port
from chassis.testing.processes import service_process


async def answered(http: httpx.AsyncClient, url: str) -> httpx.Response:
    """The answer of a server that is coming up."""
    async with asyncio.timeout(20):
        while True:
            try:
                return await http.get(url)
            except httpx.ConnectError:
                await asyncio.sleep(0.1)


async def test_it_serves_says_so_and_stops_on_request(
    nats_url: str, credentials: Credentials, case: Path, issuer_keys: Path, gateway_settings: Any
) -> None:
    port, health_port = free_port(), free_port()
    origin, health = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{health_port}"
    settings = gateway_settings(nats_seed_file=credentials.seed_file("gateway"))
    async with service_process("gateway", settings) as gateway, httpx.AsyncClient() as http:
        await gateway.start(
            BODEMPLAAT_GATEWAY_PORT=str(port),
            BODEMPLAAT_HEALTH_PORT=str(health_port),
            BODEMPLAAT_PUBLIC_URL=origin,
            BODEMPLAAT_PSEUDONYM_SECRET="p" * 32,
            BODEMPLAAT_SESSION_SECRET="s" * 32,
            BODEMPLAAT_DEV_ISSUER="true",
            BODEMPLAAT_DEV_ISSUER_CASE=str(case),
            BODEMPLAAT_DEV_ISSUER_KEYS=str(issuer_keys),
        )
        assert (await answered(http, f"{health}/readyz")).status_code == 200
        assert (await answered(http, f"{origin}/v1/openapi.json")).status_code == 200
        form = {"grant_type": "person", "person": "agent"}
        token = (await http.post(f"{origin}/dev-issuer/token", data=form)).json()["access_token"]
        headers = {"Authorization": f"Bearer {token}"}
        metrics = (await http.get(f"{health}/metrics")).text
        assert 'route="/dev-issuer/token",status="200"' in metrics
        async with http.stream("GET", f"{origin}/v1/events", headers=headers) as events:
            assert events.status_code == 200
            assert gateway.process is not None
            gateway.process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(8):
                assert await gateway.ended() == 0
                async for _ in events.aiter_bytes():
                    pass


async def test_without_secrets_it_does_not_start(
    credentials: Credentials, gateway_settings: Any
) -> None:
    settings = gateway_settings(nats_seed_file=credentials.seed_file("gateway"))
    async with service_process("gateway", settings) as gateway:
        await gateway.start(BODEMPLAAT_PSEUDONYM_SECRET="short")
        assert await gateway.ended() != 0
