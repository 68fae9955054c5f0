"""HTTP/1.1 over one kept connection: a client that costs next to nothing beside the server."""

import asyncio
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

_LENGTH = b"content-length:"


class Wire:
    """One connection to a server on this machine; one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def open(cls, url: str) -> "Wire":
        address = urlsplit(url)
        return cls(*await asyncio.open_connection(address.hostname, address.port))

    def close(self) -> None:
        self._writer.close()

    async def post(self, path: str, token: str, body: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        return await self._ask(_request("POST", path, token, body))

    async def get(self, path: str, token: str) -> tuple[int, bytes]:
        """Status and body of the answer."""
        return await self._ask(_request("GET", path, token, b""))

    async def _ask(self, request: bytes) -> tuple[int, bytes]:
        self._writer.write(request)
        head = await self._reader.readuntil(b"\r\n\r\n")
        return int(head[9:12]), await self._reader.readexactly(_length(head))

    async def follow(self, path: str, token: str) -> AsyncIterator[bytes]:
        """The data of each server-sent event, for as long as the server sends."""
        self._writer.write(_request("GET", path, token, b""))
        async for line in self._reader:
            if line.startswith(b"data:"):
                yield line.removeprefix(b"data:").strip()


def _request(method: str, path: str, token: str, body: bytes) -> bytes:
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _length(head: bytes) -> int:
    lowered = head.lower()
    begin = lowered.index(_LENGTH) + len(_LENGTH)
    return int(lowered[begin : lowered.index(b"\r", begin)])
