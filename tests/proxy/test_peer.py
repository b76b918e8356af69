"""Does the private socket know who speaks, whatever the caller claims?"""

from __future__ import annotations

import os
import pwd
from pathlib import Path
from unittest.mock import patch

import aiohttp
import pytest
from aiohttp import web

from gatekeeper.proxy.peer import user_of

BOTH_LOOPS = True


async def _told(folder: Path) -> str:
    async def handler(request: web.Request) -> web.Response:
        return web.Response(text=user_of(request))

    app = web.Application()
    app.add_routes([web.get("/", handler)])
    runner = web.AppRunner(app)
    await runner.setup()
    door = folder / "s"
    await web.UnixSite(runner, str(door)).start()
    try:
        connector = aiohttp.UnixConnector(str(door))
        async with (
            aiohttp.ClientSession(connector=connector) as session,
            session.get("http://gate/", headers={"User": "root"}) as got,
        ):
            return await got.text()
    finally:
        await runner.cleanup()


async def test_the_kernel_tells_the_user_by_name(tmp_path: Path) -> None:
    assert await _told(tmp_path) == f"user:{pwd.getpwuid(os.getuid()).pw_name}"


async def test_a_user_without_a_name_is_told_by_number(tmp_path: Path) -> None:
    with patch("pwd.getpwuid", side_effect=KeyError):
        assert await _told(tmp_path) == f"user:{os.getuid()}"


async def test_without_the_kernels_word_it_is_the_sockets_own_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("socket.SO_PEERCRED", raising=False)
    assert await _told(tmp_path) == f"user:{pwd.getpwuid(os.getuid()).pw_name}"
