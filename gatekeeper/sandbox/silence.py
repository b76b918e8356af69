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


def hang_up(request: web.Request) -> None:
    """Close the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
