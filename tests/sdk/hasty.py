"""How often does an SDK send again? Its provider here gives one answer to all, and counts."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.sdk.app import App, app_with
from tests.sdk.capture import HOSTS
from tests.sdk.sends import Sends, read
from tests.support.certificates import certificate
from tests.support.scripted_upstream import Script, ScriptedUpstream, scripted_upstream


def answering(status: int, *headers: str) -> bytes:
    """An answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {status} X", "Content-Type: application/json", *headers]
    return "\r\n".join([*lines, "Content-Length: 2", "", "{}"]).encode()


ANSWERS: dict[str | int, bytes | None] = {
    "hangs_up": None,
    "half": answering(201)[:-1],
    500: answering(500),
    503: answering(503, "Retry-After: 1"),
    504: answering(504, "x-should-retry: false"),
    429: answering(429, "Retry-After: 1"),
}
"""Every way in which a send can end but well; what is cut short ends with the connection."""


@dataclass(slots=True)
class Hasty:
    """An app whose provider answers all alike."""

    sdk: Sends
    app: App
    seen: ScriptedUpstream
    answer: bytes | None = None

    async def requests(self, send: str, answer: bytes | None) -> list[bytes]:
        """What one send makes the SDK ask, if it is always answered so."""
        self.answer = answer
        self.seen.requests.clear()
        chosen = self.sdk.sends[send]
        await self.app.send(chosen["call"], **chosen["with"])
        return list(self.seen.requests)


@asynccontextmanager
async def hasty(name: str) -> AsyncIterator[Hasty]:
    """An app with the SDK of that name, before such a provider."""
    sdk = read(name)
    found: list[Hasty] = []

    def script(seen: ScriptedUpstream) -> Script:
        async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            while await seen.read_request(reader):
                answer = found[0].answer
                writer.write(answer or b"")
                await writer.drain()
                if answer is None or not answer.endswith(b"{}"):
                    return

        return play

    with tempfile.TemporaryDirectory() as folder:
        tls, _ = certificate(Path(folder), *HOSTS)
        trust = {"REQUESTS_CA_BUNDLE": str(Path(folder) / "cert.pem")}
        async with scripted_upstream(script, tls if name == "vonage" else None) as seen:
            gate = sdk.gate(f"http://127.0.0.1:{seen.port}")
            async with app_with(name, gate, dict.fromkeys(HOSTS, seen.port), **trust) as app:
                found.append(Hasty(sdk, app, seen))
                yield found[0]


def header(request: bytes, name: str) -> str:
    """One header of a request."""
    lines = request.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    values: dict[str, Any] = dict(line.split(": ", 1) for line in lines[1:])
    return str({key.lower(): value for key, value in values.items()}[name])
