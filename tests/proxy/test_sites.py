"""Where does the gate listen, and is each door as open as it should be?"""

from __future__ import annotations

import asyncio
import os
import stat
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.web_request import BaseRequest

from gatekeeper.errors import InputRejected
from gatekeeper.proxy.listener import Listener
from gatekeeper.proxy.sites import address, open_app, open_listener, open_private
from tests.support.wire import ask, request


def listener() -> Listener:
    async def handle(_request: BaseRequest) -> web.StreamResponse:
        return web.Response(text="served")

    return Listener(handle, max_body=10, bad_request=lambda s, t: web.Response(status=s))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("127.0.0.1:8080", ("127.0.0.1", 8080)),
        ("localhost:0", ("localhost", 0)),
        ("[::1]:65535", ("::1", 65535)),
        (":8080", ("", 8080)),
    ],
)
def test_an_address_is_host_and_port(text: str, told: tuple[str, int]) -> None:
    assert address(text) == told


@pytest.mark.parametrize("text", ["", "8080", "host", "host:", "host:x", "host:-1", "host:65536"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(InputRejected, match="host:port"):
        address(text)


async def test_a_listener_gets_a_free_port_and_gives_it_back() -> None:
    async with AsyncExitStack() as stack:
        port = await open_listener(listener(), "127.0.0.1:0", stack)
        answer = await ask(port, request("GET", "/", {}))
        assert answer is not None and answer.text == b"served"
    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_a_port_in_use_is_told_in_words() -> None:
    async with AsyncExitStack() as stack:
        port = await open_listener(listener(), "127.0.0.1:0", stack)
        with pytest.raises(InputRejected, match=f"cannot listen on 127.0.0.1:{port}"):
            await open_listener(listener(), f"127.0.0.1:{port}", stack)
        with pytest.raises(InputRejected, match="cannot listen"):
            await open_app(web.Application(), f"127.0.0.1:{port}", stack)


async def test_the_private_door_is_0600_and_goes_with_the_gate(tmp_path: Path) -> None:
    door = tmp_path / "admin.sock"
    door.write_text("left by a gate that was killed")
    before = os.umask(0)
    try:
        async with AsyncExitStack() as stack:
            await open_private(web.Application(), door, stack)
            assert stat.S_IMODE(door.stat().st_mode) == 0o600
            assert stat.S_ISSOCK(door.stat().st_mode)
    finally:
        assert os.umask(before) == 0
    assert not door.exists()


async def test_a_path_that_is_too_long_is_told_in_words(tmp_path: Path) -> None:
    async with AsyncExitStack() as stack:
        with pytest.raises(InputRejected, match="too long"):
            await open_private(web.Application(), tmp_path / ("x" * 150), stack)
