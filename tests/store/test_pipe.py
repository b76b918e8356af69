"""One connection, many callers: replies in order, deadlines, cancellation, loss."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator

import pytest

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store import pipe as pipe_module
from gatekeeper.store.pipe import Pipe
from tests.support.valkey import FaultProxy


async def dial(url: str) -> Pipe:
    path = url.removeprefix("unix://")
    return (await asyncio.get_running_loop().create_unix_connection(Pipe, path))[1]


@pytest.fixture
async def pipe(store_url: str) -> AsyncIterator[Pipe]:
    opened = await dial(store_url)
    yield opened
    opened.abort()


@pytest.fixture
async def through(proxy: FaultProxy) -> AsyncIterator[Pipe]:
    opened = await dial(proxy.url)
    yield opened
    opened.abort()


async def test_each_of_many_callers_gets_its_own_reply(pipe: Pipe) -> None:
    calls = [pipe.call("ECHO", str(i), within=5) for i in range(2000)]
    assert await asyncio.gather(*calls) == [str(i).encode() for i in range(2000)]


async def test_calls_of_one_turn_of_the_loop_leave_in_one_write(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes: list[bytes] = []
    transport = pipe._transport
    assert transport is not None
    original = transport.write

    class Counting:
        def write(self, data: bytes) -> None:
            writes.append(data)
            original(data)

    monkeypatch.setattr(pipe, "_transport", Counting())
    await asyncio.gather(*(pipe.call("PING", within=5) for _ in range(50)))
    monkeypatch.undo()
    assert len(writes) == 1


async def test_no_caller_gets_anothers_reply_whoever_gives_up(pipe: Pipe) -> None:
    """If callers are cancelled at random, every other still reads its own token."""
    dice, wrong, cancelled = random.Random(7), 0, 0

    async def caller(token: bytes) -> bool:
        return bool(await pipe.call("ECHO", token, within=5) == token)

    for turn in range(200):
        tasks = [asyncio.create_task(caller(b"%d-%d" % (turn, i))) for i in range(50)]
        for _ in range(dice.randrange(4)):
            await asyncio.sleep(0)
        for task in dice.sample(tasks, 20):
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        wrong += sum(result is False for result in results)
        cancelled += sum(isinstance(result, asyncio.CancelledError) for result in results)
    assert wrong == 0
    assert cancelled > 1000


async def test_a_late_reply_is_dropped_and_the_next_caller_gets_its_own(
    proxy: FaultProxy, through: Pipe
) -> None:
    proxy.delay = 0.15
    with pytest.raises(DependencyUnavailable, match="no answer in time"):
        await through.call("ECHO", "first", within=0.05)
    proxy.delay = 0.0
    assert await through.call("ECHO", "second", within=2) == b"second"


async def test_a_deadline_is_kept_within_its_grain(proxy: FaultProxy, through: Pipe) -> None:
    proxy.withhold = True
    loop = asyncio.get_running_loop()
    start = loop.time()
    with pytest.raises(DependencyUnavailable):
        await through.call("PING", within=0.1)
    assert 0.099 <= loop.time() - start < 0.3


async def test_a_lost_connection_fails_every_call_and_sends_none_again(
    proxy: FaultProxy, through: Pipe
) -> None:
    proxy.withhold = True
    calls = [through.call("INCR", "n", within=5) for _ in range(10)]
    await asyncio.sleep(0.05)
    proxy.cut()
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert all(isinstance(result, DependencyUnavailable) for result in results)
    assert proxy.commands == ["INCR"] * 10
    with pytest.raises(DependencyUnavailable, match="not connected"):
        through.call("PING", within=1)


async def test_a_connection_that_stalls_is_given_up(
    proxy: FaultProxy, through: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipe_module, "STALL_S", 0.1)
    proxy.withhold = True
    with pytest.raises(DependencyUnavailable):
        await through.call("PING", within=0.05)
    await asyncio.sleep(0.2)
    assert not through.alive


async def test_a_refusal_by_the_server_fails_only_its_call(pipe: Pipe) -> None:
    wrong, right = pipe.call("NOSUCH", within=1), pipe.call("PING", within=1)
    with pytest.raises(DependencyUnavailable, match="unknown command"):
        await wrong
    assert await right == b"PONG"


async def test_too_many_waiting_calls_are_refused_at_once(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipe_module, "PENDING_MAX", 2)
    calls = [pipe.call("PING", within=1) for _ in range(2)]
    with pytest.raises(DependencyUnavailable, match="too many"):
        pipe.call("PING", within=1)
    assert await asyncio.gather(*calls) == [b"PONG", b"PONG"]
