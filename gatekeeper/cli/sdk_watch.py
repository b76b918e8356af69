"""How is a program watched that sends one message: whom did it speak to, or try to?

In programs of Python and Node a guard sits in the process itself and refuses what is not the gate.
Of all others only what goes by HTTPS_PROXY is seen: there stands a trap.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from gatekeeper.cli.sdk_guard.sitecustomize import GATE, REPORT, permitted
from gatekeeper.errors import InputRejected

GUARDS = Path(__file__).with_name("sdk_guard")
WITHIN_S = 120.0
_ASKED = re.compile(rb"[A-Z]+ (?:https?://)?([A-Za-z0-9.:-]{1,253})")
_NO = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass(frozen=True, slots=True)
class GateAt:
    """Where the gate is: its hosts, and the ports of its doors."""

    hosts: frozenset[str]
    ports: frozenset[int]

    def is_at(self, address: str) -> bool:
        """Whether `host:port` is a door of the gate."""
        host, _, port = address.rpartition(":")
        return permitted(host, self.hosts) and port.isdigit() and int(port) in self.ports


@dataclass(frozen=True, slots=True)
class Seen:
    """What a program did."""

    status: int
    guarded: bool
    """Whether a guard sat in it."""
    reached: bool
    tried: tuple[str, ...]
    """Where else it would have gone, as `host:port`."""


def watch(command: Sequence[str], gate: GateAt, environment: Mapping[str, str]) -> Seen:
    """Run a program to its end, watched; InputRejected if it cannot be run or does not end."""
    with tempfile.TemporaryDirectory() as folder, _trap() as (trap, trapped):
        report = Path(folder) / "report"
        own = _environment(environment, gate, report, trap)
        try:
            done = subprocess.run(command, env=own, timeout=WITHIN_S, check=False)  # noqa: S603
        except OSError as error:
            raise InputRejected(f"cannot run {command[0]}: {error.strerror}") from None
        except subprocess.TimeoutExpired:
            raise InputRejected(f"the program did not end in {WITHIN_S:.0f} s") from None
        lines = report.read_text().splitlines() if report.exists() else []
    told = [line.partition(" ")[::2] for line in lines]
    refused = [about for what, about in told if what == "refused"]
    return Seen(
        status=done.returncode,
        guarded=any(what == "guarded" for what, _ in told),
        reached=any(what == "connected" and gate.is_at(about) for what, about in told),
        tried=tuple(dict.fromkeys((*refused, *trapped))),
    )


def _environment(given: Mapping[str, str], gate: GateAt, report: Path, trap: int) -> dict[str, str]:
    """The program's own, with the guards in front, and the trap where no proxy of the gate is."""
    hosts = ",".join(sorted(gate.hosts))
    own = dict(given) | {REPORT: str(report), GATE: hosts}
    own["PYTHONPATH"] = os.pathsep.join(filter(None, (str(GUARDS), given.get("PYTHONPATH"))))
    required = f'--require "{GUARDS / "guard.cjs"}"'
    own["NODE_OPTIONS"] = " ".join(filter(None, (required, given.get("NODE_OPTIONS"))))
    for name in ("HTTPS_PROXY", "https_proxy"):
        if not gate.is_at(given.get(name, "").rstrip("/").rpartition("/")[2]):
            own[name] = f"http://127.0.0.1:{trap}"
    own["NO_PROXY"] = own["no_proxy"] = ",".join(filter(None, (hosts, "localhost,127.0.0.1")))
    return own


@contextmanager
def _trap() -> Iterator[tuple[int, list[str]]]:
    """A proxy that leads nowhere: its port, and whom it was asked for."""
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as door:
        threading.Thread(target=_answer, args=(door, asked), daemon=True).start()
        yield door.getsockname()[1], asked
        with suppress(OSError):
            door.shutdown(socket.SHUT_RDWR)


def _answer(door: socket.socket, asked: list[str]) -> None:
    with suppress(OSError):
        while True:
            connection, _ = door.accept()
            with connection, suppress(OSError):
                connection.settimeout(5)
                line = _ASKED.match(connection.recv(4096))
                if line is not None:
                    asked.append(line[1].decode())
                connection.sendall(_NO)
