"""How does a test play a provider that misbehaves in a given way?"""

from __future__ import annotations

import asyncio
import os
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

Script = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class ScriptedUpstream:
    """A loopback server whose every connection follows the script; it remembers what it saw."""

    port: int = 0
    connections: int = 0
    requests: list[bytes] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set once the first request is whole."""

    writers: list[asyncio.StreamWriter] = field(default_factory=list)

    def close_last(self) -> None:
        """Close the newest connection at once, before any event loop notices."""
        with socket.socket(fileno=os.dup(self.writers[-1].get_extra_info("socket").fileno())) as s:
            s.shutdown(socket.SHUT_RDWR)

    async def read_request(self, reader: asyncio.StreamReader) -> bytes:
        """One whole request, as bytes; empty if the peer has closed."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return b""
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.partition(b":")[2])
        request = head + (await reader.readexactly(length) if length else b"")
        self.requests.append(request)
        self.asked.set()
        return request


@asynccontextmanager
async def scripted_upstream(
    script: Callable[[ScriptedUpstream], Script], tls: ssl.SSLContext | None = None
) -> AsyncIterator[ScriptedUpstream]:
    """A running server; at the end every connection is dropped."""
    seen = ScriptedUpstream()
    play = script(seen)
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.connections += 1
        seen.writers.append(writer)
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        try:
            await play(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            tasks.discard(task)
            writer.transport.abort()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    seen.port = server.sockets[0].getsockname()[1]
    try:
        yield seen
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def replies(*answers: bytes, close: bool = False) -> Callable[[ScriptedUpstream], Script]:
    """Answer each request with the next of `answers` (the last for all further ones)."""

    def script(seen: ScriptedUpstream) -> Script:
        left = list(answers)

        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while await seen.read_request(reader):
                writer.write(left.pop(0) if len(left) > 1 else left[0])
                await writer.drain()
                if close:
                    writer.close()
                    await writer.wait_closed()
                    return

        return play

    return script
