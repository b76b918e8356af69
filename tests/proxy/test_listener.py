"""Is a connection bounded in time and size, and a broken request answered without an echo?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.web_request import BaseRequest
from structlog.testing import capture_logs

from gatekeeper.proxy import listener
from gatekeeper.proxy.listener import Listener
from tests.support.wire import ask, request, wire

CANARY = "Zyzzyva"


@asynccontextmanager
async def listening() -> AsyncIterator[tuple[int, Listener]]:
    async def handle(request: BaseRequest) -> web.StreamResponse:
        await asyncio.sleep(float(request.headers.get("Wait", "0")))
        return web.Response(text="served")

    made = Listener(
        handle, max_body=1000, bad_request=lambda s, text: web.Response(status=s, text=text)
    )
    server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1], made
    server.close()
    await made.shutdown(1)


async def test_a_good_request_is_served_on_one_connection_again_and_again() -> None:
    async with listening() as (port, _), wire(port) as line:
        for _ in range(3):
            await line.send(request("GET", "/", {}))
            answer = await line.answer()
            assert answer is not None and answer.text == b"served"


async def test_a_head_must_be_whole_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "HEAD_DEADLINE_S", 0.1)
    async with listening() as (port, _), wire(port) as line:
        await line.send(b"GET / HTTP/1.1\r\n", *[b"X: y\r\n"] * 6, pause=0.03)
        assert await line.closed(within=1)


async def test_a_handler_may_take_longer_than_a_head(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "HEAD_DEADLINE_S", 0.05)
    async with listening() as (port, _):
        answer = await ask(port, request("GET", "/", {"Wait": "0.2"}))
    assert answer is not None and answer.text == b"served"


async def test_one_connection_too_many_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "MAX_CONNECTIONS", 1)
    async with listening() as (port, _), wire(port) as first, wire(port) as second:
        assert await second.closed(within=2)
        await first.send(request("GET", "/", {}))
        answer = await first.answer()
        assert answer is not None and answer.text == b"served"


async def test_an_idle_connection_is_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listener, "KEEPALIVE_S", 0.1)
    async with listening() as (port, _), wire(port) as line:
        await line.send(request("GET", "/", {}))
        assert await line.answer() is not None
        assert await line.closed(within=2)


@pytest.mark.parametrize(
    "whole",
    [
        f"{CANARY}\r\n\r\n".encode(),
        f"GET /{CANARY}\x00 HTTP/1.1\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\n{CANARY} : x\r\n\r\n".encode(),
        f"GET /{CANARY * 2000} HTTP/1.1\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\nX: {CANARY * 2000}\r\n\r\n".encode(),
        f"GET / HTTP/1.1\r\nContent-Length: {CANARY}\r\n\r\n".encode(),
    ],
)
async def test_what_is_no_request_is_refused_closed_and_not_repeated(
    whole: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as events:
        async with listening() as (port, _), wire(port) as line:
            await line.send(whole)
            answer = await line.answer()
            assert answer is not None and answer.status == 400
            assert answer.text == b"not a valid HTTP request"
            assert await line.closed()
    assert [event["event"] for event in events] == ["bad_http"]
    assert CANARY not in repr(events) + caplog.text


async def test_what_is_under_way_ends_before_a_stop() -> None:
    async with listening() as (port, made), wire(port) as line:
        await line.send(request("GET", "/", {"Wait": "0.2"}))
        await asyncio.sleep(0.05)
        made.pre_shutdown()
        stopping = asyncio.create_task(made.shutdown(5))
        answer = await line.answer()
        await stopping
        assert answer is not None and answer.text == b"served"
