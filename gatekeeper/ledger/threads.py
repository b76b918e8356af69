"""How does long reading in a thread hand on what it finds, without filling memory?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from threading import Event
from typing import TypeVar

T = TypeVar("T")

AHEAD = 16
"""Items that the reader may be ahead of whoever takes them."""


class _Gone(Exception):
    """Nobody takes the items any more."""


async def streamed(work: Callable[[Callable[[T], None]], None]) -> AsyncGenerator[T]:
    """What `work`, in a thread, gives to the function that it is called with.

    The thread waits while nobody takes; it is ended if the taker goes away.
    """
    loop, gone = asyncio.get_running_loop(), Event()
    items: asyncio.Queue[T | None] = asyncio.Queue(AHEAD)

    def give(item: T) -> None:
        if gone.is_set():
            raise _Gone
        asyncio.run_coroutine_threadsafe(items.put(item), loop).result()

    async def run() -> None:
        try:
            await asyncio.to_thread(work, give)
        finally:
            await items.put(None)

    task = asyncio.create_task(run())
    try:
        while (item := await items.get()) is not None:
            yield item
        await task
    finally:
        gone.set()
        await _ended(task, items)


async def _ended(task: asyncio.Task[None], items: asyncio.Queue[T | None]) -> None:
    """Let the thread go on to where it sees that nobody takes, and wait for its end."""
    while not task.done():
        while not items.empty():
            items.get_nowait()
        await asyncio.wait([task], timeout=0.01)
    if not task.cancelled():
        task.exception()  # told to nobody: whoever waited has gone
