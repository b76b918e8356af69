"""Is a connection bounded before its handshake is done, as it is afterwards?"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.web_request import BaseRequest

from gatekeeper.proxy import secured as module
from gatekeeper.proxy.certificates import own_tls
from gatekeeper.proxy.listener import Listener
from gatekeeper.proxy.secured import Secured
from gatekeeper.proxy.sites import open_secured
from gatekeeper.settings import Settings
from tests.support.tls import made, over_tls, trusting
from tests.support.wire import request, wire

ASKED = request("GET", "/", {"Host": "gate.example", "Connection": "close"})


@asynccontextmanager
async def standing(folder: Path) -> AsyncIterator[tuple[int, Secured]]:
    async def handle(request: BaseRequest) -> web.StreamResponse:
        return web.Response(text=str(len(await request.read())))

    def bad(status: int, text: str) -> web.StreamResponse:
        return web.Response(status=status, text=text)

    listener = Listener(handle, max_body=1_000_000, bad_request=bad)
    secured = Secured(own_tls(Settings(data=folder)), listener)
    async with AsyncExitStack() as stack:
        yield await open_secured(secured, "127.0.0.1:0", stack), secured


async def test_a_request_under_tls_is_answered_however_large_its_first_bytes(
    tmp_path: Path,
) -> None:
    context = trusting(made(tmp_path))
    async with standing(tmp_path) as (port, _):
        for size in (0, 10, 100_000, 900_000):
            headers = {"Host": "gate.example", "Connection": "close"}
            asked = request("POST", "/", headers, b"x" * size)
            answer = await over_tls(port, "gate.example", context, asked)
            assert answer.endswith(f"\r\n\r\n{size}".encode())


async def test_many_at_once_are_answered(tmp_path: Path) -> None:
    context = trusting(made(tmp_path))
    async with standing(tmp_path) as (port, _):
        asking = (over_tls(port, "gate.example", context, ASKED) for _ in range(50))
        assert {answer[:12] for answer in await asyncio.gather(*asking)} == {b"HTTP/1.1 200"}


async def test_old_versions_of_tls_are_not_spoken(tmp_path: Path) -> None:
    context = trusting(made(tmp_path))
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    async with standing(tmp_path) as (port, _):
        assert await over_tls(port, "gate.example", context, ASKED)
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        with pytest.raises((ssl.SSLError, ConnectionError)):
            await over_tls(port, "gate.example", context, ASKED)


async def test_a_handshake_must_be_done_in_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made(tmp_path)
    monkeypatch.setattr(module, "HEAD_DEADLINE_S", 0.1)
    async with standing(tmp_path) as (port, _), wire(port) as line:
        await line.send(b"\x16\x03\x01")
        assert await line.closed(within=2)


async def test_what_is_no_handshake_is_hung_up_on(tmp_path: Path) -> None:
    made(tmp_path)
    async with standing(tmp_path) as (port, _), wire(port) as line:
        await line.send(ASKED)
        answer = await line.answer()
        assert answer is None


async def test_too_many_that_only_knock_are_closed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    context = trusting(made(tmp_path))
    monkeypatch.setattr(module, "MAX_CONNECTIONS", 2)
    async with standing(tmp_path) as (port, _):
        async with wire(port), wire(port), wire(port) as third:
            assert await third.closed(within=1)
        await asyncio.sleep(0.05)
        answer = await over_tls(port, "gate.example", context, ASKED)
        assert answer.startswith(b"HTTP/1.1 200")


async def test_at_a_stop_nobody_is_waited_for_who_only_knocks(tmp_path: Path) -> None:
    made(tmp_path)
    async with standing(tmp_path) as (port, secured), wire(port) as line:
        await asyncio.sleep(0.05)
        secured.stop()
        assert await line.closed(within=1)
