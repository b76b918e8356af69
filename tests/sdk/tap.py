"""What passes between an app and the gate? A tap before the gate, plain or under TLS, keeps it."""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

HEAD = re.compile(rb"HTTP/1\.1 (\d{3}) .*?\r\n\r\n", re.DOTALL)


@dataclass
class Tap:
    """A port that leads to the gate, and all that passed since it was cleared."""

    gate_port: int
    port: int = 0
    loses: int = 0
    """How many answers do not reach the app: its connection ends instead."""
    asked: bytearray = field(default_factory=bytearray)
    told: bytearray = field(default_factory=bytearray)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    @property
    def statuses(self) -> list[int]:
        """The status of each answer, in order."""
        return [int(head[1]) for head in HEAD.finditer(self.told)]

    @property
    def last_body(self) -> bytes:
        """The body of the last request."""
        return bytes(self.asked).rpartition(b"\r\n\r\n")[2]

    def headers(self, name: str) -> list[str]:
        """A header of the answers, in order; of those that have it."""
        heads = b"".join(head[0] for head in HEAD.finditer(self.told)).decode("latin-1")
        lines = (line.partition(": ") for line in heads.split("\r\n"))
        return [value for key, _, value in lines if key.lower() == name.lower()]

    def clear(self) -> None:
        """Forget what passed, and lose nothing."""
        self.loses = 0
        self.asked.clear()
        self.told.clear()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Lead one connection to the gate and back."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.gate_port)
        try:
            await asyncio.gather(self._ask(reader, up_writer), self._tell(up_reader, writer))
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            up_writer.transport.abort()
            writer.transport.abort()

    async def _ask(self, app: asyncio.StreamReader, gate: asyncio.StreamWriter) -> None:
        while data := await app.read(1 << 16):
            self.asked += data
            gate.write(data)
            await gate.drain()
        gate.close()

    async def _tell(self, gate: asyncio.StreamReader, app: asyncio.StreamWriter) -> None:
        while data := await gate.read(1 << 16):
            self.told += data
            if self.loses:
                self.loses -= 1
                raise ConnectionResetError
            app.write(data)
            await app.drain()
        app.close()

    async def stop(self) -> None:
        """Drop every connection."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def tapped(gate_port: int, tls: ssl.SSLContext | None = None) -> AsyncIterator[Tap]:
    """A tap before the gate on this port."""
    tap = Tap(gate_port)
    server = await asyncio.start_server(tap.serve, "127.0.0.1", 0, ssl=tls)
    tap.port = server.sockets[0].getsockname()[1]
    try:
        yield tap
    finally:
        server.close()
        await tap.stop()
