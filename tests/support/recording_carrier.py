"""What reached the provider, byte for byte, and what did it answer? A carrier that keeps it all."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs

Script = Callable[[bytes], Awaitable[bytes | None]]
"""Makes the answer to a whole request; None cuts the connection without one."""


def reply(status: int, body: dict[str, object] | None = None, *headers: str) -> bytes:
    """An answer as it goes over the wire."""
    text = json.dumps(body or {}).encode()
    lines = [f"HTTP/1.1 {status} X", "Content-Type: application/json", *headers]
    head = "\r\n".join([*lines, f"Content-Length: {len(text)}"])
    return head.encode() + b"\r\n\r\n" + text


async def accept(request: bytes) -> bytes | None:
    """The answer to what was accepted, in Twilio's form."""
    kind = "CA" if b"/Calls" in request.partition(b"\r\n")[0] else "SM"
    return reply(201, {"sid": kind + "0" * 32, "status": "queued"})


async def cut(_: bytes) -> bytes | None:
    """Read all of it and hang up."""
    return None


async def fail(_: bytes) -> bytes | None:
    """An internal error."""
    return reply(500, {"code": 20500, "message": "internal", "status": 500})


def slow(seconds: float) -> Script:
    """Accept, but late."""

    async def script(request: bytes) -> bytes | None:
        await asyncio.sleep(seconds)
        return await accept(request)

    return script


class Carrier:
    """A loopback provider; `requests` holds every whole request, in the order of arrival."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self.script: Script = accept
        self.at_first_byte: Callable[[], None] = lambda: None
        """Called when the first byte of a request arrives, before any more is read."""
        self.hangs_up = False
        """The connection ends with the first answer, whole or not."""
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        """What the gate is told of it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def forms(self) -> list[dict[str, str]]:
        """The fields of each request, the first value of each."""
        bodies = (request.partition(b"\r\n\r\n")[2].decode() for request in self.requests)
        return [{name: values[0] for name, values in parse_qs(body).items()} for body in bodies]

    async def start(self) -> None:
        """Listen, after a stop on the same port as before."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections and drop those that are open."""
        if self._server is not None:
            self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def forget(self) -> None:
        """Be as at the start."""
        self.requests.clear()
        self.script = accept
        self.hangs_up = False
        self.at_first_byte = lambda: None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            while (request := await self._read(reader)) is not None:
                self.requests.append(request)
                answer = await self.script(request)
                if answer is None:
                    return
                writer.write(answer)
                await writer.drain()
                if self.hangs_up:
                    return
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort()

    async def _read(self, reader: asyncio.StreamReader) -> bytes | None:
        """One whole request, None if the peer has closed."""
        first = await reader.read(1)
        if not first:
            return None
        self.at_first_byte()
        head = first + await reader.readuntil(b"\r\n\r\n")
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-len")]
        length = int(lengths[0].partition(b":")[2]) if lengths else 0
        return head + await reader.readexactly(length)
