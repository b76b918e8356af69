"""The launcher: the server dies with the gate, by the kernel's signal or by the closing pipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from gatekeeper.store import launcher

SLEEP = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]


def launch(*options: str, gate: int | None = None) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-S", launcher.__file__, str(gate or os.getpid()), *options]
    return subprocess.Popen([*command, *SLEEP], stdin=subprocess.PIPE, stdout=subprocess.PIPE)


def test_it_becomes_the_server() -> None:
    process = launch()
    assert process.stdout is not None and process.stdout.readline() == b"up\n"
    assert b"time.sleep" in Path(f"/proc/{process.pid}/cmdline").read_bytes()
    process.kill()
    process.wait()


def test_a_server_whose_gate_is_gone_already_is_not_started() -> None:
    process = launch(gate=1)
    assert process.wait(10) == 1


def test_a_watched_server_ends_when_the_pipe_closes() -> None:
    process = launch("--watch")
    assert process.stdin is not None and process.stdout is not None
    assert process.stdout.readline() == b"up\n"
    process.stdin.close()
    assert process.wait(10) != 0
    assert process.stdout.read() == b""


def test_a_watched_server_ends_with_its_watcher_on_sigterm() -> None:
    process = launch("--watch")
    assert process.stdout is not None
    process.stdout.readline()
    process.terminate()
    assert process.wait(10) != 0
    assert process.stdout.read() == b""
