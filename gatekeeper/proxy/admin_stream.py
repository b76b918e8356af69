"""How does a command follow a long import? By lines of JSON; the work goes on if it goes away."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import msgspec
import structlog
from aiohttp import web

from gatekeeper.errors import GatekeeperError
from gatekeeper.ledger.imports import BadLine, Progress

log = structlog.get_logger(__name__)

News = AsyncIterator[Progress | BadLine]
Lines = asyncio.Queue[bytes | None]


async def told(request: web.Request, news: News) -> web.StreamResponse:
    """Stream progress and bad lines; the last line is `done` or `error`."""
    lines: Lines = asyncio.Queue()
    work = asyncio.create_task(_drain(news, lines))
    _RUNNING.add(work)
    work.add_done_callback(_RUNNING.discard)
    response = web.StreamResponse(headers={"Content-Type": "application/x-ndjson"})
    with contextlib.suppress(ConnectionError):
        await response.prepare(request)
        while (line := await lines.get()) is not None:
            await response.write(line)
        await response.write_eof()
    return response


_RUNNING: set[asyncio.Task[None]] = set()
"""Imports under way: the event loop itself holds tasks only weakly."""


async def _drain(news: News, lines: Lines) -> None:
    try:
        async for item in news:
            lines.put_nowait(_line(item))
        lines.put_nowait(_line({"done": True}))
    except GatekeeperError as error:
        lines.put_nowait(_line({"error": str(error)}))
    except Exception as error:  # noqa: BLE001 - the command must hear that it did not work
        log.error("import_failed", error=type(error).__name__)
        lines.put_nowait(_line({"error": "the gate met an error of its own"}))
    finally:
        lines.put_nowait(None)


def _line(item: object) -> bytes:
    return msgspec.json.encode(item) + b"\n"
