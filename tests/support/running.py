"""How do tests run the gate as people do: `gatekeeper serve` as a process, stopped by Ctrl-C?"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

UP = "Ctrl-C stops the gate"
"""The last words of the demo's welcome."""
WITHIN_S = 60.0


@dataclass(frozen=True, slots=True)
class Running:
    """One process that runs the gate, and the environment that its commands share."""

    process: subprocess.Popen[bytes]
    environment: dict[str, str]
    log: Path

    @property
    def said(self) -> str:
        """All that it printed, without colours."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.log.read_text())

    @property
    def data(self) -> Path:
        """Its data folder."""
        return Path(self.environment["GATEKEEPER_DATA"])

    @property
    def url(self) -> str:
        """What an app's SDK is pointed at."""
        return f"http://{self.environment['GATEKEEPER_LISTEN']}"

    @property
    def ops_url(self) -> str:
        """Where operators look."""
        return f"http://{self.environment['GATEKEEPER_OPS_LISTEN']}"

    @property
    def key(self) -> str:
        """The demo application's key, as the welcome shows it."""
        shown = re.search(r"application key: (\S+)", self.said)
        assert shown is not None, self.said
        return shown.group(1)

    def interrupt(self) -> int:
        """Ctrl-C; the exit status once it has stopped."""
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(WITHIN_S)


def environment(data: Path) -> dict[str, str]:
    """Settings of a gate on free ports, with its data in `data` and nothing from outside."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GATEKEEPER_")}
    ports = {
        name: f"127.0.0.1:{free_port()}" for name in ("GATEKEEPER_LISTEN", "GATEKEEPER_OPS_LISTEN")
    }
    here = Path(__file__).parent.parent.parent
    return own | ports | {"GATEKEEPER_DATA": str(data), "COLUMNS": "200", "PYTHONPATH": str(here)}


def free_port() -> int:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(settings: dict[str, str], *options: str, until: str = UP) -> Iterator[Running]:
    """`gatekeeper serve`, from the moment it printed `until`; ended at the end if it still runs."""
    data = Path(settings["GATEKEEPER_DATA"])
    data.mkdir(parents=True, exist_ok=True)
    log = data / "serve.log"
    command = [sys.executable, "-m", "gatekeeper", "serve", *options]
    with (
        log.open("wb") as out,
        subprocess.Popen(
            command, env=settings, stdout=out, stderr=subprocess.STDOUT, cwd=data
        ) as process,
    ):
        gate = Running(process, settings, log)
        try:
            _await(gate, until)
            yield gate
        finally:
            if process.poll() is None:
                gate.interrupt()


def eventually(holds: Callable[[], bool]) -> None:
    """Wait until it holds, a minute at most."""
    deadline = time.monotonic() + WITHIN_S
    while not holds():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {WITHIN_S:.0f} s")
        time.sleep(0.02)


def _await(gate: Running, words: str) -> None:
    eventually(lambda: words in gate.said or gate.process.poll() is not None)
    assert words in gate.said, f"the gate did not start:\n{gate.said}"
