"""Is a reply written whole, framed by the gate alone, and never split by a header?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.web_request import BaseRequest

from gatekeeper.providers.contract import Headers, Reply
from gatekeeper.proxy.answer import Answer
from gatekeeper.proxy.listener import Listener

DATE = ("Date", "Mon, 23 Nov 2026 12:00:00 GMT")


@asynccontextmanager
async def answering(reply: Reply) -> AsyncIterator[int]:
    async def handle(_request: BaseRequest) -> web.StreamResponse:
        return Answer(reply)

    listener = Listener(handle, max_body=10, bad_request=lambda status, text: Answer(reply))
    server = await asyncio.get_running_loop().create_server(listener, "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    server.close()
    await listener.shutdown(1)


async def answer(reply: Reply, line: str = "GET / HTTP/1.1", *headers: str) -> bytes:
    """All that comes back until the connection is closed."""
    async with answering(reply) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write("\r\n".join((line, "Host: gate", *headers, "", "")).encode())
        whole = await asyncio.wait_for(reader.read(), 5)
        writer.close()
    return whole


async def test_a_reply_is_written_to_the_byte() -> None:
    headers = (DATE, ("content-type", "application/json"), ("X-One", "a"), ("x-one", "ü"))
    whole = await answer(Reply(201, headers, b"{}"), "GET / HTTP/1.1", "Connection: close")
    assert (
        whole
        == (
            "HTTP/1.1 201 Created\r\nServer: gatekeeper\r\n"
            "Date: Mon, 23 Nov 2026 12:00:00 GMT\r\ncontent-type: application/json\r\n"
            "X-One: a\r\nx-one: ü\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"
        ).encode()
    )


@pytest.mark.parametrize(
    "name", ["Content-Length", "transfer-encoding", "Connection", "Keep-Alive", "SERVER"]
)
async def test_what_belongs_to_the_gates_own_hop_is_never_the_upstreams_to_say(name: str) -> None:
    whole = await answer(Reply(200, ((name, "99"),), b"ok"), "GET / HTTP/1.1", "Connection: close")
    assert b"99" not in whole and b"\r\nContent-Length: 2\r\n" in whole


async def test_a_reply_without_a_date_gets_one() -> None:
    whole = await answer(Reply(200, (), b"ok"), "GET / HTTP/1.0")
    assert whole.count(b"\r\nDate: ") == 1


@pytest.mark.parametrize(
    ("line", "status", "length", "body"),
    [
        ("GET / HTTP/1.1", 200, b"2", b"ok"),
        ("HEAD / HTTP/1.1", 200, b"2", b""),
        ("GET / HTTP/1.1", 204, None, b""),
        ("GET / HTTP/1.1", 304, None, b""),
        ("POST / HTTP/1.1", 599, b"2", b"ok"),
    ],
)
async def test_a_body_is_framed_where_there_may_be_one(
    line: str, status: int, length: bytes | None, body: bytes
) -> None:
    whole = await answer(Reply(status, (), b"ok"), line, "Connection: close")
    head, _, rest = whole.partition(b"\r\n\r\n")
    stated = [one[16:] for one in head.split(b"\r\n") if one.startswith(b"Content-Length: ")]
    assert (stated, rest) == ([length] if length else [], body)


async def test_of_a_body_that_nobody_saw_no_length_is_stated() -> None:
    whole = await answer(Reply(200, (), b""), "HEAD / HTTP/1.1", "Connection: close")
    assert b"Content-Length" not in whole


@pytest.mark.parametrize(
    ("line", "asked", "version", "told"),
    [
        ("GET / HTTP/1.1", "", b"HTTP/1.1", None),
        ("GET / HTTP/1.1", "Connection: close", b"HTTP/1.1", b"close"),
        ("GET / HTTP/1.0", "", b"HTTP/1.0", None),
        ("GET / HTTP/1.0", "Connection: keep-alive", b"HTTP/1.0", b"keep-alive"),
    ],
)
async def test_the_connection_lasts_as_the_version_and_the_app_want_it(
    line: str, asked: str, version: bytes, told: bytes | None
) -> None:
    async with answering(Reply(200, (), b"ok")) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        request = "\r\n".join([line, "Host: gate", *filter(None, [asked]), "", ""]).encode()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(version)
        assert (b"Connection: " + told in head) if told else b"Connection" not in head
        assert await reader.readexactly(2) == b"ok"
        if told == b"close" or (told is None and version == b"HTTP/1.0"):
            assert await reader.read() == b""
        else:
            writer.write(request)
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(version)
        writer.close()


@pytest.mark.parametrize(
    "headers",
    [(("X", "a\r\nSet-Cookie: b"),), (("X\n", "a"),), (("X", "a\0"),), (("X", "a\x7f"),)],
)
async def test_a_header_that_would_break_a_line_is_never_written(headers: Headers) -> None:
    assert await answer(Reply(200, headers, b"ok")) == b""
