"""The embedded server: private, supervised, restarted, never an orphan, never without its data."""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest
import redis

from gatekeeper.errors import DependencyUnavailable, InputRejected
from gatekeeper.store import embedded
from gatekeeper.store.embedded import EmbeddedServer, socket_path
from tests.support.valkey import launch_server

GATE = Path(__file__).with_name("gate.py")


@pytest.fixture
async def server(tmp_path: Path) -> AsyncIterator[EmbeddedServer]:
    started = await EmbeddedServer.start(tmp_path / "store")
    yield started
    await started.stop()


def client(server: EmbeddedServer) -> redis.Redis:
    return redis.Redis(unix_socket_path=server.url.removeprefix("unix://"))


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def start_gate(folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    """A gate in a process of its own, and the process id of its server."""
    gate = subprocess.Popen([sys.executable, GATE, folder], stdout=subprocess.PIPE)
    assert gate.stdout is not None
    return gate, int(gate.stdout.readline())


def alive(pid: int) -> bool:
    """Whether the process runs (a zombie that nobody has waited for does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def until(condition: Callable[[], bool], within: float = 5.0) -> None:
    deadline = time.monotonic() + within
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.02)


async def test_it_listens_on_a_private_socket_only_and_keeps_what_it_is_told(
    server: EmbeddedServer,
) -> None:
    path = Path(server.url.removeprefix("unix://"))
    assert mode(path) == 0o600
    assert mode(server.folder) == 0o700
    told = {name: client(server).config_get(name)[name] for name in
            ("port", "appendonly", "appendfsync", "save", "maxmemory-policy")}  # fmt: skip
    assert list(told.values()) == ["0", "yes", "everysec", "", "noeviction"]


async def test_a_second_start_finds_the_same_data(tmp_path: Path) -> None:
    first = await EmbeddedServer.start(tmp_path)
    client(first).set("a", "1")
    await first.stop()
    assert first.pid is None
    second = await EmbeddedServer.start(tmp_path)
    assert client(second).get("a") == b"1"
    await second.stop()
    await second.stop()


async def test_a_server_that_is_killed_comes_back_with_its_data(server: EmbeddedServer) -> None:
    client(server).set("a", "1")
    assert server.pid is not None
    os.kill(server.pid, signal.SIGKILL)
    await until(lambda: server.restarts == 1 and server.pid is not None)
    await until(lambda: embedded_answers(server))
    assert client(server).get("a") == b"1"


def embedded_answers(server: EmbeddedServer) -> bool:
    try:
        return bool(client(server).ping())
    except redis.ConnectionError:
        return False


async def test_after_kill_9_of_the_gate_no_server_is_left(tmp_path: Path) -> None:
    gate, pid = await asyncio.to_thread(start_gate, tmp_path)
    assert alive(pid)
    gate.kill()
    gate.wait()
    await until(lambda: not alive(pid))
    again = await EmbeddedServer.start(tmp_path)
    assert again.pid != pid
    await again.stop()


async def test_an_orphan_on_our_data_is_ended_before_the_start(tmp_path: Path) -> None:
    orphan, _ = launch_server(tmp_path)
    server = await EmbeddedServer.start(tmp_path)
    assert orphan.wait(5) is not None
    assert server.pid != orphan.pid
    await server.stop()


async def test_a_process_that_only_has_the_orphans_old_id_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "server.pid").write_text(str(os.getpid()))
    server = await EmbeddedServer.start(tmp_path)
    await server.stop()


async def test_two_gates_cannot_use_one_folder(server: EmbeddedServer) -> None:
    with pytest.raises(InputRejected, match="another gate"):
        await EmbeddedServer.start(server.folder)
    assert embedded_answers(server), "the first gate's server goes on"


async def test_a_start_that_fails_says_what_the_server_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "CONFIG", embedded.CONFIG + "nonsense yes\n")
    with pytest.raises(DependencyUnavailable, match="ended at start"):
        await EmbeddedServer.start(tmp_path)
    monkeypatch.undo()
    server = await EmbeddedServer.start(tmp_path)
    await server.stop()


async def test_a_long_folder_name_puts_the_socket_under_the_temp_folder(tmp_path: Path) -> None:
    deep = tmp_path / ("d" * 80) / ("e" * 80)
    path = socket_path(deep)
    assert len(os.fsencode(path)) <= 100
    assert mode(path.parent) == 0o700
    server = await EmbeddedServer.start(deep)
    assert embedded_answers(server)
    await server.stop()
    path.parent.rmdir()
