"""Does a reading thread wait for its taker, end with it, and tell its errors?"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from gatekeeper.errors import JournalError
from gatekeeper.ledger.threads import AHEAD, streamed


async def test_items_come_in_their_order() -> None:
    def work(give: Callable[[int], None]) -> None:
        for n in range(100):
            give(n)

    assert [n async for n in streamed(work)] == list(range(100))


async def test_an_error_comes_after_what_was_given_before_it() -> None:
    def work(give: Callable[[int], None]) -> None:
        give(1)
        raise JournalError("a line cannot be read")

    items = streamed(work)
    assert await anext(items) == 1
    with pytest.raises(JournalError, match="cannot be read"):
        await anext(items)


async def test_the_thread_waits_while_nobody_takes_and_ends_when_nobody_will() -> None:
    given: list[int] = []

    def work(give: Callable[[int], None]) -> None:
        for n in range(10_000):
            give(n)
            given.append(n)

    items = streamed(work)
    assert await anext(items) == 0
    await asyncio.sleep(0.05)
    assert len(given) <= AHEAD + 2
    await items.aclose()
    count = len(given)
    await asyncio.sleep(0.05)
    assert len(given) == count < 10_000
