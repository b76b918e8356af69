"""How does the sandbox carrier not answer, and stop doing so when it has to?"""

from __future__ import annotations

import asyncio
import contextlib

from aiohttp import web

STOPPING: web.AppKey[asyncio.Event] = web.AppKey("stopping", asyncio.Event)
"""Set when the carrier stops."""
_SILENCE_S = 120.0


async def stop_waiting(app: web.Application) -> None:
    """End every silence."""
    app[STOPPING].set()


async def wait(app: web.Application) -> None:
    """Say nothing for longer than any client waits, but not for ever."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(app[STOPPING].wait(), _SILENCE_S)


async def half(request: web.Request, whole: web.Response) -> web.StreamResponse:
    """Begin to answer, and close the connection in the middle."""
    body = whole.body if isinstance(whole.body, bytes) else b""
    begun = web.StreamResponse(status=whole.status, headers=whole.headers)
    begun.content_length = max(len(body), 2)
    await begun.prepare(request)
    await begun.write(body[: len(body) // 2] or b"{")
    hang_up(request)
    return begun


def hang_up(request: web.Request) -> None:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
