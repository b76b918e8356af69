"""How does a test speak HTTP byte for byte, rightly or wrongly, with what it wants to see?"""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer as it came."""

    status: int
    headers: dict[str, str]
    text: bytes

    @property
    def body(self) -> dict[str, Any]:
        """The JSON of it."""
        decoded: dict[str, Any] = json.loads(self.text)
        return decoded


def request(method: str, target: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request in HTTP/1.1 with its length; a header named here takes the place of ours."""
    lengths = {} if "Transfer-Encoding" in headers else {"Content-Length": str(len(body))}
    fields = {"Host": "gate", **lengths, **headers}
    lines = [f"{method} {target} HTTP/1.1", *(f"{k}: {v}" for k, v in fields.items() if v)]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


class Wire:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, *pieces: bytes, pause: float = 0.0) -> None:
        """Send piece by piece; a peer that has hung up is no fault."""
        for piece in pieces:
            with contextlib.suppress(ConnectionError, RuntimeError):
                self._writer.write(piece)
                await self._writer.drain()
            await asyncio.sleep(pause)

    async def answer(self, within: float = 5.0) -> Answer | None:
        """The next answer, or None if the peer hangs up without one."""
        try:
            async with asyncio.timeout(within):
                return await self._answer()
        except (ConnectionError, asyncio.IncompleteReadError):
            return None

    async def closed(self, within: float = 5.0) -> bool:
        """Whether the peer hangs up, and says nothing more before."""
        try:
            async with asyncio.timeout(within):
                return await self._reader.read(1) == b""
        except ConnectionError:
            return True

    def leave(self) -> None:
        """Hang up at once."""
        self._writer.transport.abort()

    async def _answer(self) -> Answer:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        status, *lines = head.rstrip().split("\r\n")
        headers = {k.title(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        if headers.get("Transfer-Encoding") == "chunked":
            text = await self._chunks()
        else:
            text = await self._reader.readexactly(int(headers.get("Content-Length", 0)))
        return Answer(int(status.split()[1]), headers, text)

    async def _chunks(self) -> bytes:
        whole = b""
        while size := int(await self._reader.readuntil(b"\r\n"), 16):
            whole += (await self._reader.readexactly(size + 2))[:-2]
        await self._reader.readexactly(2)
        return whole


@asynccontextmanager
async def wire(port: int) -> AsyncIterator[Wire]:
    """A connection to a port of this machine."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Wire(reader, writer)
    finally:
        writer.transport.abort()


async def ask(port: int, whole: bytes) -> Answer | None:
    """Send these bytes on a connection of their own; the first answer."""
    async with wire(port) as line:
        await line.send(whole)
        return await line.answer()
