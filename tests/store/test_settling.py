"""Settlements: none lost, none waited for, one batch at a time."""

from __future__ import annotations

import asyncio

import pytest

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store import settling
from gatekeeper.store.contract import End, Settlement
from gatekeeper.store.settling import Settler
from tests.store.asks import question


def settlement() -> Settlement:
    return Settlement(question(), End.SENT)


async def test_what_comes_in_while_a_batch_is_on_its_way_is_the_next_batch() -> None:
    batches: list[int] = []

    async def write(batch: list[Settlement]) -> None:
        batches.append(len(batch))
        await asyncio.sleep(0.01)

    settler = Settler(write)
    settler.soon(settlement())
    await asyncio.sleep(0)
    for _ in range(300):
        settler.soon(settlement())
    assert settler.waiting == 301
    assert await settler.drain(1) == 0
    assert batches == [1, 256, 44]


async def test_a_batch_that_fails_is_written_again_whole_and_in_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settling, "RETRY_S", 0.001)
    tries, written = list[list[Settlement]](), list[Settlement]()

    async def write(batch: list[Settlement]) -> None:
        tries.append(list(batch))
        if len(tries) < 3:
            raise DependencyUnavailable("store", "away")
        written.extend(batch)

    settler = Settler(write)
    items = [settlement() for _ in range(5)]
    for item in items:
        settler.soon(item)
    assert await settler.drain(1) == 0
    assert written == items
    assert tries == [items] * 3


async def test_when_too_many_wait_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settling, "WAITING_MAX", 2)

    async def write(_: list[Settlement]) -> None:
        raise DependencyUnavailable("store", "away")

    settler = Settler(write)
    assert not settler.full
    settler.soon(settlement())
    settler.soon(settlement())
    assert settler.full
    assert await settler.drain(0.01) == 2
    await settler.close()
