"""Does the sandbox's silence end when the sandbox does?"""

from __future__ import annotations

import asyncio

from aiohttp import web

from gatekeeper.sandbox.silence import STOPPING, stop_waiting, wait


async def test_a_silence_ends_with_the_carrier() -> None:
    app = web.Application()
    app[STOPPING] = asyncio.Event()
    waiting = asyncio.create_task(wait(app))
    await asyncio.sleep(0)
    assert not waiting.done()
    await stop_waiting(app)
    await asyncio.wait_for(waiting, 1)
