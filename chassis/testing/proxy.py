"""A TCP connection that can be cut and slowed down: partitions without touching the machine."""

import asyncio
from contextlib import suppress

CHUNK = 64 * 1024


class Proxy:
    """Forwards from a port of its own on loopback to `port`.

    Cut, it drops what is connected, and lets newcomers wait for an answer that never comes: that
    is what a partition looks like from inside.
    """

    def __init__(self, port: int) -> None:
        self._target = port
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._open = asyncio.Event()
        self._bytes_per_second: float | None = None
        self.port = 0

    async def start(self) -> None:
        self._open.set()
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
        self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Nothing gets through any more."""
        self._open.clear()
        for writer in self._writers:
            writer.transport.abort()

    def slow_down(self, bytes_per_second: float) -> None:
        """No more than so much gets through from now on, per connection and direction."""
        self._bytes_per_second = bytes_per_second

    def heal(self) -> None:
        """Everything gets through again, at full speed."""
        self._bytes_per_second = None
        self._open.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        self._writers.add(writer)
        with suppress(OSError):
            await self._open.wait()
            await self._connect(reader, writer)
        self._writers.discard(writer)
        writer.transport.abort()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        back, forth = await asyncio.open_connection("127.0.0.1", self._target)
        self._writers.add(forth)
        try:
            directions = {
                asyncio.create_task(self._pump(reader, forth)),
                asyncio.create_task(self._pump(back, writer)),
            }
            _, rest = await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
            for task in rest:
                task.cancel()
            await asyncio.gather(*directions, return_exceptions=True)
        finally:
            self._writers.discard(forth)
            forth.transport.abort()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(CHUNK):
            if self._bytes_per_second:
                await asyncio.sleep(len(data) / self._bytes_per_second)
            writer.write(data)
            await writer.drain()
