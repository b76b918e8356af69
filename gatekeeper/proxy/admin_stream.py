"""How does a command follow a long import? By lines of JSON; the work goes on if it goes away."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass

import msgspec
import structlog
from aiohttp import web

from gatekeeper.errors import GatekeeperError
from gatekeeper.ledger.import_words import BadLine, Progress

log = structlog.get_logger(__name__)

News = AsyncIterator[Progress | BadLine]
AHEAD = 256
"""Lines that the work may be ahead of the command that reads them."""


async def told(request: web.Request, news: News) -> web.StreamResponse:
    """Stream progress and bad lines; the last line is `done` or `error`.

    The work waits for a command that is slow to read, and for one that went away no longer.
    """
    lines = _Lines(asyncio.Queue(AHEAD))
    work = asyncio.create_task(_drain(news, lines))
    _RUNNING.add(work)
    work.add_done_callback(_RUNNING.discard)
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    try:
        with contextlib.suppress(ConnectionError):
            await response.prepare(request)
            while (line := await lines.queue.get()) is not None:
                await response.write(line)
            await response.write_eof()
    finally:
        lines.leave()
    return response


@dataclass(slots=True)
class _Lines:
    """What waits to be written, a bounded number of lines."""

    queue: asyncio.Queue[bytes | None]
    left: bool = False

    async def put(self, line: bytes | None) -> None:
        """Hand on a line, once there is room; nobody waits for whoever has left."""
        if not self.left:
            await self.queue.put(line)

    def leave(self) -> None:
        """Nobody reads any more: make room for whoever waits with a line now."""
        self.left = True
        while not self.queue.empty():
            self.queue.get_nowait()


_RUNNING: set[asyncio.Task[None]] = set()
"""Imports under way: the event loop itself holds tasks only weakly."""


async def _drain(news: News, lines: _Lines) -> None:
    try:
        async for item in news:
            await lines.put(_line(item))
        await lines.put(_line({"done": True}))
    except GatekeeperError as error:
        await lines.put(_line({"error": str(error)}))
    except Exception as error:  # noqa: BLE001 - the command must hear that it did not work
        log.error("import_failed", error=type(error).__name__)
        await lines.put(_line({"error": "the gate met an error of its own"}))
    finally:
        await lines.put(None)


def _line(item: object) -> bytes:
    return msgspec.json.encode(item) + b"\n"
