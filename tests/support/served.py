"""How is the gate run as users run it, as a process of its own that can be killed?"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from base64 import b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp

from tests.support.acme import ACCOUNT, NEWS, TENANT, UPSTREAM_SECRET

START_S = 60.0


@dataclass
class Served:
    """A `gatekeeper serve` process on a data folder; what it prints is kept in files."""

    folder: Path
    upstream: str
    settings: dict[str, str] = field(default_factory=dict)
    port: int = 0
    ops_port: int = 0
    key: str = ""
    process: asyncio.subprocess.Process | None = None
    command: tuple[str, ...] = (str(Path(sys.executable).with_name("gatekeeper")),)
    """What `serve` is said to."""

    @property
    def url(self) -> str:
        """What an app's SDK is pointed at."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def journal(self) -> Path:
        """The folder of the audit log."""
        return self.folder / "data" / "journal"

    @property
    def basic(self) -> str:
        """The `Authorization` of the application."""
        return "Basic " + b64encode(f"{ACCOUNT}:{self.key}".encode()).decode()

    @property
    def pid(self) -> int:
        """Process id of the gate."""
        assert self.process is not None
        return self.process.pid

    def printed(self) -> str:
        """Everything that all runs have printed, on both outputs."""
        return "".join((self.folder / name).read_text() for name in ("out.txt", "err.txt"))

    async def start(self) -> None:
        """Start and wait until it is ready."""
        self.port, self.ops_port = _free_port(), _free_port()
        environment = {
            "GATEKEEPER_DATA": str(self.folder / "data"),
            "GATEKEEPER_LISTEN": f"127.0.0.1:{self.port}",
            "GATEKEEPER_OPS_LISTEN": f"127.0.0.1:{self.ops_port}",
            "GATEKEEPER_UPSTREAM_TWILIO": self.upstream,
            "GATEKEEPER_LOG_LEVEL": "debug",
        }
        with (
            (self.folder / "out.txt").open("ab") as out,
            (self.folder / "err.txt").open("ab") as err,
        ):
            self.process = await asyncio.create_subprocess_exec(
                *self.command,
                "serve",
                env=os.environ | environment | self.settings,
                cwd=self.folder,
                stdout=out,
                stderr=err,
            )
        async with asyncio.timeout(START_S):
            while not await self._is_ready():
                assert self.process.returncode is None, self.printed()[-2000:]
                await asyncio.sleep(0.05)

    async def kill(self) -> None:
        """kill -9."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> None:
        """A clean stop, as Ctrl-C; nothing happens if it does not run."""
        await self._end(signal.SIGTERM)

    async def look(self, path: str) -> tuple[int, str]:
        """An answer of the operators' address."""
        url = f"http://127.0.0.1:{self.ops_port}{path}"
        async with aiohttp.ClientSession() as session, session.get(url) as got:
            return got.status, await got.text()

    async def admin(self, path: str, body: Any) -> Any:
        """Ask the admin socket for a change."""
        connector = aiohttp.UnixConnector(str(self.folder / "data" / "admin.sock"))
        async with (
            aiohttp.ClientSession(connector=connector) as session,
            session.post("http://admin" + path, json=body) as got,
        ):
            assert got.status < 400, await got.text()
            if got.content_type == "application/x-ndjson":
                return await got.text()
            return await got.json()

    async def register(self, *people: str) -> None:
        """Register the tenant, its sender for order news, and these people's consent."""
        await self.admin("/documents/tenant", {"id": TENANT, "name": "Acme"})
        campaign = {"id": "news", "tenant": TENANT, "purposes": ["transactional"]}
        await self.admin("/documents/campaign", campaign)
        sender = {"id": NEWS, "tenant": TENANT, "kind": "long_code", "registration": "CACME02"}
        await self.admin("/documents/sender", sender | {"campaign": "news"})
        application = {"id": "shop", "tenant": TENANT, "provider": "twilio", "account": ACCOUNT}
        added = await self.admin("/applications", application | {"secret": UPSTREAM_SECRET})
        self.key = added["key"]
        await self.consent(*people)

    async def consent(self, *people: str) -> None:
        """Import these people's consent."""
        file = self.folder / "consents.csv"
        lines = [f"{number},opt_in,express" for number in people]
        file.write_text("\n".join(["number,event,basis", *lines]) + "\n")
        imported = await self.admin("/imports/consents", {"tenant": TENANT, "path": str(file)})
        assert '"done":true' in imported, imported

    async def _end(self, sign: signal.Signals) -> None:
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(sign)
            async with asyncio.timeout(40):
                await self.process.wait()

    async def _is_ready(self) -> bool:
        try:
            return (await self.look("/readyz"))[0] == 200
        except aiohttp.ClientError:
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
