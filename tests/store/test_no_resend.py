"""If the reply of a write is lost, is it done once, and is nobody told that it was done?

Both clients: our own connection, and redis-py where lists and rebuilds use it. By default redis-py
sends a command again up to three times; the control shows what that would do.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable
from datetime import UTC, datetime
from typing import Any

import pytest
import redis
from redis.asyncio import Redis

from gatekeeper.domain.consent import ConsentAct, ConsentEvent
from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.changes import ConsentChange, PutDocument
from gatekeeper.store.functions import function
from gatekeeper.store.lists import Lists
from gatekeeper.store.projection import Projection
from gatekeeper.store.store import Store
from tests.store.asks import ALICE
from tests.support.valkey import FaultProxy

STOP = ConsentEvent("e1", ConsentAct.OPT_OUT, datetime(2026, 1, 1, tzinfo=UTC))
APPLY = f"FCALL {function('apply')}"


async def cut_before_reply(proxy: FaultProxy, call: Awaitable[Any]) -> BaseException | None:
    """Let the command reach the server, throw its reply away and break the connection."""
    proxy.commands.clear()
    proxy.withhold = True
    waiting = asyncio.ensure_future(call)
    async with asyncio.timeout(5):
        while not proxy.commands:  # noqa: ASYNC110 - the proxy knows no event
            await asyncio.sleep(0.01)
    await asyncio.sleep(0.05)
    proxy.cut()
    proxy.withhold = False
    await asyncio.wait({waiting})
    return waiting.exception()


@pytest.fixture
async def through(proxy: FaultProxy) -> AsyncIterator[Store]:
    """A store behind the proxy."""
    opened = await Store.open(proxy.url)
    yield opened
    await opened.close()


async def test_a_change_whose_reply_is_lost_is_applied_once_and_not_acknowledged(
    proxy: FaultProxy, through: Store, plain: redis.Redis
) -> None:
    change = ConsentChange(ALICE, STOP)
    told = await cut_before_reply(proxy, through.apply([change], first=1, last=1))
    assert isinstance(told, DependencyUnavailable)
    assert proxy.commands.count(APPLY) == 1
    assert plain.hget("gk:meta", "applied") == b"1"
    await asyncio.sleep(0.1)
    assert await through.events_of(ALICE) == (STOP,)
    assert await through.apply([change], first=1, last=1) == 1, "told again it changes nothing"
    assert await through.events_of(ALICE) == (STOP,)


async def test_changes_after_one_in_doubt_are_applied_in_order(
    proxy: FaultProxy, through: Store
) -> None:
    """Nobody knows whether 1 was applied: 1 again, then 2, is right in either case."""
    await cut_before_reply(proxy, through.apply([PutDocument("a", b"1")], first=1, last=1))
    await asyncio.sleep(0.1)
    for number, document in ((1, b"1"), (2, b"2")):
        await through.apply([PutDocument("a", document)], first=number, last=number)
    assert await through.documents() == (2, {"a": b"2"})


async def test_a_confirmation_whose_reply_is_lost_is_not_asked_for_again(
    proxy: FaultProxy, through: Store
) -> None:
    told = await cut_before_reply(proxy, through.confirm(0))
    assert isinstance(told, DependencyUnavailable)
    assert proxy.commands.count(f"FCALL {function('confirm')}") == 1


async def test_a_list_or_rebuild_command_whose_reply_is_lost_is_sent_once(
    proxy: FaultProxy, plain: redis.Redis
) -> None:
    for made in (Lists(proxy.url), Projection(proxy.url)):
        plain.delete("n")
        await made._calls([("PING",)])
        told = await cut_before_reply(proxy, made._calls([("INCR", "n")]))
        assert isinstance(told, DependencyUnavailable)
        assert (proxy.commands.count("INCR"), plain.get("n")) == (1, b"1")
        await made.close()


async def test_control_redis_py_by_itself_would_send_it_again(
    proxy: FaultProxy, plain: redis.Redis
) -> None:
    """The planted bug: without `Retry(NoBackoff(), 0)` one INCR counts twice."""
    client = Redis(unix_socket_path=proxy.url.removeprefix("unix://"))
    await client.ping()
    assert await cut_before_reply(proxy, client.incr("n")) is None
    assert plain.get("n") == b"2"
    await client.aclose()
