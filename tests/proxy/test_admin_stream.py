"""Does a command hear how an import goes, and does the import go on without it?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from gatekeeper.errors import DependencyUnavailable
from gatekeeper.ledger.imports import BadLine, Progress
from gatekeeper.proxy.admin_stream import News, told

READ, BAD = Progress("read", 1), BadLine(2, "no number")


async def lines(news: News) -> list[dict[str, object]]:
    async def handler(request: web.Request) -> web.StreamResponse:
        return await told(request, news)

    app = web.Application()
    app.router.add_get("/", handler)
    async with TestClient(TestServer(app)) as client, client.get("/") as got:
        assert got.content_type == "application/x-ndjson"
        return [json.loads(line) for line in (await got.text()).splitlines()]


async def test_each_news_is_a_line_and_the_last_says_done() -> None:
    async def news() -> AsyncIterator[Progress | BadLine]:
        yield READ
        yield BAD

    assert await lines(news()) == [
        msgspec.to_builtins(READ),
        {"line": 2, "reason": "no number"},
        {"done": True},
    ]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DependencyUnavailable("store", "away"), "store: away"),
        (ValueError("CANARY"), "the gate met an error of its own"),
    ],
)
async def test_what_goes_wrong_is_the_last_line(error: Exception, said: str) -> None:
    async def news() -> AsyncIterator[Progress | BadLine]:
        yield READ
        raise error

    assert (await lines(news()))[-1] == {"error": said}


async def test_an_import_goes_on_if_the_command_goes_away() -> None:
    goes_on, finished = asyncio.Event(), asyncio.Event()

    async def news() -> AsyncIterator[Progress | BadLine]:
        yield READ
        await goes_on.wait()
        yield BAD
        finished.set()

    async def handler(request: web.Request) -> web.StreamResponse:
        return await told(request, news())

    app = web.Application()
    app.router.add_get("/", handler)
    async with TestClient(TestServer(app)) as client:
        async with client.get("/") as got:
            await got.content.readline()
            got.close()
        goes_on.set()
        await asyncio.wait_for(finished.wait(), 2)


async def test_work_waits_for_a_slow_command_and_not_for_one_that_left() -> None:
    told_so_far = 0
    finished = asyncio.Event()

    async def news() -> AsyncIterator[Progress | BadLine]:
        nonlocal told_so_far
        for line in range(100_000):
            yield BadLine(line, "x" * 100)
            told_so_far += 1
        finished.set()

    async def handler(request: web.Request) -> web.StreamResponse:
        return await told(request, news())

    app = web.Application()
    app.router.add_get("/", handler)
    async with TestClient(TestServer(app)) as client:
        async with client.get("/") as got:
            await got.content.readline()
            await asyncio.sleep(0.3)
            assert told_so_far < 50_000
            got.close()
        await asyncio.wait_for(finished.wait(), 10)
