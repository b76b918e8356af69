"""Which servers may hold what was acknowledged, and is their word tested?"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from gatekeeper.errors import DependencyUnavailable, StoreUnfit
from gatekeeper.store import promise
from gatekeeper.store.address import parse_address
from gatekeeper.store.connection import Connection
from gatekeeper.store.functions import ServerInfo, inspect, load_functions
from gatekeeper.store.pipe import Argument, Pipe
from gatekeeper.store.promise import Promise, config_of, promise_of
from tests.support.valkey import launch_server


async def promised(url: str, *, own: bool = False) -> Promise:
    """What a real server is found to promise."""
    found: list[Promise] = []

    async def prepare(pipe: Pipe) -> None:
        info = await inspect(pipe)
        await load_functions(pipe)
        found.append(await promise_of(pipe, info, own=own))

    connection = Connection(parse_address(url), timeout=1, prepare=prepare, connect_s=20)
    try:
        await connection.connect()
    finally:
        await connection.close()
    return found[0]


class Scripted(Pipe):
    """A server's place: what it says of its settings, and how WAITAOF behaves."""

    def __init__(self, appendfsync: str | None, local: int = 1, after_s: float = 0.0) -> None:
        super().__init__()
        self._appendfsync, self._local, self._after_s = appendfsync, local, after_s

    def call(self, *command: Argument, within: float) -> asyncio.Future[Any]:
        return asyncio.ensure_future(self._reply(command))

    async def _reply(self, command: tuple[Argument, ...]) -> Any:
        if command[0] == "CONFIG":
            if self._appendfsync is None:
                raise DependencyUnavailable("store", "it answered NOPERM")
            return [b"appendfsync", self._appendfsync.encode(), b"appendonly", b"yes"]
        if command[0] == "WAITAOF":
            await asyncio.sleep(self._after_s)
            return [self._local, 0]
        return 7


def info(version: tuple[int, ...] = (7, 2, 4), *, append_only: bool = True) -> ServerInfo:
    return ServerInfo("r", version, "master", "noeviction", append_only)


async def test_a_server_that_syncs_each_write_is_believed(store_url: str) -> None:
    assert await promised(store_url) is Promise.ALWAYS


async def test_our_own_server_syncs_on_demand(tmp_path: Path) -> None:
    process, url = launch_server(tmp_path, "everysec")
    try:
        assert await promised(url, own=True) is Promise.ON_DEMAND
    finally:
        process.terminate()
        process.wait()


async def test_a_server_whose_waitaof_does_not_wait_is_found_out(tmp_path: Path) -> None:
    """The bundled Valkey is one; should it be mended one day, its promise is WAITAOF."""
    process, url = launch_server(tmp_path, "everysec")
    try:
        with pytest.raises(StoreUnfit, match="WAITAOF answers before the data is on disk"):
            await promised(url)
    finally:
        process.terminate()
        process.wait()


async def test_a_server_whose_waitaof_waits_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(promise, "PERIOD_S", 0.09)
    assert await promise_of(Scripted("everysec", after_s=0.05), info(), own=False) is (
        Promise.WAITAOF
    )


UNFIT = [
    (Scripted, "everysec", 1, (7, 0, 15), "appendfsync is everysec on a server of version 7.0.15"),
    (Scripted, "no", 1, (7, 2, 4), "appendfsync is no"),
    (Scripted, None, 1, (7, 2, 4), "CONFIG GET appendfsync must be permitted"),
    (Scripted, "everysec", 0, (7, 2, 4), "has not synced its disk"),
    (Scripted, "everysec", 1, (8, 1, 0), "before the data is on disk"),
]


@pytest.mark.parametrize(("make", "appendfsync", "local", "version", "why"), UNFIT)
async def test_a_server_that_promises_too_little_is_refused_with_what_to_do(
    make: type[Scripted], appendfsync: str | None, local: int, version: tuple[int, ...], why: str
) -> None:
    with pytest.raises(StoreUnfit, match=why) as refused:
        await promise_of(make(appendfsync, local), info(version), own=False)
    if local:
        assert "GATEKEEPER_STORE_DURABILITY=journal_only" in str(refused.value)


@pytest.mark.parametrize("own", [True, False])
async def test_without_an_append_only_file_nothing_is_promised(own: bool) -> None:
    with pytest.raises(StoreUnfit, match="appendonly is off"):
        await promise_of(Scripted("always"), info(append_only=False), own=own)


async def test_an_old_server_may_sync_each_write(store_url: str) -> None:
    assert await promise_of(Scripted("always"), info((7, 0, 15)), own=False) is Promise.ALWAYS


def test_config_reads_into_names_and_values() -> None:
    assert config_of([b"appendonly", b"yes", b"appendfsync", b"no"]) == {
        "appendonly": "yes",
        "appendfsync": "no",
    }
