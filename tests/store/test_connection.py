"""A connection that heals itself, prepares itself first, and never repeats a command."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import redis

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.store.address import Address, parse_address
from gatekeeper.store.connection import Connection
from gatekeeper.store.pipe import Pipe
from tests.support.valkey import FaultProxy


def connection(url: str) -> Connection:
    return Connection(parse_address(url), timeout=1)


async def test_it_connects_on_the_first_call_and_again_after_a_loss(proxy: FaultProxy) -> None:
    mine = connection(proxy.url)
    assert not mine.connected
    assert await mine.call("PING") == b"PONG"
    proxy.cut()
    await asyncio.sleep(0.02)
    assert not mine.connected
    assert await mine.call("PING") == b"PONG"
    await mine.close()


async def test_a_write_whose_reply_is_lost_is_done_once(
    proxy: FaultProxy, plain: redis.Redis
) -> None:
    """If the reply of INCR is lost the caller is told so, and the counter stands at one."""
    mine = connection(proxy.url)
    await mine.connect()
    proxy.withhold = True
    call = asyncio.create_task(mine.call("INCR", "n"))
    await asyncio.sleep(0.05)
    proxy.cut()
    with pytest.raises(DependencyUnavailable, match="lost"):
        await call
    proxy.withhold = False
    assert await mine.call("GET", "n") == b"1"
    assert plain.get("n") == b"1"
    await mine.close()


async def test_nobody_uses_a_connection_before_it_is_prepared(store_url: str) -> None:
    order: list[str] = []

    async def prepare(pipe: Pipe) -> None:
        await pipe.call("PING", within=1)
        await asyncio.sleep(0.02)
        order.append("prepared")

    mine = Connection(parse_address(store_url), timeout=1, prepare=prepare)

    async def caller() -> None:
        await mine.call("PING")
        order.append("called")

    await asyncio.gather(*(caller() for _ in range(5)))
    assert order == ["prepared"] + ["called"] * 5
    await mine.close()


async def test_without_a_server_calls_fail_at_once_until_the_pause_is_over(tmp_path: Path) -> None:
    mine = connection(f"unix://{tmp_path}/none.sock")
    with pytest.raises(DependencyUnavailable, match="no connection"):
        await mine.call("PING")
    with pytest.raises(DependencyUnavailable, match="trying again"):
        await mine.call("PING")
    await asyncio.sleep(0.06)
    with pytest.raises(DependencyUnavailable, match="no connection"):
        await mine.call("PING")


async def test_password_user_and_database_are_presented(store_url: str, plain: redis.Redis) -> None:
    plain.acl_setuser("gate", enabled=True, passwords=["+s3cret"], commands=["+@all"], keys=["*"])
    try:
        right = store_url.replace("unix://", "unix://gate:s3cret@")
        mine = connection(right)
        assert await mine.call("ACL", "WHOAMI") == b"gate"
        await mine.close()
        with pytest.raises(DependencyUnavailable, match="WRONGPASS") as raised:
            await connection(store_url.replace("unix://", "unix://gate:other@")).call("PING")
        assert "other" not in str(raised.value)
    finally:
        plain.acl_deluser("gate")


async def test_a_server_that_is_reached_by_tcp_serves_as_well(store_url: str) -> None:
    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_unix_connection(store_url[7:])
        up_writer.write(await reader.read(1000))
        writer.write(await up_reader.read(1000))
        up_writer.close()
        writer.close()

    server = await asyncio.start_server(relay, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    mine = Connection(Address(port=port), timeout=1)
    assert await mine.call("PING") == b"PONG"
    await mine.close()
    server.close()
