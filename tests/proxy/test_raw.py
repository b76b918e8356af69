"""Does a request become its raw form, within bounds of size and time?"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.web_request import BaseRequest

from gatekeeper.errors import AmbiguousRequest
from gatekeeper.providers.contract import RawRequest
from gatekeeper.proxy import raw
from gatekeeper.proxy.listener import Listener
from tests.support.wire import ask, request, wire

LIMIT = 1000


class Server:
    """A listener that keeps what it read."""

    def __init__(self) -> None:
        self.read: list[RawRequest] = []
        self.port = 0

    async def handle(self, request: BaseRequest) -> web.StreamResponse:
        try:
            self.read.append(await raw.read_raw(request))
        except AmbiguousRequest as error:
            return web.Response(status=error.status, text=str(error))
        return web.Response(text="ok")


@asynccontextmanager
async def server() -> AsyncIterator[Server]:
    standing = Server()
    listener = Listener(
        standing.handle,
        max_body=LIMIT,
        bad_request=lambda status, text: web.Response(status=status, text=text),
    )
    loop = asyncio.get_running_loop()
    accepting = await loop.create_server(listener, "127.0.0.1", 0)
    standing.port = accepting.sockets[0].getsockname()[1]
    yield standing
    accepting.close()
    await listener.shutdown(1)


async def test_everything_stays_as_it_came() -> None:
    async with server() as there:
        whole = request("POST", "/a%2Fb?x=%41&x=b+c", {"X-One": "1", "x-two": "\xfc"}, b"a=b")
        await ask(there.port, whole)
    (found,) = there.read
    assert (found.method, found.target, found.body) == ("POST", "/a%2Fb?x=%41&x=b+c", b"a=b")
    assert found.headers == (
        ("Host", "gate"),
        ("Content-Length", "3"),
        ("X-One", "1"),
        ("x-two", "\xfc"),
    )


@pytest.mark.parametrize(("size", "status"), [(LIMIT, 200), (LIMIT + 1, 413)])
async def test_a_body_may_be_so_large(size: int, status: int) -> None:
    async with server() as there:
        answer = await ask(there.port, request("POST", "/", {}, b"x" * size))
    assert answer is not None and answer.status == status


async def test_a_body_in_chunks_may_be_no_larger() -> None:
    chunk = b"200\r\n" + b"x" * 0x200 + b"\r\n"
    whole = request("POST", "/", {"Transfer-Encoding": "chunked"}) + chunk * 3 + b"0\r\n\r\n"
    async with server() as there:
        answer = await ask(there.port, whole)
    assert answer is not None and answer.status == 413
    assert there.read == []


async def test_a_body_must_be_whole_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(raw, "BODY_DEADLINE_S", 0.1)
    async with server() as there, wire(there.port) as line:
        await line.send(request("POST", "/", {"Content-Length": "10"}, b"abc"))
        answer = await line.answer(within=2)
        assert answer is not None
        assert (answer.status, answer.text) == (400, b"the request body came too slowly")


@pytest.mark.parametrize(
    ("line", "headers", "status"),
    [
        ("http://gate/", {}, 400),
        ("*", {}, 400),
        ("/", {"Content-Encoding": "gzip"}, 415),
        ("/", {"Content-Encoding": "identity"}, 200),
        ("/", {"Content-Encoding": "Identity, gzip"}, 415),
    ],
)
async def test_what_leaves_room_for_doubt_is_refused(
    line: str, headers: dict[str, str], status: int
) -> None:
    async with server() as there:
        answer = await ask(there.port, request("OPTIONS", line, headers))
    assert answer is not None and answer.status == status


async def test_a_request_of_no_version_is_refused() -> None:
    async with server() as there:
        answer = await ask(there.port, b"GET /\r\nHost: gate\r\n\r\n")
    assert answer is None or answer.status == 400
    assert there.read == []
