"""Which proxies are compared, and how is each started on its core?"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROXY_CORE = 0
"""Only the proxy under test runs here."""
OTHER_CORE = 1
"""The load generator, the upstream and the store share this one."""
HERE = Path(__file__).parent
ROOT = HERE.parent.parent
LOG = ROOT / ".bench" / "processes.log"

REPLY = json.dumps(
    {
        "sid": "SM" + "0123456789abcdef" * 2,
        "account_sid": "AC" + "0" * 32,
        "api_version": "2010-04-01",
        "body": "A text of usual length. " * 5,
        "date_created": "Mon, 23 Nov 2026 12:00:00 +0000",
        "date_sent": None,
        "date_updated": "Mon, 23 Nov 2026 12:00:00 +0000",
        "direction": "outbound-api",
        "error_code": None,
        "error_message": None,
        "from": "+13122000142",
        "messaging_service_sid": None,
        "num_media": "0",
        "num_segments": "1",
        "price": None,
        "price_unit": "USD",
        "status": "queued",
        "subresource_uris": {"media": "/2010-04-01/Accounts/AC/Messages/SM/Media.json"},
        "to": "+12122200001",
        "uri": "/2010-04-01/Accounts/AC/Messages/SM.json",
    }
)


@dataclass(frozen=True, slots=True)
class Peer:
    """A running proxy (or the upstream itself, as `direct`)."""

    name: str
    port: int
    pid: int | None = None
    """Root of its process tree; None for direct, whose cost is not the question."""


def free_port() -> int:
    """A port of loopback that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(
    command: list[str], core: int, environment: dict[str, str] | None = None
) -> Iterator[int]:
    """A process pinned to a core, ended with the block; what it says goes to `LOG`."""
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a") as log:
        process = subprocess.Popen(
            ["taskset", "-c", str(core), *command],
            cwd=ROOT,
            env=os.environ | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        yield process.pid
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def await_ready(url: str, seconds: float = 60) -> None:
    """Wait until the URL answers with less than 500; raises TimeoutError."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(url, timeout=2).close()  # noqa: S310 - our own loopback URL
        except urllib.error.HTTPError as answer:
            if answer.code < 500:
                return
        except OSError:
            pass
        else:
            return
        time.sleep(0.1)
    raise TimeoutError(f"{url} was not ready within {seconds:.0f} s")


def missing_tools() -> list[str]:
    """What the bench cannot do without, with the Debian package that has it."""
    needed = {"wrk": "wrk", "nginx": "nginx-light", "taskset": "util-linux"}
    return [
        f"{tool} (apt-get install {package})" for tool, package in needed.items() if not which(tool)
    ]


def which(tool: str) -> str | None:
    """Where a tool lies; servers are often outside a user's PATH."""
    return shutil.which(tool, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin")


def nginx(template: str, folder: Path, **values: object) -> list[str]:
    """The command that runs nginx in the foreground with this configuration."""
    text = (HERE / template).read_text()
    for name, value in (values | {"folder": folder}).items():
        text = text.replace(f"@{name.upper()}@", str(value))
    conf = folder / template
    conf.write_text(text)
    return [which("nginx") or "nginx", "-c", str(conf), "-p", str(folder), "-g", "daemon off;"]


@contextmanager
def direct(folder: Path) -> Iterator[Peer]:
    """The upstream itself."""
    port = free_port()
    with running(nginx("nginx_upstream.conf", folder, port=port, reply=REPLY), OTHER_CORE):
        await_ready(f"http://127.0.0.1:{port}/ready")
        yield Peer("direct", port)


@contextmanager
def bare(upstream: int) -> Iterator[Peer]:
    """The pass-through of `bare.py`."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.bare", str(port), f"http://127.0.0.1:{upstream}"]
    with running(command, PROXY_CORE) as pid:
        await_ready(f"http://127.0.0.1:{port}/ready")
        yield Peer("bare", port, pid)


@contextmanager
def nginx_proxy(folder: Path, upstream: int) -> Iterator[Peer]:
    """nginx as a plain reverse proxy."""
    port = free_port()
    command = nginx("nginx_proxy.conf", folder, port=port, upstream=upstream)
    with running(command, PROXY_CORE) as pid:
        await_ready(f"http://127.0.0.1:{port}/ready")
        yield Peer("nginx", port, pid)


@contextmanager
def mitmproxy(folder: Path, upstream: int) -> Iterator[Peer | None]:
    """mitmdump in reverse mode, if it is installed in an environment of its own."""
    tool = os.environ.get("MITMDUMP") or which("mitmdump")
    if not tool:
        yield None
        return
    port = free_port()
    mode = f"reverse:http://127.0.0.1:{upstream}"
    command = [tool, "-q", "--mode", mode, "--listen-host", "127.0.0.1", "-p", str(port)]
    with running([*command, "--set", f"confdir={folder}/mitmproxy"], PROXY_CORE) as pid:
        await_ready(f"http://127.0.0.1:{port}/ready")
        yield Peer("mitmproxy", port, pid)
