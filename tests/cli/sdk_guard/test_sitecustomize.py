"""Does a guarded program of Python speak to the gate and this machine alone?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from gatekeeper.cli.sdk_guard.sitecustomize import permitted
from gatekeeper.cli.sdk_watch import GUARDS

GATE = frozenset({"gate.example", "192.0.2.7"})


@pytest.mark.parametrize(
    ("host", "well"),
    [
        (None, True),
        ("", True),
        ("localhost", True),
        (b"LOCALHOST", True),
        ("127.8.0.1", True),
        ("::1", True),
        ("gate.example", True),
        ("vonage.gate.example.", True),
        ("192.0.2.7", True),
        ("192.0.2.8", False),
        ("evil-gate.example", False),
        ("localhost.evil.example", False),
        ("api.plivo.com", False),
    ],
)
def test_only_this_machine_and_the_gate_are_permitted(host: object, well: bool) -> None:
    assert permitted(host, GATE) is well


def told(tmp_path: Path, program: str) -> tuple[list[str], str]:
    """The report of a program, and what it printed."""
    report = tmp_path / "report"
    own = {"PYTHONPATH": str(GUARDS), "PATH": os.environ["PATH"]}
    own |= {"GATEKEEPER_SDK_REPORT": str(report), "GATEKEEPER_SDK_GATE": "gate.example"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=own, capture_output=True, text=True, check=False
    )
    return report.read_text().splitlines(), done.stdout + done.stderr


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("socket.create_connection(('api.plivo.com', 443))", "refused api.plivo.com:443"),
        ("socket.socket().connect(('192.0.2.1', 443))", "refused 192.0.2.1:443"),
        ("socket.gethostbyname('api.plivo.com')", "refused api.plivo.com:"),
        (
            "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('192.0.2.1', 53))",
            "refused 192.0.2.1:53",
        ),
        ("socket.getaddrinfo('a\\nb c', 1)", "refused abc:1"),
    ],
)
def test_what_leads_elsewhere_is_refused_and_told(tmp_path: Path, program: str, line: str) -> None:
    report, printed = told(tmp_path, f"import socket; {program}")
    assert report == ["guarded python", line]
    assert "refused by gatekeeper sdk-check" in printed


def test_this_machine_is_reached_and_told(tmp_path: Path) -> None:
    program = (
        "import socket; door = socket.create_server(('127.0.0.1', 0)); "
        "socket.create_connection(door.getsockname()); print(door.getsockname()[1])"
    )
    report, printed = told(tmp_path, program)
    assert report == ["guarded python", f"connected 127.0.0.1:{printed.strip()}"]
